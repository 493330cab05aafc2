import { Decimal } from 'decimal.js'
import {
  type AccountTerms,
  type AmendWorkingOrder,
  type CloseOrder,
  type Confirm,
  cashAccount,
  createEngine,
  type Engine,
  type EngineEvent,
  type EngineOptions,
  type Fill,
  type Market,
  markets,
  type OpenOrder,
  type PlaceOrder,
  seededRandom,
} from '../engine/index.ts'
import { PLAIN_OPEN } from './plain-open.ts'

export const EURUSD = 'CS.D.EURUSD.CFD.IP'
export const DAX = 'IX.D.DAX.IFD.IP'

/** An engine with one hand on it: short calls for what tests do all the time. Time moves a second with each input. */
export interface TradingScript {
  readonly engine: Engine
  quote(bidUnits: number, offerUnits: number, epic?: string): readonly EngineEvent[]
  open(changes?: Partial<OpenOrder>): readonly EngineEvent[]
  close(dealId: string, changes?: Partial<CloseOrder>): readonly EngineEvent[]
  amend(dealId: string, stop: string | null, limit: string | null): readonly EngineEvent[]
  place(changes?: Partial<PlaceOrder>): readonly EngineEvent[]
  amendOrder(dealId: string, changes?: Partial<AmendWorkingOrder>): readonly EngineEvent[]
  cancel(dealId: string): readonly EngineEvent[]
}

/** An account that a script's orders are for, unless they say otherwise. */
export interface ScriptOptions extends Partial<Omit<AccountTerms, 'cash'>> {
  readonly cash?: string
  readonly seed?: number
  readonly conditions?: EngineOptions['conditions']
  readonly markets?: readonly Market[]
  readonly keepsHours?: boolean
}

export function tradingScript(options: ScriptOptions = {}): TradingScript {
  const { cash = '100000', seed = 1, conditions, markets: traded = markets, keepsHours, ...terms } = options
  const account = cashAccount(new Decimal(cash), terms)
  const engine = createEngine({
    markets: traded,
    accounts: [account],
    random: seededRandom(seed),
    conditions,
    keepsHours,
  })
  let atMs = Date.UTC(2024, 5, 14, 12)
  let count = 0
  const tick = (): number => {
    atMs += 1000
    return atMs
  }
  return {
    engine,
    quote: (bidUnits, offerUnits, epic = EURUSD) =>
      engine.process({ kind: 'tick', epic, atMs: tick(), bidUnits, offerUnits }),
    open: changes =>
      engine.process({
        ...PLAIN_OPEN,
        atMs: tick(),
        reference: `ref-${++count}`,
        account: account.id,
        ...changes,
      }),
    close: (dealId, changes) =>
      engine.process({
        kind: 'close',
        atMs: tick(),
        reference: `ref-${++count}`,
        account: account.id,
        target: { by: 'deal', dealId },
        direction: 'SELL',
        size: new Decimal(1),
        price: { type: 'MARKET' },
        timeInForce: 'FILL_OR_KILL',
        ...changes,
      }),
    amend: (dealId, stop, limit) =>
      engine.process({
        kind: 'amend',
        atMs: tick(),
        reference: `ref-${++count}`,
        account: account.id,
        dealId,
        stop: stop === null ? null : { kind: 'normal', level: new Decimal(stop) },
        limitLevel: limit === null ? null : new Decimal(limit),
      }),
    place: changes =>
      engine.process({
        kind: 'place-order',
        atMs: tick(),
        reference: `ref-${++count}`,
        account: account.id,
        epic: EURUSD,
        expiry: '-',
        currency: 'USD',
        direction: 'BUY',
        type: 'LIMIT',
        size: new Decimal(1),
        level: new Decimal('1.08300'),
        goodTillMs: null,
        mode: 'force',
        stop: null,
        limit: null,
        ...changes,
      }),
    amendOrder: (dealId, changes) =>
      engine.process({
        kind: 'amend-order',
        atMs: tick(),
        reference: `ref-${++count}`,
        account: account.id,
        dealId,
        type: 'LIMIT',
        level: new Decimal('1.08300'),
        goodTillMs: null,
        stop: null,
        limit: null,
        ...changes,
      }),
    cancel: dealId =>
      engine.process({
        kind: 'cancel-order',
        atMs: tick(),
        reference: `ref-${++count}`,
        account: account.id,
        dealId,
      }),
  }
}

export function confirmIn(events: readonly EngineEvent[]): Confirm {
  const confirm = events.find(event => event.kind === 'confirm')
  if (!confirm) throw new Error('expected a confirm among the events')
  return confirm
}

export function fillsIn(events: readonly EngineEvent[]): readonly Fill[] {
  return events.filter(event => event.kind === 'fill')
}

/** `SUCCESS`, or why not. */
export function reasonIn(events: readonly EngineEvent[]): string {
  const { outcome } = confirmIn(events)
  return outcome.dealStatus === 'ACCEPTED' ? 'SUCCESS' : outcome.reason
}

export function points(distance: string): { by: 'distance'; points: Decimal } {
  return { by: 'distance', points: new Decimal(distance) }
}

export function level(text: string): { by: 'level'; level: Decimal } {
  return { by: 'level', level: new Decimal(text) }
}
