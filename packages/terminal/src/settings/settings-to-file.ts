import type { MarketLimits, Preset, PresetSize, PresetStop } from '@scalpdesk/desk'
import type { Decimal } from '@scalpdesk/sdk'
import { exactAmount, isSafeNumber } from './exact-amount.ts'
import type { JsonValue } from './json-document.ts'
import type { MarketSettings, Settings } from './settings.ts'

/** Every setting as it stands in a file. */
export function fileFromSettings(settings: Settings): { readonly [name: string]: JsonValue } {
  const { environment, account, mode, timeZone, markets, guard, watchdogs, keys, screen, journal, reports } = settings
  return {
    environment,
    account,
    mode,
    timeZone,
    markets: markets.map(marketJson),
    guard: guardJson(guard),
    watchdogs: {
      missingStop: watchdogs.missingStop && {
        of: watchdogs.missingStop.of,
        closeAfterMs: numberOrNull(watchdogs.missingStop.closeAfterMs),
      },
      foreignExposure: watchdogs.foreignExposure,
      movedStop: watchdogs.movedStop,
      minMarginPercent: amountOrNull(watchdogs.minMarginPercent),
      maxClockSkewMs: numberOrNull(watchdogs.maxClockSkewMs),
      maxSilenceMs: numberOrNull(watchdogs.maxSilenceMs),
    },
    keys: { ...keys, own: keys.own.map(key => ({ ...key })) },
    screen: { ...screen, linearPrice: linearPriceJson(screen.linearPrice), bell: { ...screen.bell } },
    journal: { ...journal },
    reports: { atSessionEnd: reports.atSessionEnd, withinMs: number(reports.withinMs) },
  }
}

function guardJson(guard: Settings['guard']): JsonValue {
  return {
    allowedMarkets: guard.allowedMarkets,
    everyMarket: limitsJson(guard.everyMarket),
    markets: Object.fromEntries([...guard.markets].map(([epic, limits]) => [epic, limitsJson(limits)])),
    maxOpenPositions: numberOrNull(guard.maxOpenPositions),
    maxEntriesPerMinute: numberOrNull(guard.maxEntriesPerMinute),
    maxDayLoss: amountOrNull(guard.maxDayLoss),
    maxLossStreak: numberOrNull(guard.maxLossStreak),
    coolDownMs: number(guard.coolDownMs),
    tradingHours: guard.tradingHours.map(({ days, from, until }) => ({ days, from, until })),
    minMarginLeft: amountOrNull(guard.minMarginLeft),
    maxPriceAgeMs: number(guard.maxPriceAgeMs),
    duplicateWindowMs: number(guard.duplicateWindowMs),
  }
}

const linearPriceJson = (price: Settings['screen']['linearPrice']): JsonValue =>
  price && { points: numberOrNull(price.points), seconds: numberOrNull(price.seconds) }

function limitsJson(limits: Partial<MarketLimits>): JsonValue {
  return Object.fromEntries(
    (['maxOrderSize', 'maxHeldSize', 'maxSpreadPoints'] as const).flatMap(name => {
      const limit = limits[name]
      return limit === undefined ? [] : [[name, amountOrNull(limit)]]
    }),
  )
}

const marketJson = ({ epic, presets }: MarketSettings): JsonValue => ({ epic, presets: presets.map(presetJson) })

function presetJson({ name, sizes, sizeKey, stop, limitPoints }: Preset): JsonValue {
  const given = Object.entries(sizes).flatMap(([key, size]) => (size ? [[key, sizeJson(size)]] : []))
  return {
    name,
    sizes: Object.fromEntries(given) as JsonValue,
    sizeKey: number(sizeKey),
    stop: stop && stopJson(stop),
    limit: amountOrNull(limitPoints),
  }
}

function sizeJson(size: PresetSize): JsonValue {
  if (size.kind === 'fixed') return amount(size.size)
  const { risk } = size
  return risk.kind === 'money' ? { riskMoney: amount(risk.amount) } : { riskPercent: amount(risk.percent) }
}

function stopJson(stop: PresetStop): JsonValue {
  const points = amount(stop.distancePoints)
  return stop.kind === 'trailing'
    ? { kind: stop.kind, points, step: amount(stop.stepPoints) }
    : { kind: stop.kind, points }
}

const number = (value: number): JsonValue => Symbol(String(value))
const numberOrNull = (value: number | null): JsonValue => (value === null ? null : number(value))
const amountOrNull = (value: Decimal | null): JsonValue => (value === null ? null : amount(value))

/** A number where every reader of JSON keeps all its digits, else a text. */
function amount(value: Decimal): JsonValue {
  const text = value.toFixed()
  if (exactAmount(text) === null)
    throw new Error(`expected an amount that settings can hold, but got ${text}; round it`)
  return isSafeNumber(value) ? Symbol(text) : text
}
