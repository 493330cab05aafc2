import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TradingDay, tradingDay } from '../testing/trading-day.ts'
import type { EngineEvent, EngineInput, Fill } from './engine-event.ts'
import { ladderPrice, ladderTier } from './ladder.ts'
import { hasLivePrices } from './market-state.ts'
import type { Position } from './position.ts'

/** Whatever four accounts do on seven markets in a made-up day, of which there is one for each seed. */
const ACCOUNTS = ['CFD', 'NET', 'BET', 'LIMITED']
const someDays = { numRuns: 40 }
const days = fc.record({
  seed: fc.integer(),
  steps: fc.integer({ min: 1, max: 900 }),
  cash: fc.constantFrom('600', '5000', '9000000'),
})
type Step = ReturnType<TradingDay['next']>

function live(day: TradingDay, steps: number, look: (step: Step, day: TradingDay) => void): readonly EngineEvent[] {
  const all: EngineEvent[] = []
  for (let count = 0; count < steps; count++) {
    const step = day.next()
    all.push(...step.events)
    look(step, day)
  }
  return all
}

describe('a day of trading', () => {
  it('is a busy one: everything that the tests below look at does happen', () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 12; seed++) {
      for (const cash of ['600', '9000000']) {
        live(tradingDay({ seed, cash }), 1500, ({ events }) => {
          for (const event of events) {
            if (event.kind === 'fill')
              seen.add(`fill ${event.cause}${event.position.isStopGuaranteed ? ' guaranteed' : ''}`)
            else if (event.kind === 'charge') seen.add(event.cause)
            else if (event.kind === 'working-order') seen.add(`order ${event.cause}`)
            else if (event.kind === 'confirm' && event.outcome.dealStatus === 'REJECTED') seen.add(event.outcome.reason)
            else if (event.kind === 'position' && event.position.trailing) seen.add(`trailing ${event.change}`)
          }
        })
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['open', 'close', 'working-order', 'margin', 'settlement', 'stop', 'limit'].map(cause => `fill ${cause}`),
        'fill stop guaranteed',
        ...['commission', 'overnight-funding', 'guaranteed-stop-premium', 'negative-balance-protection'],
        ...['client', 'filled', 'expired', 'refused', 'settled'].map(cause => `order ${cause}`),
        'trailing UPDATED',
        'OPPOSING_POSITIONS_NOT_ALLOWED',
        'INSUFFICIENT_FUNDS',
      ]),
    )
  })

  it('moves each account by what its transactions say, to the cent', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        const day = tradingDay({ seed, cash })
        const events = live(day, steps, () => {})
        for (const id of ACCOUNTS) {
          const booked = events.reduce((sum, event) => {
            if (event.kind === 'charge' && event.account === id) return sum.plus(event.booked)
            return event.kind === 'fill' && event.account === id && event.closed ? sum.plus(event.closed.booked) : sum
          }, new Decimal(cash))
          const told = day.engine.history.transactions(id).reduce((sum, { amount }) => sum.plus(amount), new Decimal(0))
          const held = day.engine.account(id).cash
          expect([held.toString(), told.toString()]).toEqual([booked.toString(), booked.toString()])
          expect(held.decimalPlaces()).toBeLessThanOrEqual(2)
        }
      }),
      someDays,
    )
  })

  it('keeps what is open equal to what was opened less what was closed, and no deal id twice', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        const day = tradingDay({ seed, cash })
        const open = new Map<string, Decimal>()
        const ids = new Set<string>()
        live(day, steps, ({ events }) => {
          for (const fill of fillsOf(events)) {
            expect(ids.has(fill.dealId)).toBe(false)
            ids.add(fill.dealId)
            const dealId = fill.closed?.dealId ?? fill.dealId
            const left = fill.closed ? open.get(dealId)!.minus(fill.size) : fill.size
            expect(left.isNegative()).toBe(false)
            expect(left.isZero()).toBe(fill.closed?.isWhole ?? false)
            if (left.isZero()) open.delete(dealId)
            else open.set(dealId, left)
          }
        })
        const shown = ACCOUNTS.flatMap(id => day.engine.positions(id)).map(({ dealId, size }) => `${dealId} ${size}`)
        expect(shown.sort()).toEqual([...open].map(([dealId, size]) => `${dealId} ${size}`).sort())
      }),
      someDays,
    )
  })

  it('holds margin while something is open, and none when nothing is; never less than none', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        live(tradingDay({ seed, cash }), steps, (_step, { engine }) => {
          for (const id of ACCOUNTS) {
            const { deposit, limitedRisk } = engine.account(id)
            expect(deposit.gt(0)).toBe(engine.positions(id).length > 0)
            expect(limitedRisk.deposit.gte(0) && limitedRisk.deposit.lte(deposit)).toBe(true)
          }
        })
      }),
      someDays,
    )
  })

  it('leaves no account with less than half of its margin after a quote that it can be closed at', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        live(tradingDay({ seed, cash }), steps, ({ input }, { engine }) => {
          if (input.kind !== 'tick' || input.offerUnits < input.bidUnits) return
          if (!hasLivePrices(engine.book(input.epic)!.state)) return
          for (const id of ACCOUNTS) {
            const held = engine.positions(id)
            if (!held.some(({ epic }) => epic === input.epic)) continue
            const { cash: balance, profitLoss, deposit } = engine.account(id)
            expect(balance.plus(profitLoss).gte(deposit.div(2))).toBe(true)
          }
        })
      }),
      someDays,
    )
  })

  it('never lets a retail client owe money with nothing open', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        live(tradingDay({ seed, cash }), steps, (_step, { engine }) => {
          for (const id of ['CFD', 'NET', 'LIMITED']) {
            if (engine.positions(id).length === 0) expect(engine.account(id).cash.gte(0)).toBe(true)
          }
        })
      }),
      someDays,
    )
  })

  it('keeps an account that may not hedge on one side of each market', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        live(tradingDay({ seed, cash }), steps, (_step, { engine }) => {
          const sides = engine.positions('NET').map(({ epic, direction }) => `${epic} ${direction}`)
          const netted = new Set(sides.map(side => side.split(' ')[0]))
          expect(new Set(sides).size).toBe(netted.size)
        })
      }),
      someDays,
    )
  })

  it('keeps a guaranteed stop behind every position of a limited-risk account, and fills it exactly at its level', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        live(tradingDay({ seed, cash }), steps, ({ events }, { engine }) => {
          for (const position of engine.positions('LIMITED')) expect(position.isStopGuaranteed).toBe(true)
          for (const fill of fillsOf(events)) {
            if (fill.cause === 'stop' && fill.position.isStopGuaranteed) {
              expect(fill.levelUnits).toBe(fill.position.stopUnits)
            }
          }
        })
      }),
      someDays,
    )
  })

  it('fills at the price that its side pays now, a large market order at its tier, and nothing anywhere else', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        live(tradingDay({ seed, cash }), steps, ({ input, events }, { engine }) => {
          for (const fill of fillsOf(events)) {
            const { quote, market } = engine.book(fill.epic)!
            if (fill.cause === 'settlement' || (fill.cause === 'stop' && fill.position.isStopGuaranteed)) continue
            if (!quote) throw new Error('expected a quote behind every fill')
            const isLarge = (input.kind === 'open' || input.kind === 'close') && input.size.gt(market.touchSize)
            const tier = isLarge && 'size' in input ? ladderTier(market, input.size) : 1
            const allowed = Array.from({ length: tier }, (_, index) =>
              ladderPrice(market, quote, fill.direction, index + 1),
            )
            expect(allowed).toContain(fill.levelUnits)
            if (tier === 1) expect(quote.bidUnits <= fill.levelUnits && fill.levelUnits <= quote.offerUnits).toBe(true)
          }
        })
      }),
      someDays,
    )
  })

  it('fills a working order once, at its level or beyond, and never after it has gone', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        const gone = new Set<string>()
        live(tradingDay({ seed, cash }), steps, ({ events }) => {
          for (const event of events) {
            if (event.kind === 'working-order' && event.change === 'DELETED') {
              expect(gone.has(event.order.dealId)).toBe(false)
              gone.add(event.order.dealId)
            }
            if (event.kind !== 'fill' || !event.workingOrder) continue
            const { direction, type, levelUnits } = event.workingOrder
            const waitsBelow = (direction === 'BUY') === (type === 'LIMIT')
            expect(waitsBelow ? event.levelUnits <= levelUnits : event.levelUnits >= levelUnits).toBe(true)
          }
        })
      }),
      someDays,
    )
  })

  it('moves trailing stops after the price and never back', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        const stops = new Map<string, Position>()
        live(tradingDay({ seed, cash }), steps, ({ input, events }) => {
          for (const event of events) {
            if (event.kind !== 'position') continue
            const { position } = event
            const before = stops.get(position.dealId)
            stops.set(position.dealId, position)
            if (input.kind !== 'tick' || !before?.trailing || event.change !== 'UPDATED') continue
            // A working order may have netted a part of it off.
            if (!position.size.eq(before.size)) continue
            const moved = position.stopUnits! - before.stopUnits!
            expect(position.direction === 'BUY' ? moved > 0 : moved < 0).toBe(true)
            expect(Math.abs(moved) % before.trailing.stepUnits).toBe(0)
          }
        })
      }),
      someDays,
    )
  })

  it('shows the profit that closing everything then books', () => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        const day = tradingDay({ seed, cash })
        live(day, steps, () => {})
        const { engine } = day
        const atMs = Date.UTC(2024, 5, 15)
        for (const { epic } of ACCOUNTS.flatMap(id => engine.positions(id))) {
          engine.process({ kind: 'market-state', atMs, epic, state: 'TRADEABLE' })
        }
        for (const id of ACCOUNTS) {
          const before = engine.account(id)
          const held = engine.positions(id).filter(({ epic, size }) => {
            const book = engine.book(epic)!
            return book.quote && size.lte(book.market.touchSize)
          })
          if (held.length < engine.positions(id).length) continue
          const events = held.flatMap(position => engine.process(closeOf(position, atMs)))
          const charged = events.reduce(
            (sum, event) => (event.kind === 'charge' ? sum.plus(event.booked) : sum),
            new Decimal(0),
          )
          const after = engine.account(id)
          expect(engine.positions(id)).toEqual([])
          expect(after.cash.toString()).toBe(before.cash.plus(before.profitLoss).plus(charged).toString())
        }
      }),
      someDays,
    )
  })
})

function fillsOf(events: readonly EngineEvent[]): readonly Fill[] {
  return events.filter(event => event.kind === 'fill')
}

function closeOf({ dealId, account, direction, size }: Position, atMs: number): EngineInput {
  return {
    kind: 'close',
    atMs,
    reference: `close ${dealId}`,
    account,
    target: { by: 'deal', dealId },
    direction: direction === 'BUY' ? 'SELL' : 'BUY',
    size,
    price: { type: 'MARKET' },
    timeInForce: 'FILL_OR_KILL',
  }
}
