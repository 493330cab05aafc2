import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_EPICS, dayEngine, type TradingDay, tradingDay } from '../testing/trading-day.ts'
import type { EngineEvent, EngineInput } from './engine-event.ts'

const ACCOUNTS = ['CFD', 'NET', 'BET', 'LIMITED']
const someDays = { numRuns: 40 }
const days = fc.record({
  seed: fc.integer(),
  steps: fc.integer({ min: 1, max: 900 }),
  cash: fc.constantFrom('600', '5000', '9000000'),
})

describe('the same inputs', () => {
  it.each([
    ['plain', {}],
    ['under conditions', { conditions: { seed: 4, requoteChance: 0.1, slippageChance: 0.3, partialFillChance: 0.3 } }],
    ['with hours', { keepsHours: true }],
  ])('give the same event log, %s', (_what, more) => {
    fc.assert(
      fc.property(days, ({ seed, steps, cash }) => {
        const options = { seed, cash, ...more }
        const { inputs, log } = lived(tradingDay(options), steps)
        const again = dayEngine(options)
        expect(inputs.flatMap(input => again.process(input).map(event => JSON.stringify(event)))).toEqual(
          log.map(event => JSON.stringify(event)),
        )
      }),
      someDays,
    )
  })

  it('give the same deals however finely time is told between them', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 700 }), ({ seed, steps, cash }, everyMs) => {
        const options = { seed, cash, keepsHours: true }
        const day = tradingDay(options)
        const { inputs, log } = lived(day, steps)
        const told = dayEngine(options)
        const again: EngineEvent[] = []
        let nowMs = 0
        for (const input of inputs) {
          if (input.kind === 'refuse') throw new Error('expected no refusals of the server in a day')
          nowMs ||= input.atMs
          for (; nowMs < input.atMs; nowMs += everyMs) {
            if ('epic' in input) again.push(...told.process({ kind: 'time', atMs: nowMs, epic: input.epic }))
          }
          again.push(...told.process(input))
        }
        // What has expired by the end is found in both.
        for (const epic of DAY_EPICS) {
          log.push(...day.engine.process({ kind: 'time', atMs: nowMs, epic }))
          again.push(...told.process({ kind: 'time', atMs: nowMs, epic }))
        }
        // Another market's order may be found to have expired sooner: within each market nothing changes.
        expect(byMarket(again)).toEqual(byMarket(log))
        for (const id of ACCOUNTS) expect(`${told.account(id).cash}`).toBe(`${lastCash(log, id, cash)}`)
      }),
      someDays,
    )
  })
})

function lived(
  day: TradingDay,
  steps: number,
): { readonly inputs: readonly EngineInput[]; readonly log: EngineEvent[] } {
  const all = Array.from({ length: steps }, () => day.next())
  return { inputs: all.map(({ input }) => input), log: all.flatMap(({ events }) => events) }
}

function byMarket(events: readonly EngineEvent[]): Readonly<Record<string, readonly string[]>> {
  const logs: Record<string, string[]> = {}
  for (const event of events) {
    // A night is of all markets at once.
    if (event.kind === 'account' || (event.kind === 'charge' && event.cause === 'overnight-funding')) continue
    const epic =
      event.kind === 'position' ? event.position.epic : event.kind === 'working-order' ? event.order.epic : event.epic
    logs[epic] ??= []
    logs[epic].push(JSON.stringify(event))
  }
  return logs
}

function lastCash(events: readonly EngineEvent[], account: string, start: string): Decimal {
  return events.reduce((sum, event) => {
    if (event.kind === 'charge' && event.account === account) return sum.plus(event.booked)
    return event.kind === 'fill' && event.account === account && event.closed ? sum.plus(event.closed.booked) : sum
  }, new Decimal(start))
}
