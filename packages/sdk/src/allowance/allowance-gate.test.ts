import { getEventListeners } from 'node:events'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { AllowanceError, TransportError } from '../errors.ts'
import { AllowanceBudget, type AllowanceLimits, type Counts, PUBLISHED_LIMITS } from './allowance-budget.ts'
import { AllowanceGate, type AllowanceWait } from './allowance-gate.ts'
import type { Lane } from './lane.ts'

const ROUTE = 'GET /markets/{epic} v3'
const DATA = 'error.public-api.exceeded-account-allowance'
/** 10 a minute, of which 3 are kept for exits. */
const SMALL: AllowanceLimits = { ...PUBLISHED_LIMITS, tradingPerMinute: 10, dataPerMinute: 10 }

function setUp(limits: AllowanceLimits | 'off' = SMALL) {
  const clock = manualClock()
  const waits: AllowanceWait[] = []
  const gate = new AllowanceGate(new AllowanceBudget(limits), clock, wait => waits.push(wait))
  /** What became of each call, in the order in which it became known. */
  const log: string[] = []
  function enter(name: string, lane: Lane = 'data', withinMs = 60_000, signal?: AbortSignal, counts: Counts = 'data') {
    return gate.enter(ROUTE, counts, lane, { withinMs, signal }).then(
      () => log.push(`${name} in`),
      error => {
        log.push(`${name} ${error.code}`)
        return error
      },
    )
  }
  function fill(counts: Counts, times: number): void {
    for (let i = 0; i < times; i++) expect(gate.admitNow(counts, 'exit')).toBeNull()
  }
  return { clock, gate, waits, log, enter, fill }
}

/** Lets every promise that is settled tell. */
const told = async () => {
  for (let i = 0; i < 10; i++) await null
}

describe('a call', () => {
  it('goes at once while there is room, and leaves no timer', async () => {
    const { clock, gate, waits, log, enter } = setUp()
    for (let i = 1; i <= 7; i++) await enter(`${i}`)
    expect(log).toHaveLength(7)
    expect([gate.waiting(), clock.pending, waits]).toEqual([0, 0, []])
  })

  it('waits for the room that it needs, visibly', async () => {
    const { clock, gate, waits, log, enter, fill } = setUp()
    fill('data', 7)
    clock.advance(5_000)
    enter('late')
    await told()
    expect([gate.waiting(), log]).toEqual([1, []])
    expect(waits).toEqual([{ route: ROUTE, lane: 'data', waitMs: 55_000 }])
    clock.advance(54_999)
    await told()
    expect(log).toEqual([])
    clock.advance(1)
    await told()
    expect([log, gate.waiting(), clock.pending]).toEqual([['late in'], 0, 0])
    expect(gate.view().data.used).toBe(1)
  })

  it('is told at once, with the time, when the wait would be too long', async () => {
    const { clock, gate, enter, fill } = setUp()
    fill('data', 7)
    const error = await enter('impatient', 'data', 59_999)
    expect(error).toBeInstanceOf(AllowanceError)
    expect(error).toMatchObject({ code: 'allowance-wait', retryAtMs: 60_000 })
    expect(error).toMatchObject({ request: { method: 'GET', path: '/markets/{epic}' } })
    expect([gate.waiting(), clock.pending, gate.view().data.used]).toEqual([0, 0, 7])
  })

  it('counts those before it in line when it works out its wait', async () => {
    const { clock, gate, enter, fill, log, waits } = setUp()
    fill('data', 7)
    for (let i = 1; i <= 7; i++) enter(`${i}`)
    await enter('8th')
    expect(log).toEqual(['8th allowance-wait'])
    enter('8th', 'data', 120_000)
    expect(waits.map(wait => wait.waitMs)).toEqual([...Array(7).fill(60_000), 120_000])
    expect([gate.waitMs('data', 'data'), gate.waitMs('data', 'exit'), gate.waitMs('trading', 'entry')]).toEqual([
      120_000, 0, 0,
    ])
    clock.advance(60_000)
    await told()
    expect(log.slice(1)).toEqual(['1 in', '2 in', '3 in', '4 in', '5 in', '6 in', '7 in'])
    clock.advance(60_000)
    await told()
    expect(log.at(-1)).toBe('8th in')
  })

  it('that is aborted leaves the line, uncounted, and no timer', async () => {
    const { clock, gate, enter, fill } = setUp()
    fill('data', 7)
    const abort = new AbortController()
    const ended = enter('a', 'data', 60_000, abort.signal)
    abort.abort()
    const error = await ended
    expect(error).toBeInstanceOf(TransportError)
    expect(error).toMatchObject({ code: 'aborted' })
    expect([gate.waiting(), clock.pending, gate.view().data.used]).toEqual([0, 0, 7])
    expect(await enter('b', 'data', 60_000, abort.signal)).toMatchObject({ code: 'aborted' })
  })

  it('listens to its signal only while it waits', async () => {
    const { clock, gate, log, enter, fill } = setUp()
    const abort = new AbortController()
    const listeners = () => getEventListeners(abort.signal, 'abort').length
    await enter('a', 'data', 0, abort.signal)
    fill('data', 6)
    enter('b', 'data', 60_000, abort.signal)
    expect(listeners()).toBe(1)
    clock.advance(60_000)
    await told()
    expect(listeners()).toBe(0)
    fill('data', 6)
    enter('c', 'data', 60_000, abort.signal)
    gate.close()
    await told()
    expect(listeners()).toBe(0)
    abort.abort()
    await told()
    expect(log).toEqual(['a in', 'b in', 'c closed'])
  })
})

describe('the line', () => {
  it('goes by lane, then by coming', async () => {
    const { clock, log, enter, fill } = setUp()
    fill('data', 10)
    for (const lane of ['data', 'edit', 'entry', 'exit', 'data', 'entry', 'exit'] as const) enter(lane, lane)
    clock.advance(60_000)
    await told()
    expect(log).toEqual(['exit in', 'exit in', 'entry in', 'entry in', 'edit in', 'data in', 'data in'])
  })

  it('lets an exit pass those who wait, out of the reserve', async () => {
    const { gate, log, enter, fill } = setUp()
    fill('data', 7)
    enter('chart')
    await enter('flatten', 'exit', 0)
    expect([log, gate.waiting()]).toEqual([['flatten in'], 1])
  })

  it('turns away who is pushed back too far, at once', async () => {
    const { log, enter, fill } = setUp()
    fill('data', 7)
    for (let i = 1; i <= 7; i++) enter(`data ${i}`)
    enter('entry', 'entry')
    await told()
    expect(log).toEqual(['data 7 allowance-wait'])
  })

  it('has no part in the other allowance', async () => {
    const { gate, log, enter, fill } = setUp()
    fill('data', 7)
    enter('data')
    await enter('trading', 'edit', 0, undefined, 'trading')
    expect([log, gate.waiting()]).toEqual([['trading in'], 1])
  })

  it('is judged again when IG refuses', async () => {
    const { clock, gate, log, enter } = setUp('off')
    expect(gate.refused(DATA)).toEqual({ retryAtMs: 10_000 })
    enter('patient', 'data', 60_000)
    enter('less so', 'data', 15_000)
    clock.advance(9_000)
    gate.refused(DATA)
    await told()
    expect(log).toEqual(['less so allowance-wait'])
    clock.advance(20_000)
    await told()
    expect([log.at(-1), clock.pending]).toEqual(['patient in', 0])
  })

  it('moves on at once when IG tells a higher limit', async () => {
    const { clock, gate, log, enter, fill } = setUp()
    fill('data', 7)
    enter('a')
    gate.learn({ dataPerMinute: 30 })
    await told()
    expect([log, clock.pending]).toEqual([['a in'], 0])
  })

  it('is shortened by those who leave it', async () => {
    const { clock, log, enter, fill } = setUp()
    fill('data', 3)
    clock.advance(10_000)
    fill('data', 4)
    const abort = new AbortController()
    for (const name of ['a', 'b', 'c']) enter(name, 'data', 60_000, abort.signal)
    enter('d')
    abort.abort()
    clock.advance(50_000)
    await told()
    expect(log).toEqual(['a aborted', 'b aborted', 'c aborted', 'd in'])
  })

  it('is sent home by close, and nobody comes in afterwards', async () => {
    const { clock, gate, log, enter, fill } = setUp()
    fill('data', 7)
    enter('a')
    enter('b', 'exit', 0)
    enter('c', 'edit', 60_000)
    gate.close()
    await enter('d')
    expect(log.sort()).toEqual(['a closed', 'b in', 'c closed', 'd closed'])
    expect([gate.waiting(), clock.pending]).toEqual([0, 0])
  })
})

it('keeps the turn of a call whose observer fails; the fault comes out elsewhere', async () => {
  const clock = manualClock()
  const gate = new AllowanceGate(new AllowanceBudget({ ...SMALL, dataPerMinute: 1 }), clock, () => {
    throw new Error('observer')
  })
  const faults: unknown[] = []
  const caught = (error: unknown): void => {
    faults.push(error)
  }
  const previous = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', caught)
  try {
    gate.count('data')
    const turn = gate.enter(ROUTE, 'data', 'data', { withinMs: 60_000 })
    clock.advance(60_000)
    await turn
    await waitFor('the fault to come out', () => faults.length > 0)
  } finally {
    process.off('uncaughtException', caught)
    for (const listener of previous) process.on('uncaughtException', listener)
  }
  expect(faults).toEqual([new Error('observer')])
})

describe('an order', () => {
  it('never stands in line: it is told when it may go, and was not counted', () => {
    const { clock, gate, fill } = setUp()
    fill('trading', 7)
    clock.advance(1_000)
    expect(gate.admitNow('trading', 'entry')).toEqual({ retryAtMs: 60_000 })
    expect([gate.view().trading.used, clock.pending]).toEqual([7, 0])
    clock.advance(59_000)
    expect(gate.admitNow('trading', 'entry')).toBeNull()
    expect(gate.view().trading.used).toBe(1)
  })

  it('that closes is always let through, and counted', () => {
    const { gate, fill } = setUp()
    fill('trading', 500)
    gate.refused('error.public-api.exceeded-account-trading-allowance')
    fill('trading', 1)
    expect(gate.view().trading.used).toBe(501)
  })

  it('of a lower lane does not go before those in line', () => {
    const { gate, enter, fill } = setUp()
    fill('trading', 7)
    enter('edit', 'edit', 60_000, undefined, 'trading')
    expect(gate.admitNow('trading', 'data')).toEqual({ retryAtMs: 60_000 })
  })
})

it('counts the sign-in, and shows what price answers told', () => {
  const { gate } = setUp()
  gate.count('data')
  gate.learnPoints({ remaining: 0, total: 10_000, resetsInSeconds: 60 })
  expect(gate.view()).toMatchObject({ key: { used: 1 }, data: { used: 1 }, historicalPoints: { remaining: 0 } })
  expect(gate.pointsSpentUntilMs()).toBe(60_000)
})

it('forgets earlier refusals when IG lets a call through', () => {
  const { clock, gate } = setUp()
  gate.refused(DATA)
  clock.advance(10_000)
  gate.succeeded('data')
  expect(gate.refused(DATA)).toEqual({ retryAtMs: 20_000 })
})
