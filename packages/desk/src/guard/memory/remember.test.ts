import { dealId } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { AT, aDay, closed, d, fact, NOON, someLimits, started } from '../testing/guard-fixtures.ts'
import { dayResult, wouldLock } from './day-result.ts'
import { isJournalled } from './fact.ts'
import { factText, readFact } from './fact-text.ts'
import { lossStreak } from './loss-streak.ts'
import { lockFact, remember, rememberAll } from './remember.ts'

const MIDNIGHT = Date.UTC(2026, 0, 6)
const HOUR = 3_600_000
const inAnHour = AT + HOUR
const tomorrow = (body = { kind: 'time' } as const) => fact(body, inAnHour, MIDNIGHT)
const limitsOf = (...args: Parameters<typeof someLimits>) => ({ kind: 'limits', limits: someLimits(...args) }) as const

it('sums what the deals of the day brought, each once however often it is told', () => {
  const first = closed(-60, 'DI1')
  const memory = aDay({}, first, first, closed('10.50', 'DI2'))
  expect(dayResult(memory, false)).toEqual({ kind: 'known', money: d('-49.5') })
})

it('takes the result of a deal that was not known at first', () => {
  const gone = { kind: 'deal-closed', id: 'R1', dealId: dealId('DI1'), profit: null, isWhole: true } as const
  const unknown = aDay({}, gone)
  expect(dayResult(unknown, false).kind).toBe('unknown')
  const known = remember(unknown, fact({ ...gone, profit: d(-5) }))
  expect(dayResult(known, false)).toEqual({ kind: 'known', money: d(-5) })
  expect(remember(known, fact(gone)).results).toEqual(known.results)
})

it('does not count what is open twice when its deal is closed', () => {
  const memory = aDay({ maxDayLoss: d(100) }, { kind: 'open-profit', money: d(-60) }, closed(-60))
  expect(memory.lock).toBeNull()
  expect(dayResult(memory, false)).toEqual({ kind: 'known', money: d(-60) })
})

it('lets the equity stand in, where it is worse, while the result of a deal is not known', () => {
  const memory = aDay({}, { kind: 'equity', money: d(1_000) }, closed(-10), closed(null), {
    kind: 'equity',
    money: d(940),
  })
  expect(dayResult(memory, false)).toEqual({ kind: 'known', money: d(-60) })
  const paidIn = remember(memory, fact({ kind: 'equity', money: d(5_000) }))
  expect(dayResult(paidIn, false)).toEqual({ kind: 'known', money: d(-10) })
})

it('locks the day at the loss that is allowed: realised and open together', () => {
  const memory = aDay({ maxDayLoss: d(100) }, closed(-60), { kind: 'open-profit', money: d('-39.99') })
  expect(memory.lock).toBeNull()
  expect([wouldLock(memory, d('-39.99')), wouldLock(memory, d(-40))]).toEqual([false, true])
  const next = fact({ kind: 'open-profit', money: d(-40) })
  const locked = remember(memory, next)
  expect(locked.lock).toEqual({
    reason: 'day-loss',
    words: 'lost 100.00 of 100.00 allowed',
    loss: { lost: d(100), most: d(100) },
  })
  expect(lockFact(memory, locked, next)).toEqual(fact({ kind: 'locked', ...locked.lock! }))
  expect(lockFact(locked, remember(locked, next), next)).toBeNull()
})

it('stays locked when what is open recovers, and when a deal wins', () => {
  const memory = aDay({ maxDayLoss: d(100) }, closed(-100), { kind: 'open-profit', money: d(500) }, closed(1_000))
  expect(memory.lock?.reason).toBe('day-loss')
})

it('locks at once when a tighter limit is below what was lost already', () => {
  expect(aDay({ maxDayLoss: d(100) }, closed(-60), limitsOf({ maxDayLoss: d(50) })).lock?.words).toBe(
    'lost 60.00 of 50.00 allowed',
  )
})

it('is locked again after a restart from what the journal kept', () => {
  const facts = [started(), fact(limitsOf({ maxDayLoss: d(100) })), fact({ kind: 'open-profit', money: d(-100) })]
  const locked = rememberAll(facts)
  const kept = [...facts, lockFact(rememberAll(facts.slice(0, 2)), locked, facts[2]!)!].filter(isJournalled)
  expect(kept.map(({ kind }) => kind)).toEqual(['started', 'limits', 'locked'])
  const restarted = rememberAll([...kept, started(7, NOON + HOUR), fact(limitsOf(), 8, null)])
  expect(restarted.lock).toEqual(locked.lock)
})

it('is locked for a second program that reads the same journal', () => {
  const facts = [started(), fact(limitsOf({ maxDayLoss: d(100) })), fact(closed(-100))]
  const written = facts.map(one => JSON.stringify(factText(one)))
  const second = rememberAll([...written.map(line => readFact(JSON.parse(line))), started(1, NOON + 24 * HOUR)])
  expect(second.lock).toEqual(rememberAll(facts).lock)
  expect(second.lock?.reason).toBe('day-loss')
})

it('opens again with the broker’s next day, and begins it with nothing', () => {
  const memory = remember(aDay({ maxDayLoss: d(100) }, { kind: 'equity', money: d(900) }, closed(-100)), tomorrow())
  expect(memory).toMatchObject({
    lock: null,
    results: [],
    realised: d(0),
    openingEquity: d(900),
    day: { name: '2026-01-06' },
  })
})

it.each([
  ['the machine’s clock says it is tomorrow at a restart', started(3, MIDNIGHT + HOUR)],
  ['the machine’s clock says it is next year', started(3, Date.UTC(2027, 0, 1))],
  ['the program runs for two days without a word of the broker', fact({ kind: 'time' }, AT + 48 * HOUR, null)],
  ['the broker’s clock goes back', fact({ kind: 'time' }, AT, NOON - 30 * HOUR)],
  [
    'the config names a zone in which it is tomorrow',
    fact({ kind: 'started', wallMs: NOON, zone: 'Pacific/Kiritimati' }, 3, NOON),
  ],
  ['the config allows more', fact(limitsOf({ maxDayLoss: d(10_000) }))],
  ['the config has no limits any more', fact(limitsOf())],
])('stays locked although %s', (_, attempt) => {
  const locked = aDay({ maxDayLoss: d(100) }, closed(-100))
  expect(remember(locked, attempt).lock).toEqual(locked.lock)
})

it('stays locked when the broker’s first word shows that the machine’s day was wrong', () => {
  const early = Date.UTC(2026, 0, 2, 12)
  const locked = rememberAll([
    started(1, early),
    fact(limitsOf({ maxDayLoss: d(100) }), 2, null),
    fact(closed(-100), 3, null),
  ])
  expect(locked.day?.name).toBe('2026-01-02')
  const told = remember(locked, fact({ kind: 'time' }, 4, NOON))
  expect(told).toMatchObject({ lock: { reason: 'day-loss' }, day: { name: '2026-01-05', by: 'broker' } })
  const byHand = rememberAll([
    started(1, early),
    fact({ kind: 'locked', reason: 'trader', words: 'enough', loss: null }, 2, null),
  ])
  expect(remember(byHand, fact({ kind: 'time' }, 4, NOON)).lock).toEqual(byHand.lock)
})

it('ends its day where the account’s zone does, also on the day when the clocks change', () => {
  const summer = Date.UTC(2026, 5, 15, 12)
  const memory = rememberAll([
    started(1, summer),
    fact({ kind: 'locked', reason: 'trader', words: 'enough', loss: null }, 2, summer),
  ])
  const at = (ms: number) => remember(memory, fact({ kind: 'time' }, 3, ms)).lock
  expect([at(Date.UTC(2026, 5, 15, 23) - 1), at(Date.UTC(2026, 5, 15, 23))]).toEqual([memory.lock, null])
})

it('takes a tighter limit at once and a looser one with the next day', () => {
  const memory = aDay({ maxOpenPositions: 5 }, limitsOf({ maxOpenPositions: 3 }), limitsOf({ maxOpenPositions: 9 }))
  expect(memory.limits.inForce.maxOpenPositions).toBe(3)
  expect(remember(memory, tomorrow()).limits.inForce.maxOpenPositions).toBe(9)
})

it('takes the first limits of a new day as they are, but not once something was traded in it', () => {
  const before = remember(aDay({ maxOpenPositions: 3 }), tomorrow())
  const looser = fact(limitsOf({ maxOpenPositions: 9 }), inAnHour, MIDNIGHT)
  expect(remember(before, looser).limits.inForce.maxOpenPositions).toBe(9)
  const sent = fact({ kind: 'entry-sent', press: 'a', pressedAtMs: inAnHour }, inAnHour, MIDNIGHT)
  expect(remember(remember(before, sent), looser).limits.inForce.maxOpenPositions).toBe(3)
})

it('counts losing deals in a row, a deal that was closed in parts as one', () => {
  const parts = [closed(-3, 'DI1', false), closed(1, 'DI1', true)]
  expect(lossStreak(aDay({}, ...parts, closed(-1), closed(0), closed(null)))).toBe(2)
  expect(lossStreak(aDay({}, closed(-1), closed(5, 'DI2', false), closed(-3, 'DI2')))).toBe(0)
})

it('begins a cool-down after a streak, and counts anew after it', () => {
  const limits = { maxLossStreak: 2, coolDownMs: 60_000 }
  const memory = aDay(limits, closed(-1), closed(-1))
  expect(memory.coolDown).toEqual({ untilMs: NOON + 60_000, losses: 2 })
  const later = remember(memory, fact(closed(-1), AT + 70_000))
  expect(later.coolDown).toEqual(memory.coolDown)
  expect(remember(later, fact(closed(-1), AT + 80_000)).coolDown?.untilMs).toBe(NOON + 140_000)
})

it('lets no cool-down pass while the program does not run, until the broker says how late it is', () => {
  const cooling = aDay({ maxLossStreak: 1, coolDownMs: 60_000 }, closed(-1))
  const restarted = remember(cooling, started(5, NOON + 24 * HOUR))
  expect(restarted.clock?.timeMs).toBe(NOON)
  expect(remember(restarted, fact({ kind: 'time' }, 6, NOON + HOUR)).clock?.timeMs).toBe(NOON + HOUR)
})

it('keeps the entries of the last minute over a restart, and those alone', () => {
  const sent = (atMs: number) => fact({ kind: 'entry-sent', press: 'a', pressedAtMs: atMs }, atMs)
  const memory = rememberAll([started(), sent(AT), sent(AT + 30_000), sent(AT + 60_000)])
  expect(memory.entriesMs).toEqual([NOON + 30_000, NOON + 60_000])
  expect(remember(memory, started(5, 0)).entriesMs).toEqual(memory.entriesMs)
})

it('moves what it stamped by the machine’s clock when the broker tells the time', () => {
  const early = NOON - 7 * HOUR
  const sent = fact({ kind: 'entry-sent', press: 'a', pressedAtMs: 20 }, 20, null)
  const memory = rememberAll([started(10, early), sent, fact({ kind: 'time' }, 1_020, NOON)])
  expect(memory.entriesMs).toEqual([NOON - 1_000])
})

it('forgets the presses of another run, whose monotonic time is another', () => {
  const pressed = aDay({}, { kind: 'entry-sent', press: 'a', pressedAtMs: AT })
  expect([pressed.presses.size, remember(pressed, started()).presses.size]).toEqual([1, 0])
})
