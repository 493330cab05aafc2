import type { SubscriptionSpec } from '@scalpdesk/tlcp'
import type { LegacyMarketField, PriceField } from '@scalpdesk/wire'
import { InvalidInputError } from '../errors.ts'
import type { AccountId, Epic } from '../ids.ts'
import type { PriceOptions } from '../live-stream.ts'
import type { MarketState } from '../market.ts'
import type { Clock } from '../ports.ts'
import type { Quote } from '../quote.ts'
import type { StreamItem } from './feed.ts'
import type { KnownMarket } from './known-market.ts'
import { currencyFields, ladderFields } from './ladder-reader.ts'
import { LondonClock } from './london-clock.ts'
import { type QuoteForm, QuoteReader } from './quote-reader.ts'

/** Fields of the PRICE item, the first five of each form in one order. Source: IG Labs, Streaming API reference, "PRICE". */
export const PRICE_FIELDS = ['BIDPRICE1', 'ASKPRICE1', 'TIMESTAMP', 'DLG_FLAG', 'DELAY'] as const satisfies PriceField[]
const QUOTE_ID_FIELDS = ['BIDQUOTEID', 'ASKQUOTEID'] as const satisfies PriceField[]
const PRICE_DAY_FIELDS = ['MID_OPEN', 'HIGH', 'LOW', 'NET_CHG', 'NET_CHG_PCT'] as const satisfies PriceField[]
/** Source: IG Labs, Streaming API reference, "MARKET"; `L1` is an older name of the same. */
const LEGACY_FIELDS = [
  'BID',
  'OFFER',
  'UPDATE_TIME',
  'MARKET_STATE',
  'MARKET_DELAY',
] as const satisfies LegacyMarketField[]
const LEGACY_DAY_FIELDS = ['MID_OPEN', 'HIGH', 'LOW', 'CHANGE', 'CHANGE_PCT'] as const satisfies LegacyMarketField[]

/** IG Labs, Streaming API reference, "PRICE", values of DLG_FLAG. */
const DEALING_FLAGS: Readonly<Record<string, MarketState>> = {
  DEAL: 'tradeable',
  CLOSED: 'closed',
  EDIT: 'edits-only',
  AUCTION: 'auction',
  AUCTIONNOEDIT: 'auction-no-edits',
  SUSPEND: 'suspended',
  CLOSINGSONLY: 'closings-only',
  DEALNOEDIT: 'deal-no-edit',
}

/** IG Labs, Streaming API reference, "MARKET", values of MARKET_STATE. */
const MARKET_STATES: Readonly<Record<string, MarketState>> = {
  TRADEABLE: 'tradeable',
  CLOSED: 'closed',
  OFFLINE: 'offline',
  EDIT: 'edits-only',
  AUCTION: 'auction',
  AUCTION_NO_EDIT: 'auction-no-edits',
  SUSPENDED: 'suspended',
}

/** @throws {InvalidInputError} */
export function priceItem(market: KnownMarket, options: PriceOptions, clock: Pick<Clock, 'nowMs'>): StreamItem<Quote> {
  const form = formOf(options, clock)
  const { legacyItems } = options
  const name = `${legacyItems ?? 'PRICE'} ${market.epic}`
  return {
    key: `${name} ${form.fields.join(' ')}`,
    name,
    decimals: market.decimals ?? 0,
    spec: account => (legacyItems === undefined ? priceSpec(market.epic, account, form) : legacySpec(name, form)),
    reader: out => new QuoteReader(market, form, out),
  }
}

function priceSpec(epic: Epic, account: AccountId, { fields }: QuoteForm): SubscriptionSpec {
  const items = [`PRICE:${account}:${epic}`]
  return { mode: 'MERGE', items, fields, dataAdapter: 'Pricing', isSnapshotWanted: true }
}

function legacySpec(name: string, { fields }: QuoteForm): SubscriptionSpec {
  return { mode: 'MERGE', items: [name.replace(' ', ':')], fields, isSnapshotWanted: true }
}

function formOf(options: PriceOptions, clock: Pick<Clock, 'nowMs'>): QuoteForm {
  const { depth = 0, currencies = false, quoteIds = false, day = false, legacyItems } = options
  check(options)
  const isLegacy = legacyItems !== undefined
  const fields: string[] = isLegacy ? [...LEGACY_FIELDS] : [...PRICE_FIELDS]
  /** The place of the first of these; `null` where they are not wanted. */
  const place = (isWanted: boolean, more: readonly string[]): number | null => {
    if (!isWanted) return null
    return fields.push(...more) - more.length
  }
  const london = new LondonClock(clock)
  return {
    fields,
    states: isLegacy ? MARKET_STATES : DEALING_FLAGS,
    time: isLegacy ? (row, field) => london.nearest(row.value(field)) : (row, field) => row.units(field, 0),
    depth,
    levelsAt: place(depth > 0, ladderFields(depth)),
    currenciesAt: place(currencies, currencyFields(depth)),
    quoteIdsAt: place(quoteIds, QUOTE_ID_FIELDS),
    dayAt: place(day, isLegacy ? LEGACY_DAY_FIELDS : PRICE_DAY_FIELDS),
  }
}

function check({ depth, currencies, quoteIds, legacyItems }: PriceOptions): void {
  if (depth !== undefined && !(Number.isInteger(depth) && depth >= 1 && depth <= 5)) {
    throw new InvalidInputError(`expected a depth of 1 to 5 levels, but got ${depth}; leave it out for none`)
  }
  if (currencies === true && depth === undefined) {
    throw new InvalidInputError('expected a depth with currencies, but got none; leave them out, or give one')
  }
  if (legacyItems === undefined) return
  if (legacyItems !== 'MARKET' && legacyItems !== 'L1') {
    throw new InvalidInputError(`expected legacyItems 'MARKET' or 'L1', but got ${legacyItems}; leave it out`)
  }
  if (depth === undefined && quoteIds !== true) return
  throw new InvalidInputError(
    `expected no ${depth === undefined ? 'quoteIds' : 'depth'} with legacyItems, which have none, but got both; leave one out`,
  )
}
