import { Decimal, dealId, type Epic, epic } from '@scalpdesk/sdk'
import { ACCOUNT, type Scope } from '../../src/book/scope.ts'
import type { DeskState } from '../../src/desk-state.ts'
import type { Intent, Part, Target } from '../../src/intents/intent.ts'
import { anyOf, between, happens, oneOf, type Random, weighted } from '../broker/chance.ts'
import { EPICS } from '../broker/simulated-markets.ts'
import type { Press } from './step.ts'

const points = (random: Random, least: number, most: number): Decimal => new Decimal(between(random, least, most))

const MARKETS: readonly (readonly [Epic, number])[] = EPICS.map((epic, at) => [epic, at === 0 ? 70 : 15])

/** What a press means now: mostly something sensible, for what the trader sees on the screen. null: nothing to press it for. */
export function intentOf(press: Press, state: DeskState, random: Random): Intent | null {
  const market = weighted(random, MARKETS)
  const direction = oneOf(random, ['BUY', 'SELL'])
  switch (press) {
    case 'enter':
      return { kind: 'enter', epic: market, direction, ...someSize(random) }
    case 'close': {
      const holding = anyOf(random, [...state.holdings.values()])
      return holding && { kind: 'close', dealId: holding.dealId, part: aPart(random) }
    }
    case 'flatten':
      return { kind: 'flatten', scope: aScope(random, market) }
    case 'reverse':
      return { kind: 'reverse', epic: market }
    case 'breakeven':
    case 'remove-limit':
      return { kind: press, target: aTarget(random, state, market) }
    case 'move-leg': {
      const leg = oneOf(random, ['stop', 'limit'])
      return { kind: press, leg, byPoints: points(random, -12, 12), target: aTarget(random, state, market) }
    }
    case 'tighten':
      return { kind: press, byPoints: points(random, 1, 8), target: aTarget(random, state, market) }
    case 'trail': {
      const trailing = happens(random, 0.7)
        ? { distancePoints: points(random, 5, 30), stepPoints: points(random, 1, 4) }
        : null
      return { kind: press, trailing, target: aTarget(random, state, market) }
    }
    case 'join':
      return { kind: press, epic: market, direction, ...someSize(random) }
    case 'place':
      return aPlace(random, state, market, direction)
    case 'cancel': {
      const order = anyOf(random, [...state.resting.values()])
      if (order && happens(random, 0.6)) return { kind: 'cancel', orders: { dealId: order.dealId } }
      return { kind: 'cancel', orders: { scope: aScope(random, market) } }
    }
    case 'adopt': {
      const foreign = [...state.holdings.values(), ...state.resting.values()].filter(
        held => held.origin === 'elsewhere',
      )
      const deal = anyOf(random, foreign)
      return deal && { kind: 'adopt', dealId: deal.dealId }
    }
    case 'accept-unknown': {
      const order = anyOf(
        random,
        [...state.orders.values()].filter(({ stage }) => stage.kind === 'unresolved' && !stage.isAccepted),
      )
      return order && { kind: 'accept-unknown', id: order.id }
    }
    case 'arm':
    case 'disarm':
    case 'lock-day':
      return { kind: press }
    case 'choose-preset':
      return { kind: press, epic: market, name: oneOf(random, PRESET_NAMES) }
    case 'nonsense':
      return nonsense(random, market)
  }
}

export const PRESET_NAMES = ['scalp', 'trail', 'sure', 'risk', 'bare'] as const

function someSize(random: Random): { readonly size?: Decimal } {
  return happens(random, 0.7) ? {} : { size: new Decimal(oneOf(random, ['0.5', '1', '1.5', '2', '3', '6'])) }
}

function aPart(random: Random): Part {
  return oneOf<Part>(random, [
    'all',
    'all',
    'half',
    'quarter',
    { size: new Decimal(oneOf(random, ['0.5', '1', '0.25'])) },
  ])
}

function aScope(random: Random, market: Epic): Scope {
  return happens(random, 0.6) ? ACCOUNT : { kind: 'market', epic: market }
}

function aTarget(random: Random, { holdings }: DeskState, market: Epic): Target {
  const holding = anyOf(random, [...holdings.values()])
  return holding && happens(random, 0.6) ? { dealId: holding.dealId } : { epic: market }
}

/** Near the price, on either side: some are on the wrong one. */
function aPlace(random: Random, state: DeskState, market: Epic, direction: 'BUY' | 'SELL'): Intent | null {
  const bid = state.quotes.get(market)?.bid
  const contract = state.contracts.get(market)
  if (!bid || !contract) return null
  const { pointsPerUnit, decimals } = contract.market
  const away = points(random, -14, 14).div(pointsPerUnit)
  return {
    kind: 'place',
    epic: market,
    direction,
    orderKind: oneOf(random, ['limit', 'stop']),
    level: bid.plus(away).toDecimalPlaces(decimals),
    ...someSize(random),
    ...(happens(random, 0.3) && { stopPoints: happens(random, 0.5) ? points(random, 3, 30) : null }),
    ...(happens(random, 0.2) && { limitPoints: points(random, 3, 30) }),
  }
}

const NOT_A_NUMBER = new Decimal(Number.NaN)

/** What no trader means, but a script may send. */
function nonsense(random: Random, market: Epic): Intent {
  const nobody = dealId('DINOBODY')
  const nowhere = epic('NO.SUCH.MARKET')
  return oneOf<Intent>(random, [
    {
      kind: 'enter',
      epic: market,
      direction: 'BUY',
      size: new Decimal(oneOf(random, ['0', '-1', 'NaN', 'Infinity', '1e9'])),
    },
    { kind: 'enter', epic: nowhere, direction: 'SELL' },
    { kind: 'join', epic: nowhere, direction: 'BUY' },
    { kind: 'close', dealId: nobody, part: 'all' },
    { kind: 'close', dealId: nobody, part: { size: new Decimal(-3) } },
    { kind: 'cancel', orders: { dealId: nobody } },
    { kind: 'reverse', epic: nowhere },
    { kind: 'breakeven', target: { dealId: nobody } },
    { kind: 'tighten', byPoints: new Decimal(-5), target: { epic: market } },
    {
      kind: 'trail',
      trailing: { distancePoints: new Decimal(0), stepPoints: new Decimal(0) },
      target: { epic: market },
    },
    { kind: 'tighten', byPoints: NOT_A_NUMBER, target: { epic: market } },
    { kind: 'move-leg', leg: 'stop', byPoints: NOT_A_NUMBER, target: { epic: market } },
    { kind: 'move-leg', leg: 'limit', byPoints: new Decimal('1e9'), target: { epic: market } },
    { kind: 'set-leg', leg: 'stop', to: { level: NOT_A_NUMBER }, target: { epic: market } },
    { kind: 'set-leg', leg: 'limit', to: { points: new Decimal(-1) }, target: { epic: market } },
    { kind: 'enter', epic: market, direction: 'BUY', stop: { kind: 'normal', distancePoints: NOT_A_NUMBER } },
    { kind: 'enter', epic: market, direction: 'SELL', limitPoints: new Decimal(-1) },
    { kind: 'trail', trailing: { distancePoints: NOT_A_NUMBER, stepPoints: NOT_A_NUMBER }, target: { epic: market } },
    {
      kind: 'place',
      epic: market,
      direction: 'BUY',
      orderKind: 'limit',
      level: new Decimal(1),
      stopPoints: NOT_A_NUMBER,
      limitPoints: new Decimal(-1),
    },
    { kind: 'adopt', dealId: nobody },
    { kind: 'accept-unknown', id: 'nothing' },
    { kind: 'choose-preset', epic: market, name: 'no such preset' },
    { kind: 'flatten', scope: { kind: 'market', epic: nowhere } },
    {
      kind: 'place',
      epic: market,
      direction: 'SELL',
      orderKind: 'limit',
      level: new Decimal(oneOf(random, ['-1', '0', 'NaN', '1e12'])),
    },
  ])
}
