import { ENGLISH_ALARMS } from './english/alarms.ts'
import { ENGLISH_BOOK } from './english/book.ts'
import { ENGLISH_DENIALS } from './english/denials.ts'
import { ENGLISH_INTENTS } from './english/intents.ts'
import { ENGLISH_ORDERS } from './english/orders.ts'
import { ENGLISH_RULES } from './english/rules.ts'
import type { Sentences } from './message.ts'

export const ENGLISH: Sentences = {
  ...ENGLISH_ORDERS,
  ...ENGLISH_BOOK,
  ...ENGLISH_INTENTS,
  ...ENGLISH_DENIALS,
  ...ENGLISH_ALARMS,
  ...ENGLISH_RULES,
}
