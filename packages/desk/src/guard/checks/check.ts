import type { Denial } from '../denial.ts'
import type { Ask, EntryAsk, Question } from '../question.ts'

/** A question about an entry: checks of sizes and prices see no other. */
export type EntryQuestion = Question & { readonly ask: EntryAsk }

export interface Check {
  readonly name: string
  /** null: nothing against it. */
  deny(question: Question): Denial | null
}

/** Asked for everything that raises the risk. */
export const always = (name: string, deny: (question: Question) => Denial | null): Check => ({ name, deny })

/** Not asked for moving a stop. */
export const forEntries = (name: string, deny: (question: EntryQuestion) => Denial | null): Check => ({
  name,
  deny: question => (isEntry(question.ask) ? deny({ ...question, ask: question.ask }) : null),
})

const isEntry = (ask: Ask): ask is EntryAsk => ask.kind !== 'loosen'
