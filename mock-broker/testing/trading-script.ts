import { Decimal } from 'decimal.js'
import {
  type CloseOrder,
  type Confirm,
  createEngine,
  type Engine,
  type EngineEvent,
  type Fill,
  markets,
  type OpenOrder,
  seededRandom,
} from '../engine/index.ts'

export const EURUSD = 'CS.D.EURUSD.CFD.IP'
export const DAX = 'IX.D.DAX.IFD.IP'

/** An engine with one hand on it: short calls for what tests do all the time. Time moves a second with each input. */
export interface TradingScript {
  readonly engine: Engine
  quote(bidUnits: number, offerUnits: number, epic?: string): readonly EngineEvent[]
  open(changes?: Partial<OpenOrder>): readonly EngineEvent[]
  close(dealId: string, changes?: Partial<CloseOrder>): readonly EngineEvent[]
  amend(dealId: string, stop: string | null, limit: string | null): readonly EngineEvent[]
}

export function tradingScript({ cash = '100000', seed = 1 } = {}): TradingScript {
  const engine = createEngine({ markets, cash: new Decimal(cash), random: seededRandom(seed) })
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
        kind: 'open',
        atMs: tick(),
        reference: `ref-${++count}`,
        epic: EURUSD,
        expiry: '-',
        currency: 'USD',
        direction: 'BUY',
        size: new Decimal(1),
        price: { type: 'MARKET' },
        mode: 'force',
        stop: null,
        limit: null,
        ...changes,
      }),
    close: (dealId, changes) =>
      engine.process({
        kind: 'close',
        atMs: tick(),
        reference: `ref-${++count}`,
        target: { by: 'deal', dealId },
        direction: 'SELL',
        size: new Decimal(1),
        price: { type: 'MARKET' },
        ...changes,
      }),
    amend: (dealId, stop, limit) =>
      engine.process({
        kind: 'amend',
        atMs: tick(),
        reference: `ref-${++count}`,
        dealId,
        stopLevel: stop === null ? null : new Decimal(stop),
        limitLevel: limit === null ? null : new Decimal(limit),
        isStopGuaranteed: false,
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
