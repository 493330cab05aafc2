import type { Direction } from '@scalpdesk/sdk'
import type { BrokerActivity, BrokerTransaction } from '../day-facts.ts'
import { absolute, isLess, sumOf, ZERO } from '../exact.ts'
import { limitAway, type MarketBook, stopAway } from '../market-terms.ts'
import type { TradeOrigin } from '../trade.ts'
import { type BrokerRows, isResult } from './broker-rows.ts'
import { type Closing, closingsOf, type OpenedRow, openingsOf, type Restop, restopsOf } from './deal-activity.ts'
import { type ExitKind, exitKind } from './exit-kind.ts'
import type { Close, Position } from './position.ts'
import { resultMatcher } from './result-matching.ts'

/** What the broker's own rows tell of positions. */
export interface BrokerPositions {
  readonly positions: readonly Position[]
  /** Ids of rows that were put together by levels, size and times alone. */
  readonly guessed: readonly string[]
}

interface Draft {
  readonly key: string
  readonly dealId: string | null
  readonly opening: OpenedRow | null
  readonly found: { readonly result: BrokerTransaction | null; readonly closing: Closing | null }[]
}

export function brokerPositions(rows: BrokerRows, markets: MarketBook): BrokerPositions {
  const openings = openingsOf(rows.activities)
  const closings = closingsOf(rows.activities)
  const restops = restopsOf(rows.activities)
  const matcher = resultMatcher(openings, closings)
  const drafts = new Map<string, Draft>()
  const guessed: string[] = []
  const draftOf = (dealId: string): Draft => {
    const known = drafts.get(dealId)
    if (known) return known
    const made = { key: dealId, dealId, opening: openings.get(dealId) ?? null, found: [] }
    drafts.set(dealId, made)
    return made
  }
  for (const dealId of openings.keys()) draftOf(dealId)
  const results = rows.transactions.filter(isResult)
  for (const { result, closing, dealId, isGuess } of matcher.match(results)) {
    if (isGuess) guessed.push(result.id)
    if (dealId !== null) draftOf(dealId).found.push({ result, closing })
    else {
      const key = unnamedKey(result)
      const draft = drafts.get(key) ?? { key, dealId: null, opening: null, found: [] }
      draft.found.push({ result, closing: null })
      drafts.set(key, draft)
    }
  }
  for (const closing of matcher.unmatched()) draftOf(closing.dealId).found.push({ result: null, closing })
  const positions = [...drafts.values()].map(draft => positionOf(draft, restops.get(draft.key) ?? [], markets))
  return { positions, guessed }
}

/** Of partial closes of one position the rows say the same about its opening. */
function unnamedKey(row: BrokerTransaction): string {
  const side = directionOf(row)
  return [row.instrumentName ?? '', row.period ?? '', side, row.openedAtMs ?? row.date, row.openLevel?.toFixed()].join(
    '|',
  )
}

/** The sign of the size is the direction of the opening deal (IG Labs, REST API reference, "Transaction history"). */
const directionOf = ({ size }: BrokerTransaction): Direction => (size?.isNegative() ? 'SELL' : 'BUY')

/** IG adds a remark to a converted row's name: a hint that is only cut off (example of the API reference). */
const marketNameOf = (name: string | null): string | null => name?.replace(/ converted at [\d.]+$/i, '') ?? null

function positionOf({ key, dealId, opening, found }: Draft, restops: readonly Restop[], markets: MarketBook): Position {
  const result = found.find(each => each.result)?.result ?? null
  const closing = found.find(each => each.closing)?.closing ?? null
  const details = opening?.row.details ?? null
  const direction = directionHeld(opening, result, closing)
  const marketName =
    details?.marketName ?? marketNameOf(result?.instrumentName ?? null) ?? closing?.row.details?.marketName ?? null
  const epic = opening?.row.epic ?? closing?.row.epic ?? (marketName === null ? null : markets.epicNamed(marketName))
  const market = markets.of(epic)
  const level = details?.level ?? result?.openLevel ?? null
  const first = restops[0]
  const stop = details?.stopLevel ?? stopAway(level, direction, details?.stopDistance ?? null, market)
  const limit = details?.limitLevel ?? limitAway(level, direction, details?.limitDistance ?? null, market)
  const closed = sumOf(found.map(each => sizeOf(each.result, each.closing)))
  const opened = details?.size ? absolute(details.size) : closed
  const legs = { stop: stop ?? first?.stop ?? null, limit: limit ?? first?.limit ?? null }
  const isTrailing = details?.trailingStopDistance != null
  const closes = found.map(each => closeOf(each.result, each.closing, { direction, ...legs, isTrailing, restops }))
  return {
    key,
    dealId,
    epic,
    marketName,
    direction,
    size: isLess(opened, closed) ? closed : opened,
    level,
    openedAtMs: result?.openedAtMs ?? opening?.row.atMs ?? null,
    firstSeenMs: null,
    currency: details?.currency || market?.currency || null,
    ...legs,
    isGuaranteed: details?.isGuaranteed ?? false,
    reference: details?.dealReference ?? null,
    how: opening ? opening.how : 'unknown',
    by: opening ? originOf(opening.row) : { kind: 'unknown' },
    preset: null,
    press: null,
    closes: closes.sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0) || (one.key < other.key ? -1 : 1)),
    rows: opening ? [opening.row.id] : [],
  }
}

function directionHeld(
  opening: OpenedRow | null,
  result: BrokerTransaction | null,
  closing: Closing | null,
): Direction {
  if (opening?.row.details?.direction) return opening.row.details.direction
  if (result) return directionOf(result)
  return closing?.row.details?.direction === 'BUY' ? 'SELL' : 'BUY'
}

const sizeOf = (result: BrokerTransaction | null, closing: Closing | null) =>
  absolute(result?.size ?? closing?.row.details?.size ?? ZERO)

interface Held {
  readonly direction: Direction
  readonly stop: Position['stop']
  readonly limit: Position['limit']
  readonly isTrailing: boolean
  readonly restops: readonly Restop[]
}

function closeOf(result: BrokerTransaction | null, closing: Closing | null, held: Held): Close {
  const level = result?.closeLevel ?? closing?.row.details?.level ?? null
  const atMs = result?.closedAtMs ?? closing?.row.atMs ?? null
  return {
    key: result?.id ?? closing?.row.id ?? '',
    dealId: closing?.row.dealId ?? null,
    reference: closing?.row.details?.dealReference ?? null,
    size: sizeOf(result, closing),
    level,
    atMs,
    booked: result?.profitAndLoss.amount ?? null,
    own: null,
    ...(closing ? exitKind(closing.row, level, held) : UNKNOWN_EXIT),
    press: null,
    transaction: result,
    isSeenGone: false,
  }
}

const UNKNOWN_EXIT: ExitKind = { how: 'unknown', legLevel: null }

/** The trader's own platform, or another program: only a journal knows which orders of the API were ours. */
function originOf({ channel }: BrokerActivity): TradeOrigin {
  return channel === 'public-web-api' || channel === 'system' ? { kind: 'unknown' } : { kind: 'elsewhere' }
}
