import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { AllowanceBudget, type AllowanceLimits, PUBLISHED_LIMITS } from './allowance-budget.ts'
import { AllowanceGate } from './allowance-gate.ts'

const ROUTE = 'GET /markets/{epic} v3'
const KEY = 'error.public-api.exceeded-api-key-allowance'
const DATA = 'error.public-api.exceeded-account-allowance'
const TRADING = 'error.public-api.exceeded-account-trading-allowance'
const POINTS = 'error.public-api.exceeded-account-historical-data-allowance'
/** 10 a minute, of which 3 are kept for exits. */
const SMALL: AllowanceLimits = { ...PUBLISHED_LIMITS, tradingPerMinute: 10, dataPerMinute: 10 }

/** Acts on the account A, which has no call counted yet. */
function setUp(limits: AllowanceLimits | 'off' = SMALL) {
  const clock = manualClock()
  const gate = new AllowanceGate(new AllowanceBudget(limits), clock)
  gate.actFor('A')
  const log: string[] = []
  function enter(name: string, withinMs = 60_000): void {
    gate.enter(ROUTE, 'data', 'data', { withinMs }).then(
      () => log.push(`${name} in`),
      error => log.push(`${name} ${error.code}`),
    )
  }
  function count(counts: 'trading' | 'data', times: number): void {
    for (let i = 0; i < times; i++) gate.count(counts)
  }
  return { clock, gate, log, enter, count }
}

/** Lets every promise that is settled tell. */
const told = async () => {
  for (let i = 0; i < 10; i++) await null
}

describe('each account has its own', () => {
  it('minute of trading and of data, while that of the key is shared', () => {
    const { clock, gate, count } = setUp()
    count('trading', 7)
    count('data', 7)
    expect([gate.waitMs('trading', 'entry'), gate.waitMs('data', 'data')]).toEqual([60_000, 60_000])
    clock.advance(1_000)
    gate.actFor('B')
    expect([gate.waitMs('trading', 'entry'), gate.waitMs('data', 'data')]).toEqual([0, 0])
    count('data', 2)
    expect(gate.view()).toMatchObject({ key: { used: 9 }, trading: { used: 0 }, data: { used: 2 } })
    gate.actFor('A')
    expect(gate.view()).toMatchObject({ key: { used: 9 }, trading: { used: 7 }, data: { used: 7 } })
    expect(gate.waitMs('data', 'data')).toBe(59_000)
  })

  it('holds; one that names the key is of all accounts', () => {
    const { gate } = setUp()
    gate.refused(DATA)
    gate.refused(TRADING)
    gate.actFor('B')
    expect([gate.waitMs('trading', 'entry'), gate.waitMs('data', 'data')]).toEqual([0, 0])
    expect(gate.view()).toMatchObject({ trading: { heldBackUntilMs: null }, data: { heldBackUntilMs: null } })
    gate.refused(KEY)
    gate.actFor('A')
    expect(gate.view()).toMatchObject({ key: { heldBackUntilMs: 10_000 }, data: { heldBackUntilMs: 10_000 } })
    gate.actFor('C')
    expect(gate.waitMs('data', 'data')).toBe(10_000)
  })

  it('limit that IG’s refusals show, and its own row of refusals', () => {
    const { clock, gate, count } = setUp()
    count('data', 1)
    clock.advance(70_000)
    count('data', 5)
    gate.refused(DATA)
    expect(gate.view()).toMatchObject({ origin: 'learned', data: { limit: 4 } })
    gate.actFor('B')
    expect(gate.view()).toMatchObject({ origin: 'given', data: { limit: 10 } })
    expect(gate.refused(DATA).retryAtMs).toBe(80_000)
  })

  it('price points of the week', () => {
    const { gate } = setUp()
    gate.learnPoints({ remaining: 0, total: 10_000, resetsInSeconds: 600 })
    gate.actFor('B')
    expect(gate.pointsSpentUntilMs()).toBeNull()
    expect(gate.view()).toMatchObject({ historicalPoints: null, pointsSpentUntilMs: null })
    gate.refused(POINTS)
    expect(gate.pointsSpentUntilMs()).toBe(3_600_000)
    gate.actFor('A')
    expect(gate.view()).toMatchObject({ historicalPoints: { remaining: 0 }, pointsSpentUntilMs: 600_000 })
  })
})

it('gives what was counted before anyone knew the account, such as the sign-in, to the first', () => {
  const gate = new AllowanceGate(new AllowanceBudget(SMALL), manualClock())
  gate.count('data')
  gate.actFor('A')
  expect(gate.view().data.used).toBe(1)
  gate.actFor('B')
  expect(gate.view().data.used).toBe(0)
})

it('gives limits that IG told to every account, before and after', () => {
  const { gate } = setUp()
  gate.actFor('B')
  gate.learn({ dataPerMinute: 12, tradingPerMinute: 50 })
  for (const account of ['A', 'B', 'C']) {
    gate.actFor(account)
    expect(gate.view()).toMatchObject({ origin: 'learned', trading: { limit: 50 }, data: { limit: 12 } })
  }
})

it('keeps no limits of any account when they are off', () => {
  const { gate } = setUp('off')
  gate.learn({ dataPerMinute: 12 })
  gate.actFor('B')
  expect(gate.view()).toMatchObject({ origin: 'off', data: { limit: null } })
})

describe('calls in line at a switch', () => {
  it('go at once where the new account has room, and count for it', async () => {
    const { clock, gate, log, enter, count } = setUp()
    count('data', 7)
    enter('a')
    enter('b')
    gate.actFor('B')
    await told()
    expect([log, gate.waiting(), clock.pending]).toEqual([['a in', 'b in'], 0, 0])
    expect(gate.view().data.used).toBe(2)
    gate.actFor('A')
    expect(gate.view().data.used).toBe(7)
  })

  it('wait for the new account where it has none, or are told that it takes too long', async () => {
    const { clock, gate, log, enter, count } = setUp()
    gate.actFor('B')
    clock.advance(10_000)
    count('data', 7)
    gate.actFor('A')
    count('data', 3)
    gate.refused(DATA)
    enter('patient', 60_000)
    enter('less so', 59_999)
    gate.actFor('B')
    await told()
    expect(log).toEqual(['less so allowance-wait'])
    clock.advance(59_999)
    await told()
    expect([log.length, gate.waiting()]).toEqual([1, 1])
    clock.advance(1)
    await told()
    expect([log.at(-1), clock.pending]).toEqual(['patient in', 0])
  })
})
