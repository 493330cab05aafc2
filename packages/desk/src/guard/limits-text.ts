import { type Decimal, type Epic, epic } from '@scalpdesk/sdk'
import type { GuardLimits, MarketLimits } from './limits.ts'
import {
  orNull,
  type Plain,
  plainFigure,
  plainList,
  plainNumber,
  plainObject,
  plainText,
  plainWord,
} from './plain-figures.ts'
import { type HoursSpan, WEEKDAYS } from './trading-hours.ts'

/** Limits as plain data, for the journal and the config: figures as decimal text. */
export interface LimitsText {
  readonly allowedMarkets: readonly string[] | null
  readonly everyMarket: MarketLimitsText
  readonly markets: Readonly<Record<string, Partial<MarketLimitsText>>>
  readonly maxOpenPositions: number | null
  readonly maxEntriesPerMinute: number | null
  readonly maxDayLoss: string | null
  readonly maxLossStreak: number | null
  readonly coolDownMs: number
  readonly tradingHours: readonly (readonly HoursSpan[])[]
  readonly minMarginLeft: string | null
  readonly maxPriceAgeMs: number
  readonly duplicateWindowMs: number
}

type MarketLimitsText = { readonly [Field in keyof MarketLimits]: string | null }

export function limitsText(limits: GuardLimits): LimitsText {
  return {
    ...limits,
    everyMarket: {
      maxOrderSize: text(limits.everyMarket.maxOrderSize),
      maxHeldSize: text(limits.everyMarket.maxHeldSize),
      maxSpreadPoints: text(limits.everyMarket.maxSpreadPoints),
    },
    markets: Object.fromEntries([...limits.markets].map(([market, own]) => [market, ownText(own)])),
    maxDayLoss: text(limits.maxDayLoss),
    minMarginLeft: text(limits.minMarginLeft),
  }
}

/** @throws when something is missing or is not what it should be; {@link limitProblems} says whether the figures make sense */
export function readLimits(value: unknown, where = 'limits'): GuardLimits {
  const at = (field: string) => `${where}.${field}`
  const plain = plainObject(value, where)
  const whole = (field: string) => plainNumber(plain[field], at(field))
  const count = (field: string) => orNull(plain[field], plainNumber, at(field))
  const figure = (field: string) => orNull(plain[field], plainFigure, at(field))
  return {
    allowedMarkets: orNull(plain.allowedMarkets, epicsOf, at('allowedMarkets')),
    everyMarket: {
      maxOrderSize: null,
      maxHeldSize: null,
      maxSpreadPoints: null,
      ...ownOf(plain.everyMarket, at('everyMarket')),
    },
    markets: new Map(
      Object.entries(plainObject(plain.markets, at('markets'))).map(([market, own]) => [
        epic(market),
        ownOf(own, at(`markets.${market}`)),
      ]),
    ),
    maxOpenPositions: count('maxOpenPositions'),
    maxEntriesPerMinute: count('maxEntriesPerMinute'),
    maxDayLoss: figure('maxDayLoss'),
    maxLossStreak: count('maxLossStreak'),
    coolDownMs: whole('coolDownMs'),
    tradingHours: plainList(plain.tradingHours, at('tradingHours')).map(hours =>
      plainList(hours, at('tradingHours')).map(span =>
        spanOf(plainObject(span, at('tradingHours')), at('tradingHours')),
      ),
    ),
    minMarginLeft: figure('minMarginLeft'),
    maxPriceAgeMs: whole('maxPriceAgeMs'),
    duplicateWindowMs: whole('duplicateWindowMs'),
  }
}

const MARKET_FIELDS = [
  'maxOrderSize',
  'maxHeldSize',
  'maxSpreadPoints',
] as const satisfies readonly (keyof MarketLimits)[]

function ownText(own: Partial<MarketLimits>): Partial<MarketLimitsText> {
  const told = MARKET_FIELDS.flatMap(field => {
    const figure = own[field]
    return figure === undefined ? [] : [[field, text(figure)]]
  })
  return Object.fromEntries(told)
}

/** A field that is left out stays out: it is as for every market. */
function ownOf(value: unknown, where: string): Partial<MarketLimits> {
  const plain = plainObject(value, where)
  const told = MARKET_FIELDS.filter(field => plain[field] !== undefined)
  return Object.fromEntries(told.map(field => [field, orNull(plain[field], plainFigure, `${where}.${field}`)]))
}

function epicsOf(value: unknown, where: string): readonly Epic[] {
  return plainList(value, where).map(each => epic(plainText(each, where)))
}

function spanOf(span: Plain, where: string): HoursSpan {
  return {
    days: plainList(span.days, `${where}.days`).map(day => plainWord(day, WEEKDAYS, `${where}.days`)),
    from: plainText(span.from, `${where}.from`),
    until: plainText(span.until, `${where}.until`),
  }
}

const text = (figure: Decimal | null): string | null => figure?.toFixed() ?? null
