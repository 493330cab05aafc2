import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LatencyLedger, NO_LATENCY, nextDaysLatency, ordersOf, STEPS, type Step, stamped } from './latency.ts'
import { latencyFields, latencyReport, partsOf, percentiles } from './latency-report.ts'

type Times = { readonly [S in Step]?: number }

function withOrder(ledger: LatencyLedger, id: string, times: Times): LatencyLedger {
  const about = { id, purpose: 'open', epic: 'CS.D.EURUSD.MINI.IP' } as const
  return STEPS.reduce((after, step) => {
    const atMs = times[step]
    return atMs === undefined ? after : stamped(after, { ...about, step, atMs })
  }, ledger)
}

const USUAL: Times = {
  key: 1_000,
  decided: 1_000.08,
  journalled: 1_000.2,
  'first-byte': 1_000.3,
  acknowledged: 1_021,
  confirmed: 1_024.5,
  painted: 1_031,
}

const { painted: _, ...UNPAINTED } = USUAL

describe('the parts of an order', () => {
  it('go from step to step', () => {
    const [times] = ordersOf(withOrder(NO_LATENCY, 'A', USUAL))
    expect(partsOf(times!).map(({ from, to, us }) => `${from} ${to} ${us}`)).toEqual([
      'key decided 80',
      'decided journalled 120',
      'journalled first-byte 100',
      'first-byte acknowledged 20700',
      'acknowledged confirmed 3500',
      'confirmed painted 6500',
    ])
  })

  it('say what they span where a step was not seen, and follow a confirm that overtook the acknowledgement', () => {
    const [times] = ordersOf(withOrder(NO_LATENCY, 'A', { key: 0, 'first-byte': 1, acknowledged: 9, confirmed: 5 }))
    expect(partsOf(times!).map(({ from, to, us }) => `${from} ${to} ${us}`)).toEqual([
      'key first-byte 1000',
      'first-byte confirmed 4000',
      'confirmed acknowledged 4000',
    ])
  })

  it('add up to the whole, exactly, whatever was seen and when', () => {
    const ms = fc.option(fc.double({ min: 5_000, max: 65_000, noNaN: true }), { nil: undefined })
    const steps = fc.array(ms, { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(steps, given => {
        const times = Object.fromEntries(
          STEPS.slice(1).flatMap((step, index) => (given[index] === undefined ? [] : [[step, given[index]]])),
        )
        const [order] = ordersOf(withOrder(NO_LATENCY, 'A', { ...times, key: 4_321.123 }))
        const whole = Math.max(0, ...Object.values(order!.afterKeyUs))
        expect(partsOf(order!).reduce((sum, { us }) => sum + us, 0)).toBe(whole)
        expect(partsOf(order!).every(({ us }) => us >= 0)).toBe(true)
      }),
    )
  })
})

describe('the ledger', () => {
  it('takes the first time of a step, and nothing of an order without its key', () => {
    const about = { id: 'A', purpose: 'close', epic: 'E' } as const
    const ledger = withOrder(NO_LATENCY, 'A', { key: 0, acknowledged: 5 })
    expect(stamped(ledger, { ...about, step: 'acknowledged', atMs: 7 })).toBe(ledger)
    expect(stamped(ledger, { ...about, step: 'key', atMs: 7 })).toBe(ledger)
    expect(stamped(ledger, { ...about, id: 'B', step: 'confirmed', atMs: 7 })).toBe(ledger)
  })

  it('keeps the last 4,000 finished orders, and says how many it forgot', () => {
    let ledger = NO_LATENCY
    for (let order = 0; order < 4_010; order++) ledger = withOrder(ledger, `O${order}`, { key: 0, painted: 1 })
    expect([ledger.finished.length, ledger.forgotten, ledger.finished[0]?.id]).toEqual([4_000, 10, 'O10'])
  })

  it('gives up waiting for the steps of the oldest when more than 64 are under way', () => {
    let ledger = NO_LATENCY
    for (let order = 0; order < 70; order++) ledger = withOrder(ledger, `O${order}`, { key: order })
    expect([ledger.running.length, ledger.finished.length]).toEqual([64, 6])
  })

  it('begins the next day with what is under way', () => {
    const ledger = withOrder(withOrder(NO_LATENCY, 'A', USUAL), 'B', { key: 1 })
    expect(ordersOf(nextDaysLatency(ledger)).map(({ id }) => id)).toEqual(['B'])
  })
})

describe('the report', () => {
  it('gives percentiles until each step and of each part, and where the time went', () => {
    let ledger = NO_LATENCY
    for (let order = 1; order <= 100; order++) {
      ledger = withOrder(ledger, `O${order}`, { key: 0, decided: 0.1, 'first-byte': 0.2, acknowledged: order })
    }
    const report = latencyReport(ledger)
    expect(report.untilStep.acknowledged).toEqual({ orders: 100, p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100 })
    expect(report.untilStep.painted).toEqual({ orders: 0, p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null })
    expect(report.slow).toMatchObject({ from: 'first-byte', to: 'acknowledged' })
    expect(report.parts.map(({ share }) => share).reduce((sum, share) => sum + share)).toBeCloseTo(1)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    expect(latencyReport(ledger, ({ id }) => id === 'O7').untilStep.acknowledged.p50Ms).toBe(7)
  })

  it('is empty before the first order', () => {
    expect(latencyReport(NO_LATENCY)).toMatchObject({ orders: 0, parts: [], slow: null })
  })

  it('takes percentiles by nearest rank', () => {
    expect(percentiles([3_000, 1_000, 2_000])).toEqual({ orders: 3, p50Ms: 2, p95Ms: 3, p99Ms: 3, maxMs: 3 })
  })
})

it("gives the fields of the journal's record", () => {
  const [times] = ordersOf(withOrder(NO_LATENCY, 'A', UNPAINTED))
  expect(latencyFields(times!)).toEqual({
    id: 'A',
    decidedMs: 0.08,
    journalledMs: 0.2,
    firstByteMs: 0.3,
    acknowledgedMs: 21,
    confirmedMs: 24.5,
    paintedMs: null,
  })
})
