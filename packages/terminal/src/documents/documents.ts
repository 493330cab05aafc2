/**
 * What the commands print with `--json`. The schemas beside the package are made of these, and tests hold the commands to them;
 * the program itself takes only the types. Figures are exact decimals as text, times ISO 8601 in UTC, and null is what the broker
 * does not say.
 */
import * as z from 'zod/mini'
import { ENTRIES } from '../host/guard-status.ts'
import { ORDER_ACTIONS, ORDER_ENDS, PRESS_ENDS } from '../host/press-outcome.ts'

const figure = z.string().check(z.regex(/^-?\d+(\.\d+)?$/))
const maybe = z.nullable(figure)
const time = z.nullable(z.iso.datetime())
const words = z.nullable(z.string())
const environment = z.enum(['mock', 'demo', 'live'])
const direction = z.enum(['BUY', 'SELL'])

const summary = z.strictObject({
  epic: z.string(),
  name: z.string(),
  type: z.string(),
  expiry: z.string(),
  state: z.string(),
  bid: maybe,
  offer: maybe,
  high: maybe,
  low: maybe,
  netChange: maybe,
  percentageChange: maybe,
  delayMinutes: z.nullable(z.number()),
  isStreamable: z.boolean(),
})

export const MARKETS = z.strictObject({ environment, text: z.string(), markets: z.array(summary) })

const rule = z.strictObject({ unit: z.string(), value: figure })

export const MARKET = z.strictObject({
  environment,
  epic: z.string(),
  name: z.string(),
  type: z.string(),
  expiry: z.string(),
  state: z.string(),
  currency: z.string(),
  bid: maybe,
  offer: maybe,
  high: maybe,
  low: maybe,
  decimals: z.number(),
  pointsPerUnit: z.number(),
  contractSize: figure,
  minSize: figure,
  minStopDistance: rule,
  maxStopDistance: rule,
  minGuaranteedStopDistance: rule,
  minTrailingStep: z.nullable(rule),
  marginFactor: z.nullable(rule),
  guaranteedStopPremium: z.nullable(rule),
  allowsMarketOrders: z.boolean(),
  allowsGuaranteedStops: z.boolean(),
  trailingStops: words,
  openingHours: z.nullable(z.array(z.strictObject({ opensAt: z.string(), closesAt: z.string() }))),
})

const price = z.strictObject({ bid: maybe, offer: maybe, lastTraded: maybe })

export const PRICES = z.strictObject({
  environment,
  epic: z.string(),
  resolution: z.string(),
  candles: z.array(
    z.strictObject({
      at: time,
      localTime: z.string(),
      open: price,
      high: price,
      low: price,
      close: price,
      ticks: z.nullable(z.number()),
    }),
  ),
  allowance: z.nullable(z.strictObject({ remaining: z.number(), total: z.number(), resetsInSeconds: z.number() })),
})

/** One for each line of `watch --json`. */
export const WATCHED = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('quote'),
    epic: z.string(),
    at: z.iso.datetime(),
    /** By the broker's clock. */
    brokerAt: time,
    bid: maybe,
    offer: maybe,
    state: z.string(),
    isDelayed: z.boolean(),
    isSnapshot: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('gap'), epic: z.string(), at: z.iso.datetime(), why: z.string() }),
  z.strictObject({ kind: z.literal('stream'), at: z.iso.datetime(), status: z.string() }),
])

const trailing = z.nullable(z.strictObject({ distancePoints: figure, stepPoints: figure }))

export const POSITIONS = z.strictObject({
  environment,
  account: z.string(),
  positions: z.array(
    z.strictObject({
      dealId: z.string(),
      reference: words,
      epic: z.string(),
      name: z.string(),
      direction,
      size: figure,
      level: maybe,
      bid: maybe,
      offer: maybe,
      stopLevel: maybe,
      limitLevel: maybe,
      isGuaranteed: z.boolean(),
      trailing,
      currency: words,
      contractSize: figure,
      openedAt: time,
    }),
  ),
})

export const ORDERS = z.strictObject({
  environment,
  account: z.string(),
  orders: z.array(
    z.strictObject({
      dealId: z.string(),
      epic: z.string(),
      name: z.string(),
      type: z.string(),
      direction: z.nullable(direction),
      size: maybe,
      level: maybe,
      bid: maybe,
      offer: maybe,
      stopPoints: maybe,
      limitPoints: maybe,
      isGuaranteed: z.boolean(),
      goodTill: time,
      placedAt: time,
    }),
  ),
})

/** Of `buy`, `sell`, `close`, `flatten`, `stop` and `order`. */
export const OUTCOME = z.strictObject({
  environment,
  account: z.string(),
  outcome: z.enum([...PRESS_ENDS, 'interrupted']),
  words: z.string(),
  denial: z.nullable(z.strictObject({ code: z.string(), words: z.string() })),
  /** The process whose desk traded; null: the command's own. */
  desk: z.nullable(z.number()),
  orders: z.array(
    z.strictObject({
      id: z.string(),
      action: z.enum(ORDER_ACTIONS),
      state: z.enum(ORDER_ENDS),
      epic: z.string(),
      direction: z.nullable(direction),
      size: maybe,
      dealId: words,
      level: maybe,
      profit: maybe,
      profitCurrency: words,
      reason: words,
    }),
  ),
})

/** Of `report verify`. */
const VERIFIED_DAYS = z.strictObject({
  world: z.string(),
  files: z.array(
    z.strictObject({
      account: z.string(),
      path: z.string(),
      records: z.number(),
      lastRecord: z.nullable(z.number()),
      lastHash: words,
      fault: z.nullable(z.strictObject({ kind: z.string(), line: z.number(), record: z.number(), words: z.string() })),
    }),
  ),
})

/** Of `guard`, `guard status` and `guard stop`; null: none runs. */
export const GUARD = z.strictObject({
  environment,
  guard: z.nullable(
    z.strictObject({
      pid: z.number(),
      environment,
      account: z.string(),
      since: z.iso.datetime(),
      socket: z.string(),
      screens: z.number(),
      entries: z.enum(ENTRIES),
      why: words,
      stream: z.string(),
      positions: z.number(),
      workingOrders: z.nullable(z.number()),
      pending: z.number(),
      leftOpen: words,
      outcome: z.string(),
    }),
  ),
})

/** Of `report import`. */
const IMPORTED_FILES = z.strictObject({
  world: z.string(),
  account: z.string(),
  files: z.array(
    z.strictObject({ path: z.string(), rows: z.number(), added: z.number(), from: z.iso.date(), to: z.iso.date() }),
  ),
})

/** Of `report note` and `report tag`: what is kept now about what was named, else about everything. */
const REMARKS = z.strictObject({
  world: z.string(),
  account: z.string(),
  remarks: z.array(
    z.strictObject({
      kind: z.enum(['trade', 'day']),
      /** The trade's id in reports, or the day. */
      name: z.string(),
      market: words,
      direction: z.nullable(direction),
      openedAt: time,
      tags: z.array(z.string()),
      notes: z.array(z.strictObject({ number: z.number(), at: z.iso.datetime(), words: z.string() })),
    }),
  ),
})

export const DOCUMENTS = {
  markets: MARKETS,
  market: MARKET,
  prices: PRICES,
  'watch-line': WATCHED,
  positions: POSITIONS,
  orders: ORDERS,
  outcome: OUTCOME,
  'report-verify': VERIFIED_DAYS,
  'report-import': IMPORTED_FILES,
  'report-remarks': REMARKS,
  guard: GUARD,
} as const

export type MarketsDocument = z.infer<typeof MARKETS>
export type MarketDocument = z.infer<typeof MARKET>
export type PricesDocument = z.infer<typeof PRICES>
export type WatchedLine = z.infer<typeof WATCHED>
export type PositionsDocument = z.infer<typeof POSITIONS>
export type OrdersDocument = z.infer<typeof ORDERS>
export type OutcomeDocument = z.infer<typeof OUTCOME>
export type VerifiedDaysDocument = z.infer<typeof VERIFIED_DAYS>
export type RemarksDocument = z.infer<typeof REMARKS>
export type GuardDocument = z.infer<typeof GUARD>
