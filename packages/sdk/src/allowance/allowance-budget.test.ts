import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { AllowanceBudget, type Counts, PUBLISHED_LIMITS } from './allowance-budget.ts'
import { reserveOf } from './allowance-window.ts'

const KEY = 'error.public-api.exceeded-api-key-allowance'
const DATA = 'error.public-api.exceeded-account-allowance'
const TRADING = 'error.public-api.exceeded-account-trading-allowance'
const POINTS = 'error.public-api.exceeded-account-historical-data-allowance'

const published = () => new AllowanceBudget(PUBLISHED_LIMITS)
const DEMO = { keyPerMinute: 20, tradingPerMinute: 33, dataPerMinute: 10, pointsPerWeek: 10_000 }

function spend(budget: AllowanceBudget, counts: Counts, times: number, nowMs = 0): AllowanceBudget {
  for (let i = 0; i < times; i++) budget.spend(counts, nowMs)
  return budget
}

describe('the reserve', () => {
  it('is a tenth, at least 3, and never more than a third', () => {
    expect([1_000, 100, 60, 33, 30, 10, 9, 8, 3, 2, 1].map(reserveOf)).toEqual([100, 10, 6, 3, 3, 3, 3, 2, 1, 0, 0])
  })

  it('holds entries and edits back while exits go on', () => {
    const budget = spend(published(), 'trading', 90)
    expect(budget.waitMs('trading', 'entry', 1_000)).toBe(59_000)
    expect(budget.waitMs('trading', 'edit', 1_000)).toBe(59_000)
    expect(budget.waitMs('trading', 'exit', 1_000)).toBe(0)
  })

  it('lets the reads of an exit use the rest, and no more', () => {
    const budget = spend(published(), 'data', 27)
    expect(budget.waitMs('data', 'data', 0)).toBe(60_000)
    expect(budget.waitMs('data', 'exit', 0)).toBe(0)
    spend(budget, 'data', 3, 500)
    expect(budget.waitMs('data', 'exit', 500)).toBe(59_500)
  })

  it('is kept of the key as well, where its limit is the smaller one', () => {
    const budget = spend(new AllowanceBudget({ ...PUBLISHED_LIMITS, keyPerMinute: 9 }), 'data', 6)
    expect(budget.waitMs('data', 'data', 0)).toBe(60_000)
    expect(budget.waitMs('data', 'exit', 0)).toBe(0)
  })
})

describe('the minute', () => {
  it('rolls: each call makes room 60 s after it was made', () => {
    const budget = published()
    for (let second = 0; second < 27; second++) budget.spend('data', second * 1_000)
    expect(budget.waitMs('data', 'data', 26_000)).toBe(34_000)
    expect(budget.waitMs('data', 'data', 59_999)).toBe(1)
    expect(budget.waitMs('data', 'data', 60_000)).toBe(0)
    budget.spend('data', 60_000)
    expect(budget.waitMs('data', 'data', 60_000)).toBe(1_000)
    expect(budget.view(60_000).data.used).toBe(27)
  })

  it('tells those further back in a line how long it will take', () => {
    const budget = spend(published(), 'trading', 90)
    expect(budget.freeAtMs('trading', 'entry', 0, 89)).toBe(60_000)
    expect(budget.freeAtMs('trading', 'entry', 0, 90)).toBe(120_000)
    expect(budget.freeAtMs('trading', 'entry', 0, 250)).toBe(180_000)
  })

  it('is one for trading and one for the rest, and the rest also counts for the key', () => {
    const view = spend(spend(published(), 'trading', 2), 'data', 3).view(0)
    expect([view.key.used, view.trading.used, view.data.used]).toEqual([3, 2, 3])
  })

  it('counts exits beyond the limit, and lets the others wait for as many to leave', () => {
    const budget = spend(spend(published(), 'trading', 90), 'trading', 30, 10_000)
    expect(budget.waitMs('trading', 'exit', 10_000)).toBe(0)
    expect(budget.waitMs('trading', 'entry', 10_000)).toBe(50_000)
    expect(budget.view(10_000).trading).toEqual({ limit: 100, used: 120, reserve: 10, heldBackUntilMs: null })
  })

  it('forgets what is older, however long the day', () => {
    const budget = published()
    for (let second = 0; second < 20_000; second++) {
      budget.spend('trading', second * 1_000)
      if (budget.view(second * 1_000).trading.used !== Math.min(second + 1, 60)) expect.fail(`at second ${second}`)
    }
    expect(budget.view(20_059_000).trading.used).toBe(0)
  })
})

describe('the limits', () => {
  it('are those published, those given, or those that IG told', () => {
    expect(published().view(0).origin).toBe('published')
    const budget = new AllowanceBudget({ ...PUBLISHED_LIMITS, dataPerMinute: 12 })
    expect(budget.view(0).origin).toBe('given')
    budget.learn(DEMO)
    const { origin, key, trading, data, pointsPerWeek } = budget.view(0)
    expect([origin, key.limit, trading.limit, data.limit, pointsPerWeek]).toEqual(['learned', 20, 33, 10, 10_000])
    expect(spend(budget, 'data', 7).waitMs('data', 'data', 0)).toBe(60_000)
  })

  it('do not change for what cannot be a limit', () => {
    const budget = published()
    budget.learn({ dataPerMinute: 0, tradingPerMinute: 2.5, keyPerMinute: Number.NaN })
    expect(budget.view(0)).toEqual(published().view(0))
  })

  it.each([0, -1, 1.5, Number.NaN])('of %d are refused', limit => {
    const give = () => new AllowanceBudget({ ...PUBLISHED_LIMITS, tradingPerMinute: limit })
    expect(give).toThrow(InvalidInputError)
    expect(give).toThrow(/^expected .* as tradingPerMinute, but got .*; /)
  })

  it('may be off: then nothing waits, but calls are still counted', () => {
    const budget = spend(new AllowanceBudget('off'), 'data', 5_000)
    budget.learn(DEMO)
    expect(budget.waitMs('data', 'data', 0)).toBe(0)
    expect(budget.view(0)).toMatchObject({ origin: 'off', data: { limit: null, used: 5_000, reserve: 0 } })
  })
})

describe.each([
  ['limits', published()],
  ['off', new AllowanceBudget('off')],
] as const)('a refusal by IG, with %s', (_name, budget) => {
  it('holds back 10 s, then up to 60 s, until a call succeeds', () => {
    let nowMs = 0
    const holds: number[] = []
    for (let i = 0; i < 5; i++) {
      const { retryAtMs } = budget.refused(DATA, nowMs)
      holds.push(retryAtMs - nowMs)
      expect(budget.waitMs('data', 'data', nowMs)).toBe(retryAtMs - nowMs)
      expect(budget.view(nowMs).data.heldBackUntilMs).toBe(retryAtMs)
      nowMs = retryAtMs
      expect(budget.waitMs('data', 'data', nowMs)).toBe(0)
    }
    expect(holds).toEqual([10_000, 20_000, 40_000, 60_000, 60_000])
    budget.succeeded('data')
    expect(budget.refused(DATA, nowMs).retryAtMs - nowMs).toBe(10_000)
  })
})

describe('a refusal by IG', () => {
  it('is one piece of news for calls that were under way together', () => {
    const budget = published()
    expect([0, 100, 300].map(nowMs => budget.refused(DATA, nowMs).retryAtMs)).toEqual([10_000, 10_100, 10_300])
    budget.succeeded('data')
    expect(budget.refused(DATA, 400).retryAtMs).toBe(10_400)
  })

  it.each([
    [KEY, 0, 10_000],
    [DATA, 0, 10_000],
    [TRADING, 10_000, 0],
    ['error.public-api.exceeded-something-new-allowance', 10_000, 10_000],
  ])('%s holds back only what it names', (code, tradingMs, dataMs) => {
    const budget = published()
    budget.refused(code, 0)
    expect(budget.waitMs('trading', 'entry', 0)).toBe(tradingMs)
    expect(budget.waitMs('data', 'data', 0)).toBe(dataMs)
  })

  it('never holds back a close, and its reads a fifth as long as others', () => {
    const budget = published()
    budget.refused(TRADING, 0)
    budget.refused(DATA, 0)
    expect(budget.waitMs('trading', 'exit', 0)).toBe(0)
    expect(budget.waitMs('data', 'exit', 0)).toBe(2_000)
    budget.refused(DATA, 2_000)
    expect(budget.waitMs('data', 'exit', 2_000)).toBe(4_000)
    expect(budget.waitMs('data', 'data', 2_000)).toBe(20_000)
  })

  it('names the time for the lane of the call that was refused', () => {
    const budget = published()
    expect(budget.refused(DATA, 0, 'exit')).toEqual({ retryAtMs: 2_000 })
    expect(budget.waitMs('data', 'exit', 0)).toBe(2_000)
    expect(budget.refused(DATA, 2_000, 'data')).toEqual({ retryAtMs: 22_000 })
    expect(budget.refused('error.public-api.exceeded-something-new-allowance', 3_000, 'exit').retryAtMs).toBe(7_000)
    expect(budget.refused(POINTS, 0, 'exit')).toEqual({ retryAtMs: 3_600_000 })
  })

  it('lowers the limit to what IG let through in the minute before, for a quarter of an hour', () => {
    const budget = published()
    budget.spend('data', 0)
    spend(budget, 'data', 12, 70_000)
    budget.refused(DATA, 70_100)
    budget.refused(DATA, 70_200)
    expect(budget.view(80_000)).toMatchObject({ origin: 'learned', data: { limit: 10, reserve: 3 } })
    expect(budget.waitMs('data', 'data', 90_000)).toBe(40_000)
    expect(budget.view(70_200 + 15 * 60_000)).toMatchObject({ origin: 'published', data: { limit: 30 } })
  })

  it('teaches nothing in the first minute, of which we know only our own part', () => {
    const budget = spend(published(), 'data', 2)
    budget.refused(DATA, 30_000)
    expect(budget.view(30_000)).toMatchObject({ origin: 'published', data: { limit: 30 } })
  })

  it('never lowers a limit below one call, nor raises it', () => {
    const budget = spend(published(), 'trading', 1)
    budget.refused(TRADING, 120_000)
    expect(budget.view(120_000).trading).toMatchObject({ limit: 1, reserve: 0 })
    spend(budget, 'trading', 50, 130_000)
    budget.refused(TRADING, 130_000)
    expect(budget.view(130_000).trading.limit).toBe(1)
  })
})

describe('historical points', () => {
  it('are unknown until a price answer tells them, and again once they have renewed', () => {
    const budget = published()
    expect(budget.view(0)).toMatchObject({ historicalPoints: null, pointsSpentUntilMs: null })
    budget.learnPoints({ remaining: 9_990, total: 10_000, resetsInSeconds: 600 }, 1_000)
    expect(budget.view(2_000).historicalPoints).toEqual({ remaining: 9_990, total: 10_000, resetsAtMs: 601_000 })
    expect(budget.pointsSpentUntilMs(2_000)).toBeNull()
    expect(budget.view(601_000).historicalPoints).toBeNull()
  })

  it('are spent until they renew', () => {
    const budget = published()
    budget.learnPoints({ remaining: 0, total: 10_000, resetsInSeconds: 600 }, 0)
    expect(budget.pointsSpentUntilMs(0)).toBe(600_000)
    expect(budget.pointsSpentUntilMs(600_000)).toBeNull()
    expect(budget.refused(POINTS, 1_000)).toEqual({ retryAtMs: 600_000 })
  })

  it('are held back for an hour by a refusal that names no time, and no other call is', () => {
    const budget = published()
    expect(budget.refused(POINTS, 0)).toEqual({ retryAtMs: 3_600_000 })
    expect(budget.pointsSpentUntilMs(1)).toBe(3_600_000)
    expect(budget.waitMs('data', 'data', 0)).toBe(0)
    budget.learnPoints({ remaining: 5, total: 10_000, resetsInSeconds: 60 }, 10)
    expect(budget.pointsSpentUntilMs(10)).toBeNull()
    expect(budget.refused(POINTS, 10)).toEqual({ retryAtMs: 60_010 })
  })
})
