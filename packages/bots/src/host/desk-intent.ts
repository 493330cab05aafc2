import { ACCOUNT, type Intent, type Leg, type LegPlace, type PresetStop, type Target } from '@scalpdesk/desk'
import { Decimal, dealId, type Epic, epic as epicOf } from '@scalpdesk/sdk'
import type { Amount } from '../strategy/amount.ts'
import type { BotStop, BotTrailing, TradeIntent } from '../strategy/bot-intent.ts'

/** What a strategy wants, as the desk takes it; or what is wrong with it. */
export type Translated =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'nonsense'; readonly text: string }

/** @param here the market of the tick: the one that is meant where none is told */
export function deskIntent(wanted: TradeIntent, here: Epic): Translated {
  try {
    return { kind: 'intent', intent: translate(wanted, here) }
  } catch (cause) {
    return { kind: 'nonsense', text: cause instanceof Error ? cause.message : String(cause) }
  }
}

function translate(wanted: TradeIntent, here: Epic): Intent {
  const market = 'epic' in wanted && wanted.epic !== undefined ? epicOf(wanted.epic) : here
  switch (wanted.kind) {
    case 'buy':
    case 'sell':
      return {
        kind: 'enter',
        epic: market,
        direction: wanted.kind === 'buy' ? 'BUY' : 'SELL',
        size: positive(wanted.size, 'size'),
        stop: stopOf(wanted.stop ?? null),
        limitPoints: pointsOf(wanted.limitPoints ?? null, 'limitPoints'),
      }
    case 'close':
      return { kind: 'close', dealId: dealId(wanted.dealId), part: 'all' }
    case 'close-part': {
      const { part } = wanted
      const share = part === 'half' || part === 'quarter' ? part : { size: positive(part, 'part') }
      return { kind: 'close', dealId: dealId(wanted.dealId), part: share }
    }
    case 'flatten':
      return { kind: 'flatten', scope: wanted.isAccount ? ACCOUNT : { kind: 'market', epic: market } }
    case 'reverse':
      return {
        kind: 'reverse',
        epic: market,
        as: {
          size: 'held',
          stop: stopOf(wanted.stop ?? null),
          limitPoints: pointsOf(wanted.limitPoints ?? null, 'limitPoints'),
        },
      }
    case 'move-stop': {
      const { to } = wanted
      const target = targetOf(wanted.dealId, market)
      if (to === 'entry') return { kind: 'breakeven', target }
      if ('nearerByPoints' in to)
        return { kind: 'tighten', byPoints: positive(to.nearerByPoints, 'nearerByPoints'), target }
      return setLeg('stop', to, target)
    }
    case 'move-limit': {
      const target = targetOf(wanted.dealId, market)
      return wanted.to === 'none' ? { kind: 'remove-limit', target } : setLeg('limit', wanted.to, target)
    }
    case 'trail': {
      const { trailing } = wanted
      return { kind: 'trail', trailing: trailing && trailingOf(trailing), target: targetOf(wanted.dealId, market) }
    }
    case 'place-buy':
    case 'place-sell': {
      const { goodTillMs, order } = wanted
      if (order !== 'limit' && order !== 'stop')
        throw new Error(`expected the order limit or stop, but got ${shown(order)}; change order`)
      return {
        kind: 'place',
        epic: market,
        direction: wanted.kind === 'place-buy' ? 'BUY' : 'SELL',
        orderKind: order,
        level: positive(wanted.level, 'level'),
        size: positive(wanted.size, 'size'),
        stopPoints: pointsOf(wanted.stopPoints ?? null, 'stopPoints'),
        limitPoints: pointsOf(wanted.limitPoints ?? null, 'limitPoints'),
        goodTill: goodTillMs === undefined ? 'cancelled' : { atMs: goodTillMs },
      }
    }
    case 'cancel': {
      const one = wanted.dealId
      return {
        kind: 'cancel',
        orders: one === undefined ? { scope: { kind: 'market', epic: market } } : { dealId: dealId(one) },
      }
    }
    default:
      return unknownKind(wanted)
  }
}

function unknownKind(wanted: never): never {
  throw new Error(`expected an intent such as buy, close or flatten, but got ${shown(wanted)}; change its kind`)
}

function setLeg(leg: Leg, to: { readonly level: Amount } | { readonly points: Amount }, target: Target): Intent {
  const place: LegPlace =
    'level' in to ? { level: positive(to.level, 'level') } : { points: positive(to.points, 'points') }
  return { kind: 'set-leg', leg, to: place, target }
}

function targetOf(one: string | undefined, market: Epic): Target {
  return one === undefined ? { epic: market } : { dealId: dealId(one) }
}

function stopOf(stop: BotStop | null): PresetStop | null {
  if (stop === null) return null
  if (typeof stop !== 'object' || Decimal.isDecimal(stop))
    return { kind: 'normal', distancePoints: positive(stop, 'stop') }
  if ('stepPoints' in stop) return { kind: 'trailing', ...trailingOf(stop) }
  return { kind: 'guaranteed', distancePoints: positive(stop.points, 'stop.points') }
}

function trailingOf({ points, stepPoints }: BotTrailing) {
  return { distancePoints: positive(points, 'points'), stepPoints: positive(stepPoints, 'stepPoints') }
}

function pointsOf(points: Amount | null, what: string): Decimal | null {
  return points === null ? null : positive(points, what)
}

function positive(amount: Amount, what: string): Decimal {
  const figure = figureOf(amount)
  if (figure?.isFinite() && figure.gt(0)) return figure
  throw new Error(`expected ${what} to be a figure above 0, but got ${shown(amount)}; change it`)
}

function figureOf(amount: Amount): Decimal | null {
  try {
    return new Decimal(typeof amount === 'number' ? String(amount) : amount)
  } catch {
    return null
  }
}

function shown(value: unknown): string {
  if (typeof value === 'number' || Decimal.isDecimal(value)) return String(value)
  return JSON.stringify(value)?.slice(0, 80) ?? String(value)
}
