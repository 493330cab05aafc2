import { FRENCH_ALARMS } from './french/alarms.ts'
import { FRENCH_BOOK } from './french/book.ts'
import { FRENCH_DENIALS } from './french/denials.ts'
import { FRENCH_INTENTS } from './french/intents.ts'
import { FRENCH_ORDERS } from './french/orders.ts'
import { FRENCH_RULES } from './french/rules.ts'
import type { Sentences } from './message.ts'

export const FRENCH: Sentences = {
  ...FRENCH_ORDERS,
  ...FRENCH_BOOK,
  ...FRENCH_INTENTS,
  ...FRENCH_DENIALS,
  ...FRENCH_ALARMS,
  ...FRENCH_RULES,
}
