import { type Field, figure, flag, group, isObject, list, nullable, number, oneOf, optional, text } from './field.ts'
import type { Memory, OpenQuestion } from './memory.ts'
import { type Announcement, type GuardFact, isAnnouncement, pressedBy, RECORD_VERSION, readRecord } from './record.ts'

const announcement: Field<Announcement> = {
  what: 'an announcement',
  accepts: (value): value is Announcement => {
    if (!isObject(value)) return false
    const read = readRecord(value, RECORD_VERSION, 'carried')
    return read.kind === 'known' && isAnnouncement(read.record)
  },
}

const question: Field<OpenQuestion> = group({
  announcement,
  announcedAtMs: number,
  reference: nullable(text),
  stage: oneOf('announced', 'acknowledged', 'checking', 'unresolved', 'accepted'),
  cause: nullable(text),
})

const fact: Field<GuardFact> = {
  what: 'a fact of the guard',
  accepts: (value): value is GuardFact => isObject(value) && text.accepts(value.kind),
}

/** The shape in which a file carries over what the files before it left behind. */
export const carriedMemory: Field<Memory> = group({
  openQuestions: list(question),
  unresolved: list(question),
  day: group({
    day: nullable(text),
    openingEquity: nullable(figure),
    currency: nullable(text),
    guardFacts: list(group({ fact, wallMs: number, day: nullable(text) })),
    results: list(
      group({
        dealId: nullable(text),
        epic: nullable(text),
        profit: nullable(figure),
        profitCurrency: nullable(text),
        wallMs: number,
      }),
    ),
  }),
  references: list(text),
  deals: list(group({ dealId: text, epic: text, isAdopted: flag, by: optional(pressedBy), reference: optional(text) })),
  session: nullable(group({ version: text, account: text, environment: text, startedAtMs: number, isStopped: flag })),
})
