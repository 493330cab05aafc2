import type { Holding, RestingOrder } from '@scalpdesk/desk'
import {
  type Announcement,
  carriedMemory,
  isAnnouncement,
  type JournalEntry,
  type JournalRecord,
  type Memory,
} from '@scalpdesk/desk/journal'

/** What the journal of an account says of the runs of a bot before this one. */
export interface EarlierRun {
  /** Of its entries and working orders: what these became has them as well. */
  readonly references: ReadonlySet<string>
  /** Its positions and working orders, also those that are over, with the time of their record, milliseconds since 1970. */
  readonly deals: ReadonlyMap<string, number>
  /** When its orders left, milliseconds since 1970. */
  readonly sentWallMs: readonly number[]
}

/**
 * Finds what orders `by: bot:NAME` brought, in the records of the account's day and in what the files before carried over.
 * @param name of the bot: the journal tells bots apart by nothing else
 */
export function earlierRun(
  name: string,
  {
    deals: carried,
    openQuestions,
    unresolved,
    entries,
  }: Pick<Memory, 'deals' | 'openQuestions' | 'unresolved'> & {
    readonly entries: readonly JournalEntry[]
  },
): EarlierRun {
  const by = `bot:${name}`
  const references = new Set<string>()
  const deals = new Map<string, number>()
  const sentWallMs: number[] = []
  function announced(order: Announcement): void {
    if (order.by === by && (order.kind === 'about-to-open' || order.kind === 'about-to-place')) references.add(order.id)
  }
  function carriedOver(memory: Pick<Memory, 'deals' | 'openQuestions' | 'unresolved'>, wallMs: number): void {
    for (const { announcement } of [...memory.openQuestions, ...memory.unresolved]) announced(announcement)
    for (const deal of memory.deals) {
      if (deal.by !== by) continue
      if (deal.reference !== undefined) references.add(deal.reference)
      if (!deals.has(deal.dealId)) deals.set(deal.dealId, wallMs)
    }
  }
  function take(record: JournalRecord, wallMs: number): void {
    if (isAnnouncement(record)) {
      announced(record)
      if (record.by === by) sentWallMs.push(wallMs)
    } else if (record.kind === 'file-opened') {
      if (carriedMemory.accepts(record.carried)) carriedOver(record.carried, wallMs)
    } else if (record.kind === 'filled' || record.kind === 'done') {
      if (record.dealId !== null && references.has(record.id)) deals.set(record.dealId, wallMs)
    }
  }
  for (const { record, wallMs } of entries) take(record, wallMs)
  carriedOver({ deals: carried, openQuestions, unresolved }, entries[0]?.wallMs ?? 0)
  return { references, deals, sentWallMs }
}

/** As much as matters of what is at the broker. */
export interface Left {
  readonly holdings: ReadonlyMap<string, Pick<Holding, 'dealId' | 'epic' | 'reference'>>
  readonly resting: ReadonlyMap<string, Pick<RestingOrder, 'dealId' | 'epic'>>
}

/** Of what it left and is there still: the markets that are none of these. */
export function heldElsewhere(
  { references, deals }: Pick<EarlierRun, 'references' | 'deals'>,
  { holdings, resting }: Left,
  epics: readonly string[],
): readonly string[] {
  const held = [...holdings.values()].filter(({ dealId, reference }) =>
    reference === null ? deals.has(dealId) : references.has(reference),
  )
  const orders = [...resting.values()].filter(({ dealId }) => deals.has(dealId))
  return [...new Set([...held, ...orders].map(({ epic }): string => epic))].filter(epic => !epics.includes(epic))
}
