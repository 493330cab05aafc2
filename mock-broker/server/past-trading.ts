import { Decimal } from 'decimal.js'
import { NO_LEGS } from '../engine/history/activity.ts'
import {
  type AccountTerms,
  type Activity,
  type Book,
  contractUnits,
  convert,
  dealIdentifiers,
  isSpreadBet,
  type Market,
  type PastEntries,
  type Random,
  seededRandom,
  shortId,
  type Transaction,
  unitsToDecimal,
} from '../engine/index.ts'

export interface PastTradingOptions {
  readonly accounts: readonly AccountTerms[]
  readonly book: (epic: string) => Book | undefined
  /** A bid of the past, in units; null where there is none. */
  readonly pastBid: (epic: string, atMs: number) => number | null
  readonly seed: number
  /** The earliest of the markets' clocks: what is dealt from now on is all later. */
  readonly nowMs: number
  readonly days: number
}

/**
 * What the accounts did on the weekdays before today, or before the day that a tape begins on, so that reports have something to read: round trips at the prices of the
 * seeded past, each with its activity and its transaction, and some held overnight. All of it is our invention.
 */
export function pastTrading(options: PastTradingOptions): PastEntries {
  const { accounts, seed, nowMs, days } = options
  const trips = accounts
    .filter(({ dealing }) => dealing === 'enabled')
    .flatMap((account, index) => {
      const random = seededRandom(seed + 1000 + index)
      const made: RoundTrip[] = []
      for (let day = days; day >= 1; day--) {
        const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS - day * DAY_MS
        if (isWeekday(midnightMs)) made.push(...tripsOf(account, midnightMs, day > 1, random, options))
      }
      return made
    })
  return {
    activities: trips.flatMap(({ activities }) => activities).sort(byTime),
    transactions: trips.flatMap(({ transactions }) => transactions).sort(byTime),
  }
}

interface RoundTrip {
  readonly activities: readonly Activity[]
  readonly transactions: readonly Transaction[]
}

function tripsOf(
  account: AccountTerms,
  midnightMs: number,
  canHold: boolean,
  random: Random,
  { book, pastBid }: PastTradingOptions,
): readonly RoundTrip[] {
  const count = 1 + Math.floor(random.next() * MOST_TRIPS)
  return Array.from({ length: count }, () => {
    const epics = account.type === 'SPREADBET' ? BETS : CONTRACTS
    const epic = epics[Math.floor(random.next() * epics.length)] ?? ''
    const openedMs = midnightMs + (8 + random.next() * 8) * HOUR_MS
    const isHeld = canHold && !isFriday(midnightMs) && random.next() < HELD_SHARE
    const closedMs = isHeld ? openedMs + DAY_MS : openedMs + (1 + random.next() * 60) * MINUTE_MS
    const market = book(epic)?.market
    const opened = pastBid(epic, openedMs)
    const closed = pastBid(epic, closedMs)
    const isLong = random.next() < 0.5
    const multiple = 1 + Math.floor(random.next() * 5)
    if (!market || opened === null || closed === null || isSpreadBet(market) !== (account.type === 'SPREADBET'))
      return null
    const spread = market.synthetic?.spreadUnits ?? 0
    return roundTrip(account, market, {
      openedMs: Math.floor(openedMs),
      closedMs: Math.floor(closedMs),
      openUnits: isLong ? opened + spread : opened,
      closeUnits: isLong ? closed : closed + spread,
      isLong,
      isHeld,
      size: new Decimal(market.minSize).times(multiple),
      random,
    })
  }).filter(trip => trip !== null)
}

interface Terms {
  readonly openedMs: number
  readonly closedMs: number
  readonly openUnits: number
  readonly closeUnits: number
  readonly isLong: boolean
  readonly isHeld: boolean
  readonly size: Decimal
  readonly random: Random
}

function roundTrip(account: AccountTerms, market: Market, terms: Terms): RoundTrip {
  const { openedMs, closedMs, openUnits, closeUnits, isLong, isHeld, size, random } = terms
  const ids = dealIdentifiers(random)
  const [openId, closeId] = [ids.dealId(), ids.dealId()]
  const [currency] = market.currencies
  const level = (units: number): Decimal => unitsToDecimal(units, market.decimals)
  const gained = isLong ? closeUnits - openUnits : openUnits - closeUnits
  const inOwn = (units: number): Decimal =>
    convert(level(units).times(size).times(contractUnits(market)), currency, account.currency)
  const common = {
    account: account.id,
    epic: market.epic,
    channel: 'PUBLIC_WEB_API',
    type: 'POSITION',
    status: 'ACCEPTED',
    reason: 'SUCCESS',
    currency,
    size,
    ...NO_LEGS,
  } as const
  const moved = { account: account.id, expiry: market.expiry }
  const fundedMs = Math.floor(openedMs / DAY_MS) * DAY_MS + FUNDING_MS
  const funding: Transaction = {
    ...moved,
    atMs: fundedMs,
    openedAtMs: fundedMs,
    type: 'WITH',
    name: `Overnight funding ${market.name}`,
    amount: inOwn(openUnits).times(-3).div(36_500).toDecimalPlaces(2),
    reference: shortId(openId),
    openLevel: null,
    closeLevel: null,
    size: null,
  }
  const trade: Transaction = {
    ...moved,
    atMs: closedMs,
    openedAtMs: openedMs,
    type: 'TRADE',
    name: market.name,
    amount: inOwn(gained),
    reference: shortId(closeId),
    openLevel: level(openUnits),
    closeLevel: level(closeUnits),
    size: isLong ? size : size.negated(),
  }
  return {
    activities: [
      {
        ...common,
        atMs: openedMs,
        dealId: openId,
        reference: ids.reference(),
        actions: [{ type: 'POSITION_OPENED', dealId: openId }],
        direction: isLong ? 'BUY' : 'SELL',
        level: level(openUnits),
      },
      {
        ...common,
        atMs: closedMs,
        dealId: closeId,
        reference: ids.reference(),
        actions: [{ type: 'POSITION_CLOSED', dealId: openId }],
        direction: isLong ? 'SELL' : 'BUY',
        level: level(closeUnits),
      },
    ],
    transactions: isHeld ? [funding, trade] : [trade],
  }
}

function byTime(a: { readonly atMs: number }, b: { readonly atMs: number }): number {
  return a.atMs - b.atMs
}

function isWeekday(atMs: number): boolean {
  const day = new Date(atMs).getUTCDay()
  return day !== 0 && day !== 6
}

function isFriday(atMs: number): boolean {
  return new Date(atMs).getUTCDay() === 5
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const FUNDING_MS = 22 * HOUR_MS
const MOST_TRIPS = 4
const HELD_SHARE = 0.1
const CONTRACTS = [
  'CS.D.EURUSD.CFD.IP',
  'CS.D.GBPUSD.CFD.IP',
  'IX.D.DAX.IFD.IP',
  'IX.D.NASDAQ.IFD.IP',
  'CS.D.CFDGOLD.CFDGC.IP',
]
const BETS = ['CS.D.EURUSD.TODAY.IP', 'IX.D.FTSE.DAILY.IP', 'IX.D.DAX.DAILY.IP']
