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
  fc.record({ do: fc.constant('close' as const), which: fc.nat(3), hundredths: fc.integer({ min: 1, max: 400 }) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function units() {
  return fc.integer({ min: 108_000, max: 109_000 })
}

function play(script: TradingScript, steps: readonly Step[]): readonly EngineEvent[] {
  return steps.flatMap(todo => {
    if (todo.do === 'quote') return script.quote(todo.bid, todo.bid + todo.spread)
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

it('keeps cash equal to the start plus everything booked, whatever is dealt', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const script = tradingScript()
      const booked = play(script, steps).reduce(
        (sum, event) => (event.kind === 'fill' && event.closed ? sum.plus(event.closed.booked) : sum),
        new Decimal(100_000),
      )
      expect(script.engine.account().cash.toString()).toBe(booked.toString())
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
