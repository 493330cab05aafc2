import type {
  CandleJson,
  CandlePriceJson,
  PriceAllowanceJson,
  PricesJson,
  PricesV2Json,
  ResolutionJson,
} from '@scalpdesk/wire'
import { formatUnits, type Market } from '../../engine/index.ts'
import type { Bar } from '../prices/bar.ts'
import type { Bars } from '../prices/price-history.ts'
import { barLengthMs, readResolution } from '../prices/resolution.ts'
import { fromLocal, wireDate } from '../wire-date.ts'
import { type Answer, ok, type ReadyAnswer, RestRefusal } from './answer.ts'
import { instant, pageOf, wholeNumber } from './query-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/**
 * GET /prices/{epic}, version 3 (IG Labs, REST API reference, "Prices"): oldest first, ten minutes unless asked otherwise. `from`
 * and `to` are read in the account's zone, as `snapshotTime` is written (which zone IG reads them in is unconfirmed).
 */
export function readPrices(request: SignedInRequest, broker: RestBroker): Answer {
  const { query, login } = request
  const market = marketOf(request, broker)
  const resolution = resolutionOf(query.get('resolution') ?? 'MINUTE')
  const max = wholeNumber(query, 'max', 10)
  const from = instant(query, 'from')
  const to = instant(query, 'to', true)
  const toMs = to === null ? Number.POSITIVE_INFINITY : fromLocal(to)
  const wanted =
    from === null
      ? broker.prices.last(market.epic, resolution, Math.min(MOST_BARS, Math.max(0, max)), toMs)
      : barsBetween(market.epic, resolution, fromLocal(from), toMs, broker)
  return inPieces(wanted, bars => {
    const { items, ...pageData } = pageOf(query, bars)
    takePoints(items.length, request, broker)
    const answer: PricesJson = {
      prices: items.map(bar => ({ ...candleJson(bar, market), snapshotTimeUTC: wireDate.iso(bar.startMs) })),
      instrumentType: market.type,
      metadata: { allowance: allowanceJson(login.accountId, broker), size: items.length, pageData },
    }
    return ok(answer)
  })
}

/** GET /prices/{epic}/{resolution}?startdate&enddate, version 1: `2020:09:01-05:00:00`. */
export function readPricesOfQuery(request: SignedInRequest, broker: RestBroker): Answer {
  const { query } = request
  const read = (name: string): number => localInstant(query.get(name) ?? '', /^(\d{4}):(\d\d):(\d\d)-(\d\d:\d\d:\d\d)$/)
  return olderPrices(request, broker, [read('startdate'), read('enddate')])
}

/** GET /prices/{epic}/{resolution}/{numPoints}, versions 1 and 2. */
export function readPricesOfNumber(request: SignedInRequest, broker: RestBroker): Answer {
  const text = request.parameters[2] ?? ''
  if (!/^\d{1,6}$/.test(text)) throw new RestRefusal(400, 'invalid.input')
  return olderPrices(request, broker, Number(text))
}

/** GET /prices/{epic}/{resolution}/{startDate}/{endDate}, version 2: `2020-09-01 05:00:00`. */
export function readPricesOfDates(request: SignedInRequest, broker: RestBroker): Answer {
  const read = (index: number): number =>
    localInstant(request.parameters[index] ?? '', /^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)$/)
  return olderPrices(request, broker, [read(2), read(3)])
}

/** @param wanted how many of the last bars, or from when to when. */
function olderPrices(
  request: SignedInRequest,
  broker: RestBroker,
  wanted: number | readonly [fromMs: number, toMs: number],
): Answer {
  const market = marketOf(request, broker)
  const resolution = resolutionOf(request.parameters[1] ?? '')
  const work =
    typeof wanted === 'number'
      ? broker.prices.last(market.epic, resolution, Math.min(MOST_BARS, wanted), Number.POSITIVE_INFINITY)
      : barsBetween(market.epic, resolution, ...wanted, broker)
  return inPieces(work, bars => {
    takePoints(bars.length, request, broker)
    const dated = request.version === 1 ? wireDate.colons : wireDate.slashesToSecond
    const answer: PricesV2Json = {
      prices: bars.map(bar => ({ ...candleJson(bar, market), snapshotTime: dated(bar.startMs) })),
      instrumentType: market.type,
      allowance: allowanceJson(request.login.accountId, broker),
    }
    return ok(answer)
  })
}

function inPieces(bars: Bars, answer: (bars: readonly Bar[]) => ReadyAnswer): Answer {
  function* work(): Generator<void, ReadyAnswer> {
    return answer(yield* bars)
  }
  return { kind: 'work', work: work() }
}

/** A span of more bars than an account may have in a week is refused as one that is too long (our choice). */
function barsBetween(
  epic: string,
  resolution: ResolutionJson,
  fromMs: number,
  toMs: number,
  { prices, timeOf }: RestBroker,
): Bars {
  const spanMs = Math.min(toMs, timeOf(epic)) - fromMs
  if (fromMs > toMs || spanMs > LONGEST_SPAN * MOST_BARS * barLengthMs(resolution)) {
    throw new RestRefusal(400, 'error.invalid.daterange')
  }
  return prices.between(epic, resolution, fromMs, toMs)
}

/** Share prices need a subscription that this user has not for every share. */
function marketOf({ parameters }: SignedInRequest, { state }: RestBroker): Market {
  const market = state.engine.book(parameters[0] ?? '')?.market
  if (!market) throw new RestRefusal(400, 'error.unsupported.epic')
  if (!market.synthetic) throw new RestRefusal(403, 'unauthorised.access.to.equity.exception')
  return market
}

function resolutionOf(text: string): ResolutionJson {
  const resolution = readResolution(text)
  if (!resolution) throw new RestRefusal(400, 'invalid.input')
  return resolution
}

function localInstant(text: string, form: RegExp): number {
  const [, year, month, day, time] = form.exec(text) ?? []
  const atMs = Date.parse(`${year}-${month}-${day}T${time}Z`)
  if (Number.isNaN(atMs)) throw new RestRefusal(400, 'error.malformed.date')
  return fromLocal(atMs)
}

/** Every point returned costs one, repeats too. */
function takePoints(count: number, { login }: SignedInRequest, { allowances }: RestBroker): void {
  if (allowances.takePoints(login.accountId, count)) return
  throw new RestRefusal(403, 'error.public-api.exceeded-account-historical-data-allowance')
}

function allowanceJson(account: string, { allowances }: RestBroker): PriceAllowanceJson {
  const { left, total, resetSeconds } = allowances.points(account)
  return { remainingAllowance: left, totalAllowance: total, allowanceExpiry: resetSeconds }
}

function candleJson({ startMs, bid, ask, ticks }: Bar, { decimals }: Market): CandleJson {
  const price = (field: 'open' | 'high' | 'low' | 'close'): CandlePriceJson => ({
    bid: Number(formatUnits(bid[field], decimals)),
    ask: Number(formatUnits(ask[field], decimals)),
    lastTraded: null,
  })
  return {
    snapshotTime: wireDate.slashesToSecond(startMs),
    openPrice: price('open'),
    closePrice: price('close'),
    highPrice: price('high'),
    lowPrice: price('low'),
    lastTradedVolume: ticks,
  }
}

/** The points of a week (IG Labs, REST API reference, "Prices": `totalAllowance`): nobody can have more at once. */
const MOST_BARS = 10_000
/** Markets are closed for a part of every week. */
const LONGEST_SPAN = 1.5
