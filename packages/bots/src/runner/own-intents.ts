import { type DeskState, type Intent, isPending, type PressedBy, type Scope } from '@scalpdesk/desk'
import type { DealId, Epic } from '@scalpdesk/sdk'
import { deskIntent } from '../host/desk-intent.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import type { ExitPolicy } from '../strategy/strategy.ts'
import type { OwnBook } from './own-book.ts'

/** What is pressed for what a strategy wants; or why nothing is. */
export type OwnIntents =
  | { readonly kind: 'press'; readonly intents: readonly Intent[] }
  | { readonly kind: 'denied'; readonly code: 'nonsense' | 'not-its-market' | 'not-its-own'; readonly text: string }

export interface OwnPlace {
  readonly by: PressedBy
  readonly state: DeskState
  readonly book: OwnBook
  readonly markets: readonly string[]
  /** Of the tick. */
  readonly here: Epic
}

/**
 * Bots share an account with each other and with the trader: each touches what its own orders made. Where nobody else holds anything in
 * a market, flattening it is the desk's own flatten, which keeps at it until the broker reports nothing open.
 */
export function ownIntents(wanted: TradeIntent, place: OwnPlace): OwnIntents {
  const translated = deskIntent(wanted, place.here)
  if (translated.kind === 'nonsense') return { kind: 'denied', code: 'nonsense', text: translated.text }
  const { intent } = translated
  const { book } = place
  switch (intent.kind) {
    case 'enter':
    case 'place':
      return isTraded(place, intent.epic) ? press(intent) : notTraded(place, intent.epic)
    case 'reverse': {
      if (!isTraded(place, intent.epic)) return notTraded(place, intent.epic)
      const scope = { kind: 'market', epic: intent.epic } as const
      return hasOthers(place, scope) ? notOwn(`everything in ${intent.epic}`) : press(intent)
    }
    case 'flatten':
      return press(...flattenOwn(place, intent.scope))
    case 'close':
      return isOwn(book, intent.dealId) ? press(intent) : notOwn(intent.dealId)
    case 'cancel': {
      if ('dealId' in intent.orders)
        return isOwn(book, intent.orders.dealId) ? press(intent) : notOwn(intent.orders.dealId)
      const { scope } = intent.orders
      const own = book.orders.filter(({ epic }) => scope.kind === 'account' || scope.epic === epic)
      return press(...own.map(({ dealId }): Intent => ({ kind: 'cancel', orders: { dealId } })))
    }
    case 'breakeven':
    case 'tighten':
    case 'set-leg':
    case 'trail':
    case 'move-leg':
    case 'remove-limit': {
      const { target } = intent
      if ('dealId' in target) return isOwn(book, target.dealId) ? press(intent) : notOwn(target.dealId)
      const own = book.positions.filter(({ epic }) => epic === target.epic)
      return press(...own.map(({ dealId }): Intent => ({ ...intent, target: { dealId } })))
    }
    default:
      return {
        kind: 'denied',
        code: 'nonsense',
        text: `expected an order, but got ${intent.kind}; that is the trader's`,
      }
  }
}

/** Closes what is its own in a scope, and cancels its orders. */
function flattenOwn(place: OwnPlace, scope: Scope): readonly Intent[] {
  if (scope.kind === 'market' && !hasOthers(place, scope)) return [{ kind: 'flatten', scope }]
  const isIn = ({ epic }: { readonly epic: Epic }): boolean => scope.kind === 'account' || scope.epic === epic
  return [
    ...place.book.orders.filter(isIn).map(({ dealId }): Intent => ({ kind: 'cancel', orders: { dealId } })),
    ...place.book.positions.filter(isIn).map(({ dealId }): Intent => ({ kind: 'close', dealId, part: 'all' })),
  ]
}

/** What an exit policy comes to in one market. */
export function exitIntents(policy: ExitPolicy, place: OwnPlace): readonly Intent[] {
  const { here, book } = place
  if (policy === 'flatten') return flattenOwn(place, { kind: 'market', epic: here })
  const cancels = book.orders
    .filter(({ epic }) => epic === here)
    .map(({ dealId }): Intent => ({ kind: 'cancel', orders: { dealId } }))
  const closes = book.positions
    .filter(({ epic, stopLevel }) => epic === here && stopLevel === null)
    .map(({ dealId }): Intent => ({ kind: 'close', dealId, part: 'all' }))
  return [...cancels, ...closes]
}

/** Also of what is on its way: somebody's entry may deal while a flatten of the whole market goes on. */
function hasOthers({ by, state, book }: OwnPlace, { epic }: Extract<Scope, { kind: 'market' }>): boolean {
  const isTheirs = [...state.holdings.values(), ...state.resting.values()].some(
    each => each.epic === epic && !isOwn(book, each.dealId),
  )
  if (isTheirs) return true
  return [...state.orders.values()].some(
    order =>
      isEntry(order.purpose.kind) &&
      order.purpose.epic === epic &&
      isPending(order) &&
      (order.reference === null || state.callers.get(order.reference) !== by),
  )
}

const isEntry = (purpose: string): boolean => purpose === 'open' || purpose === 'place'

const isOwn = (book: OwnBook, wanted: DealId): boolean =>
  [...book.positions, ...book.orders].some(({ dealId }) => dealId === wanted)

const isTraded = ({ markets }: OwnPlace, epic: string): boolean => markets.includes(epic)

const press = (...intents: readonly Intent[]): OwnIntents => ({ kind: 'press', intents })

const notTraded = ({ markets }: OwnPlace, epic: string): OwnIntents => ({
  kind: 'denied',
  code: 'not-its-market',
  text: `expected one of this bot's markets (${markets.join(', ')}), but got ${epic}; name it with --epic`,
})

const notOwn = (dealId: string): OwnIntents => ({
  kind: 'denied',
  code: 'not-its-own',
  text: `expected what this bot opened itself, but ${dealId} is not; leave it to whoever did`,
})
