import type { PriceMarks } from '../day-facts.ts'
import type { WhatIfChange } from '../hypothesis.ts'
import type { Close, Position } from '../join/position.ts'

/** What happened, in its order: at the same moment prices come before deals, and closes before openings. */
export type Moment =
  | { readonly kind: 'tick'; readonly atMs: number; readonly marks: PriceMarks; readonly index: number }
  | {
      readonly kind: 'close'
      readonly atMs: number
      readonly position: Position
      readonly close: Close
      readonly isLast: boolean
    }
  | { readonly kind: 'open'; readonly atMs: number; readonly position: Position }

/**
 * Entries and closes by hand stay when they were. What the stop closed is left to the new stop, where there is to be another one; so with the limit.
 */
export function* timeline(
  positions: readonly Position[],
  prices: readonly PriceMarks[],
  change: WhatIfChange,
): Generator<Moment> {
  const deals = dealsOf(positions, change)
  const next = prices.map(() => 0)
  let done = 0
  for (;;) {
    let earliest = -1
    for (const [index, marks] of prices.entries()) {
      const at = marks.atMs[next[index]!]
      if (at !== undefined && (earliest < 0 || at < prices[earliest]!.atMs[next[earliest]!]!)) earliest = index
    }
    const marks = prices[earliest]
    const tickMs = marks?.atMs[next[earliest]!] ?? Number.POSITIVE_INFINITY
    const deal = deals[done]
    if (deal && deal.atMs < tickMs) {
      done++
      yield deal
    } else if (marks) {
      yield { kind: 'tick', atMs: tickMs, marks, index: next[earliest]! }
      next[earliest] = next[earliest]! + 1
    } else return
  }
}

type Deal = Exclude<Moment, { kind: 'tick' }>

function dealsOf(positions: readonly Position[], change: WhatIfChange): readonly Deal[] {
  const isReplaced = ({ how }: Close): boolean =>
    (how === 'stop' && change.stopPoints !== undefined) || (how === 'limit' && change.limitPoints !== undefined)
  const deals = positions.flatMap((position): readonly Deal[] => {
    const closes = position.closes.filter(close => close.atMs !== null && !isReplaced(close))
    const isWhole = closes.length === position.closes.length
    return [
      { kind: 'open', atMs: position.openedAtMs ?? 0, position },
      ...closes.map((close, index) => {
        const isLast = isWhole && index === closes.length - 1
        return { kind: 'close' as const, atMs: close.atMs ?? 0, position, close, isLast }
      }),
    ]
  })
  return deals.sort(
    (one, other) => one.atMs - other.atMs || (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0),
  )
}
