import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { tradingScript } from '../testing/trading-script.ts'
import { brokerCalendar } from './broker-calendar.ts'
import { brokerState } from './broker-state.ts'
import { jumpingClock } from './clock.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const COPPER = 'MT.D.HG.MONTH1.IP'
const HOUR_MS = 3_600_000

function start(startMs: number, keepsHours: boolean) {
  const { engine } = tradingScript({ keepsHours })
  const state = brokerState(engine)
  const manual = manualClock(startMs)
  const clock = { ...jumpingClock(manual), advance: manual.advance }
  const calendar = brokerCalendar({ state, clock, timeOf: () => clock.nowMs(), keepsHours })
  const quote = (epic: string, bidUnits: number) =>
    state.process({ kind: 'tick', epic, atMs: clock.nowMs(), bidUnits, offerUnits: bidUnits + 6 })
  return { clock, calendar, quote, stateOf: (epic: string) => engine.book(epic)?.state, engine }
}

it('closes and opens markets by their hours, and tells who listens', () => {
  // Two hours before the weekend.
  const { clock, calendar, quote, stateOf } = start(Date.UTC(2024, 5, 14, 20), true)
  quote(EURUSD, 108_417)
  clock.advance(2 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('EDITS_ONLY')
  clock.advance(48 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('TRADEABLE')
  calendar.close()
})

it('leaves markets open when they need not keep their hours', () => {
  const { clock, calendar, quote, stateOf } = start(Date.UTC(2024, 5, 14, 20), false)
  quote(EURUSD, 108_417)
  clock.advance(3 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('TRADEABLE')
  calendar.close()
})

it('settles a contract at its end, and leaves alone one whose end is over', () => {
  const before = start(Date.UTC(2026, 11, 18, 19), false)
  before.quote(COPPER, 44_900)
  before.clock.advance(HOUR_MS)
  expect(before.engine.book(COPPER)).toMatchObject({ isSettled: true, state: 'CLOSED' })
  before.calendar.close()
  const after = start(Date.UTC(2027, 0, 1), false)
  after.quote(COPPER, 44_900)
  after.clock.advance(24 * HOUR_MS)
  expect(after.engine.book(COPPER)).toMatchObject({ isSettled: false, state: 'TRADEABLE' })
  after.calendar.close()
})

it('goes by the wall clock when that is set: hours are over at once, and come again', () => {
  const { clock, calendar, quote, stateOf } = start(Date.UTC(2024, 5, 14, 12), true)
  quote(EURUSD, 108_417)
  clock.jump(12 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('EDITS_ONLY')
  clock.jump(46 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('TRADEABLE')
  clock.jump(-24 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('EDITS_ONLY')
  clock.advance(24 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('TRADEABLE')
  calendar.close()
})

it('charges for a night when the wall clock comes to it, wherever it was set to', () => {
  const { clock, calendar, engine } = start(Date.UTC(2024, 5, 12, 8), false)
  const nights: number[] = []
  const state = brokerState({
    ...engine,
    process(input) {
      if (input.kind === 'night') nights.push(input.atMs)
      return []
    },
  })
  const counting = brokerCalendar({ state, clock, timeOf: () => clock.nowMs(), keepsHours: false })
  clock.jump(14 * HOUR_MS - 1000)
  clock.advance(1000)
  expect(nights).toEqual([Date.UTC(2024, 5, 12, 22)])
  clock.jump(HOUR_MS)
  clock.advance(23 * HOUR_MS)
  expect(nights).toHaveLength(2)
  counting.close()
  calendar.close()
})

it('lets go of every timer when it closes', () => {
  const { clock, calendar, quote, stateOf } = start(Date.UTC(2024, 5, 14, 20), true)
  quote(EURUSD, 108_417)
  calendar.close()
  clock.advance(24 * HOUR_MS)
  expect(stateOf(EURUSD)).toBe('TRADEABLE')
})
