import type { DayNotes, DealRemarks } from '../day-facts.ts'
import type { Position } from '../join/position.ts'
import type { KeptRemark } from './remark.ts'

/** What is kept, as facts for a report: by position and by day, each in the order in which it was written. */
export function remarksOf(kept: readonly KeptRemark[]): {
  readonly remarks: readonly DealRemarks[]
  readonly dayNotes: readonly DayNotes[]
} {
  const of = (kind: 'trade' | 'day') =>
    Map.groupBy(
      kept.filter(({ about }) => about.kind === kind),
      ({ about }) => about.name,
    )
  const words = (all: readonly KeptRemark[], wanted: KeptRemark['what']): readonly string[] =>
    all.filter(({ what }) => what === wanted).map(each => each.words)
  return {
    remarks: [...of('trade')].map(([dealId, all]) => ({ dealId, tags: words(all, 'tag'), notes: words(all, 'note') })),
    dayNotes: [...of('day')].map(([day, all]) => ({ day, notes: words(all, 'note') })),
  }
}

/** By whatever name a position of the trade was known when they were written: without the broker's rows it may have had our order's. */
export function remarksOn(
  trip: readonly Position[],
  remarks: ReadonlyMap<string, DealRemarks>,
): readonly DealRemarks[] {
  if (remarks.size === 0) return []
  const names = trip.flatMap(({ dealId, key, reference, press }) => [dealId, key, reference, press?.id ?? null])
  return [...new Set(names.flatMap(name => (name === null ? [] : (remarks.get(name) ?? []))))]
}
