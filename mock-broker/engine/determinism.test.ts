import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { points, type TradingScript, tradingScript } from '../testing/trading-script.ts'
import type { EngineEvent } from './engine-event.ts'

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('quote' as const), bid: units(), spread: fc.integer({ min: -3, max: 30 }) }),
  },
  fc.record({
    do: fc.constant('open' as const),
    direction: fc.constantFrom('BUY' as const, 'SELL' as const),
    mode: fc.constantFrom('force' as const, 'net' as const),
    hundredths: fc.integer({ min: 1, max: 400 }),
    stop: fc.option(fc.integer({ min: 1, max: 40 })),
  }),
  fc.record({
    do: fc.constant('place' as const),
    direction: fc.constantFrom('BUY' as const, 'SELL' as const),
    type: fc.constantFrom('LIMIT' as const, 'STOP' as const),
    level: units(),
    mode: fc.constantFrom('force' as const, 'net' as const),
    seconds: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('trail' as const), points: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('night' as const) }),
  fc.record({ do: fc.constant('close' as const), which: fc.nat(3), hundredths: fc.integer({ min: 1, max: 400 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function units() {
  return fc.integer({ min: 108_000, max: 109_000 })
}

function play(script: TradingScript, steps: readonly Step[]): readonly EngineEvent[] {
  return steps.flatMap(todo => {
    if (todo.do === 'quote') return script.quote(todo.bid, todo.bid + todo.spread)
    if (todo.do === 'night') return script.engine.process({ kind: 'night', atMs: Date.UTC(2024, 5, 14, 22) })
    if (todo.do === 'cancel')
      return script.cancel(script.engine.workingOrders()[todo.which]?.dealId ?? 'DIAAAANOSUCHDEA')
    if (todo.do === 'trail') {
      return script.open({ stop: { kind: 'trailing', ...points(String(todo.points)), stepPoints: new Decimal(2) } })
    }
    if (todo.do === 'place') {
      const { direction, type, mode, seconds } = todo
      const goodTillMs = seconds === null ? null : Date.UTC(2024, 5, 14, 12, 0, seconds)
      return script.place({ direction, type, mode, level: new Decimal(todo.level).div(100_000), goodTillMs })
    }
    const size = new Decimal(todo.hundredths).div(100)
    if (todo.do === 'open') {
      const stop = todo.stop === null ? null : { ...points(String(todo.stop)), kind: 'normal' as const }
      return script.open({ direction: todo.direction, mode: todo.mode, size, stop })
    }
    const target = script.engine.positions()[todo.which]
    const direction = target?.direction === 'SELL' ? 'BUY' : 'SELL'
    return script.close(target?.dealId ?? 'DIAAAANOSUCHDEA', { direction, size })
  })
}

it('gives the same event log for the same inputs and seed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer(), (steps, seed) => {
      expect(JSON.stringify(play(tradingScript({ seed }), steps))).toBe(
        JSON.stringify(play(tradingScript({ seed }), steps)),
      )
    }),
  )
})

it('keeps cash equal to the start plus everything booked, and to the sum of all transactions, whatever is dealt', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom('4000', '100000'), (steps, cash) => {
      const script = tradingScript({ cash })
      const booked = play(script, steps).reduce((sum, event) => {
        if (event.kind === 'charge') return sum.plus(event.booked)
        return event.kind === 'fill' && event.closed ? sum.plus(event.closed.booked) : sum
      }, new Decimal(cash))
      expect(script.engine.account().cash.toString()).toBe(booked.toString())
      const told = script.engine.history
        .transactions('CASH1')
        .reduce((sum, { amount }) => sum.plus(amount), new Decimal(0))
      expect(told.toString()).toBe(booked.toString())
    }),
  )
})

it('keeps what is open equal to what was opened less what was closed, deal by deal', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const script = tradingScript()
      const open = new Map<string, Decimal>()
      for (const event of play(script, steps)) {
        if (event.kind !== 'fill') continue
        const dealId = event.closed?.dealId ?? event.dealId
        const left = event.closed ? open.get(dealId)!.minus(event.size) : event.size
        if (left.isZero()) open.delete(dealId)
        else open.set(dealId, left)
      }
      const shown = script.engine.positions().map(({ dealId, size }) => [dealId, size.toString()])
      expect(shown).toEqual([...open].map(([dealId, size]) => [dealId, size.toString()]))
    }),
  )
})

it('never shows or deals on a quote whose offer is below its bid', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const script = tradingScript()
      for (const todo of steps) {
        play(script, [todo])
        const quote = script.engine.book('CS.D.EURUSD.CFD.IP')?.quote
        if (quote) expect(quote.offerUnits).toBeGreaterThanOrEqual(quote.bidUnits)
      }
    }),
  )
})
