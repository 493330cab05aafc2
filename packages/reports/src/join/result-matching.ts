import type { Decimal } from '@scalpdesk/sdk'
import type { BrokerTransaction } from '../day-facts.ts'
import { absolute, differs, isSame } from '../exact.ts'
import { shortId } from './broker-rows.ts'
import type { Closing, OpenedRow } from './deal-activity.ts'

/** A booked result and the position that it is of. */
interface MatchedResult {
  readonly result: BrokerTransaction
  readonly closing: Closing | null
  /** null: no activity tells of it. */
  readonly dealId: string | null
  readonly isGuess: boolean
}

export interface ResultMatcher {
  match(results: readonly BrokerTransaction[]): readonly MatchedResult[]
  /** Closes of which no result was found. */
  unmatched(): readonly Closing[]
}

/** Rows of one event differ by less (our choice): both are cut to whole seconds. */
export const SAME_MOMENT_MS = 2_000

/**
 * Puts results and closing deals together. IG publishes no key between the two. A reference that is the end of a closing deal's id is a strong
 * hint: taken where nothing that both say speaks against it. Otherwise level, size and time have to be those of a close that is still
 * alone, and last those of an opening; that is a guess, and said to be one.
 */
export function resultMatcher(openings: ReadonlyMap<string, OpenedRow>, closings: readonly Closing[]): ResultMatcher {
  const taken = new Set<Closing>()
  const byShortId = Map.groupBy(closings, ({ row }) => (row.dealId === null ? '' : shortId(row.dealId)))
  // Where references name every result nobody asks for these.
  const byShape = once(() => Map.groupBy(closings, ({ row }) => shape(row.details?.level, row.details?.size)))
  const byOpening = once(() => Map.groupBy(openings.entries(), ([, { row }]) => shape(row.details?.level, null)))

  function take(result: BrokerTransaction, closing: Closing, isGuess: boolean): MatchedResult {
    taken.add(closing)
    return { result, closing, dealId: closing.dealId, isGuess }
  }

  function byReference(result: BrokerTransaction): MatchedResult | null {
    const fitting = (byShortId.get(result.reference) ?? []).find(
      closing => !taken.has(closing) && !contradicts(result, closing, openings.get(closing.dealId)),
    )
    // With nothing else that both say it is a guess as well: the rule is not published.
    return fitting ? take(result, fitting, !isSame(fitting.row.details?.level ?? null, result.closeLevel)) : null
  }

  function byFigures(result: BrokerTransaction): MatchedResult {
    const alike = byShape().get(shape(result.closeLevel, result.size)) ?? []
    const closing = alike.find(
      each =>
        !taken.has(each) &&
        isSameMoment(each.row.atMs, result.closedAtMs) &&
        isSameMarket(each.row.details?.marketName, result) &&
        !contradicts(result, each, openings.get(each.dealId)),
    )
    if (closing) return take(result, closing, true)
    const [opening, ...others] = (byOpening().get(shape(result.openLevel, null)) ?? []).filter(
      ([, { row }]) =>
        isSameMoment(row.atMs, result.openedAtMs) &&
        isSameMarket(row.details?.marketName, result) &&
        row.details?.direction === (result.size?.isNegative() ? 'SELL' : 'BUY'),
    )
    // Of two that are alike neither is the one.
    if (!opening || others.length > 0) return { result, closing: null, dealId: null, isGuess: false }
    return { result, closing: null, dealId: opening[0], isGuess: true }
  }

  return {
    match(results) {
      const named = new Map(results.map(result => [result, byReference(result)]))
      return results.map(result => named.get(result) ?? byFigures(result))
    },
    unmatched: () => closings.filter(closing => !taken.has(closing)),
  }
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | null = null
  return () => {
    made ??= make()
    return made
  }
}

/** Without the sign that tells a side. */
const sizeOf = (told: { readonly size: Decimal | null } | null): Decimal | null =>
  told?.size ? absolute(told.size) : null

type Figure = BrokerTransaction['size'] | undefined

const shape = (level: Figure, size: Figure): string => `${level?.toFixed() ?? ''} ${size?.abs().toFixed() ?? ''}`

const isSameMoment = (one: number | null, other: number | null): boolean =>
  one !== null && other !== null && Math.abs(one - other) <= SAME_MOMENT_MS

/** Further than any two zones are. */
const areDaysApart = (one: number | null, other: number | null): boolean =>
  one !== null && other !== null && Math.abs(one - other) > 86_400_000

/** IG adds remarks to the names of rows. */
const isSameMarket = (marketName: string | null | undefined, { instrumentName }: BrokerTransaction): boolean =>
  marketName == null || instrumentName === null || instrumentName.startsWith(marketName)

function contradicts(result: BrokerTransaction, { row }: Closing, opening: OpenedRow | undefined): boolean {
  const isOne = (row.details?.actions.length ?? 0) <= 1
  return (
    areDaysApart(row.atMs, result.closedAtMs) ||
    differs(row.details?.level ?? null, result.closeLevel) ||
    (isOne && differs(sizeOf(row.details), sizeOf(result))) ||
    differs(opening?.row.details?.level ?? null, result.openLevel)
  )
}
