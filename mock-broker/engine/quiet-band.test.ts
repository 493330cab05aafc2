import { Decimal } from 'decimal.js'
import { expect, it } from 'vitest'
import { tradingDay } from '../testing/trading-day.ts'
import { EURUSD, points, type ScriptOptions, tradingScript } from '../testing/trading-script.ts'
import type { Engine } from './engine.ts'
import type { EngineEvent } from './engine-event.ts'
import { opposite } from './position.ts'
import { seededRandom } from './random.ts'

const GBPUSD = 'CS.D.GBPUSD.CFD.IP'

/** An input of a market that there is not does nothing but make the engine look at the next quote with open eyes. */
function wake(engine: Engine): void {
  engine.process({ kind: 'time', epic: 'none', atMs: 0 })
}

/** A made-up life on one market, of which there is one for each seed: stretches of quotes, calm and wild, and orders in between. */
function live(seed: number, options: ScriptOptions, isAwake: boolean): { kinds: ReadonlySet<string>; told: string } {
  const { engine, ...script } = tradingScript(options)
  const random = seededRandom(seed)
  const whole = (from: number, to: number): number => from + Math.floor(random.next() * (to - from + 1))
  const one = <Value>(...values: readonly [Value, ...Value[]]): Value =>
    values[whole(0, values.length - 1)] ?? values[0]
  const level = (units: number): Decimal => new Decimal(units).div(100_000)
  const events: EngineEvent[] = []
  const money: string[] = []
  let bid = 108_410

  function quotes(): readonly EngineEvent[] {
    const [count, most, drift] = [whole(1, 40), one(3, 12, 40, 300), one(0, 0, 0, -40, 40)]
    return Array.from({ length: count }).flatMap(() => {
      if (isAwake) wake(engine)
      bid = Math.max(95_000, bid + Math.round((random.next() - 0.5) * most) + drift)
      return script.quote(bid, bid + whole(4, 9) - (random.next() < 0.02 ? 14 : 0))
    })
  }

  function order(): readonly EngineEvent[] {
    const direction = one('BUY' as const, 'SELL' as const)
    const [held, resting] = [engine.positions(), engine.workingOrders()]
    switch (one('open', 'place', 'open', 'place', 'amend', 'close', 'cancel', 'night', 'state')) {
      case 'open': {
        const [far, kind] = [
          points(String(whole(2, 20))),
          one('normal' as const, 'guaranteed' as const, 'trailing' as const),
        ]
        const leg = kind === 'trailing' ? { ...far, kind, stepPoints: new Decimal(2) } : { ...far, kind }
        const limit = one(null, points(String(whole(2, 20))))
        return script.open({ direction, size: new Decimal(whole(50, 300)).div(100), stop: one(null, leg), limit })
      }
      case 'place': {
        const type = one('LIMIT' as const, 'STOP' as const)
        const isBelow = (direction === 'BUY') === (type === 'LIMIT')
        const goodTillMs = one(null, (engine.book(EURUSD)?.quote?.atMs ?? 0) + whole(3, 60) * 1000)
        return script.place({ direction, type, goodTillMs, level: level(bid + (isBelow ? -1 : 1) * whole(30, 120)) })
      }
      case 'amend': {
        const isLong = held[0]?.direction === 'BUY'
        const [stop, limit] = [whole(30, 120), whole(30, 120)].map(units => (isLong ? units : -units))
        return script.amend(held[0]?.dealId ?? 'NONE', level(bid - stop!).toFixed(), level(bid + limit!).toFixed())
      }
      case 'close':
        if (!held[0]) return []
        return script.close(held[0].dealId, { direction: opposite(held[0].direction), size: held[0].size })
      case 'cancel':
        return resting[0] ? script.cancel(resting[0].dealId) : []
      case 'night':
        return engine.process({ kind: 'night', atMs: engine.book(EURUSD)?.quote?.atMs ?? 0 })
      default:
        return engine.process({
          kind: 'market-state',
          epic: EURUSD,
          atMs: 0,
          state: one('CLOSINGS_ONLY', 'EDITS_ONLY'),
        })
    }
  }

  for (let turn = 0; turn < 40; turn++) {
    events.push(...quotes(), ...order())
    engine.process({ kind: 'market-state', epic: EURUSD, atMs: 0, state: 'TRADEABLE' })
    money.push(JSON.stringify(engine.account()))
  }
  const { state, quote, revision, crossed } = engine.book(EURUSD)!
  const told = [events, money, engine.statistics(), { state, quote, revision, crossed }]
  const kinds = new Set(events.map(event => ('cause' in event ? `${event.kind} ${event.cause}` : event.kind)))
  return { kinds, told: JSON.stringify([...told, engine.history.transactions('CASH1')]) }
}

it('gives the same events, money and book whether each quote is looked at or only those outside of the band', () => {
  const seen = new Set<string>()
  for (let seed = 0; seed < 60; seed++) {
    // The market closes ten hours later.
    const options = { cash: ['5000', '12000', '1000000'][seed % 3] ?? '', keepsHours: seed % 2 === 0 }
    const { kinds, told } = live(seed, options, false)
    expect(told).toBe(live(seed, options, true).told)
    for (const kind of kinds) seen.add(kind)
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...['open', 'close', 'stop', 'limit', 'margin', 'working-order'].map(cause => `fill ${cause}`),
      ...['client', 'filled', 'expired', 'refused'].map(cause => `working-order ${cause}`),
      'charge guaranteed-stop-premium',
      'charge overnight-funding',
    ]),
  )
})

it('calls the margin of two markets on the same quote, where what is held in one came from a quote of the other', () => {
  function fall(isAwake: boolean): string {
    const { engine, quote, open, place } = tradingScript({ cash: '8600' })
    const events = [...quote(108_410, 108_416), ...quote(127_150, 127_159, GBPUSD), ...open()]
    events.push(...place({ epic: GBPUSD, level: new Decimal('1.27000'), goodTillMs: null }))
    events.push(...quote(108_405, 108_411))
    for (const bid of [126_980, 122_300]) events.push(...quote(bid, bid + 9, GBPUSD))
    for (let bid = 108_400; bid > 107_400; bid -= 20) {
      if (isAwake) wake(engine)
      events.push(...quote(bid, bid + 6))
    }
    return JSON.stringify(events)
  }
  expect(fall(false)).toContain('"cause":"margin"')
  expect(fall(false)).toBe(fall(true))
})

it('gives the same for several accounts that hold several markets', () => {
  for (const [seed, cash] of [
    [1, '600'],
    [2, '5000'],
    [3, '9000000'],
  ] as const) {
    const [dozing, awake] = [tradingDay({ seed, cash }), tradingDay({ seed, cash })]
    for (let count = 0; count < 400; count++) {
      wake(awake.engine)
      expect(JSON.stringify(dozing.next().events)).toBe(JSON.stringify(awake.next().events))
    }
  }
})

it('takes the quotes of one market as it takes ticks, and lets pass but what leads to nothing', () => {
  const [told, handed] = [tradingScript(), tradingScript()]
  for (const { quote, open } of [told, handed]) {
    quote(108_410, 108_416)
    open({ stop: { kind: 'normal', ...points('5') } })
  }
  const { take, pass } = handed.engine.quotes(EURUSD)!
  expect(handed.engine.quotes('none')).toBeUndefined()
  for (const bid of [108_420, 108_380, 108_366, 108_365, 108_400]) {
    const atMs = (told.engine.book(EURUSD)?.quote?.atMs ?? 0) + 1000
    const quote = { atMs, bidUnits: bid, offerUnits: bid + 6 }
    const events = pass(quote) ? [] : take(quote)
    if (pass({ ...quote, bidUnits: bid + 7 })) expect('a crossed quote').toBe('held back')
    expect(JSON.stringify(events)).toBe(JSON.stringify(told.quote(bid, bid + 6)))
    expect(handed.engine.book(EURUSD)?.quote).toMatchObject({ bidUnits: bid, offerUnits: bid + 6 })
    expect(handed.engine.statistics()).toEqual(told.engine.statistics())
  }
  expect(handed.engine.positions()).toEqual([])
  expect(JSON.stringify(handed.engine.history.activities('CASH1'))).toBe(
    JSON.stringify(told.engine.history.activities('CASH1')),
  )
})

it.each([
  ['BUY', 'LIMIT', -1],
  ['BUY', 'STOP', 1],
  ['SELL', 'LIMIT', 1],
  ['SELL', 'STOP', -1],
] as const)('ends a unit before the level of a working order: %s %s', (direction, type, by) => {
  const { quote, place } = tradingScript()
  quote(108_410, 108_416)
  const from = direction === 'BUY' ? 108_416 : 108_410
  place({ direction, type, level: new Decimal(from + 40 * by).div(100_000) })
  for (let moved = 1; moved < 40; moved++) expect(quote(108_410 + moved * by, 108_416 + moved * by)).toEqual([])
  expect(quote(108_410 + 40 * by, 108_416 + 40 * by)).not.toEqual([])
})

it('ends with the hours of its market', () => {
  const { engine } = tradingScript({ keepsHours: true })
  const { take } = engine.quotes(EURUSD)!
  const friday = (time: string): number => Date.parse(`2024-06-14T${time}Z`)
  for (const time of ['21:58:00', '21:59:00', '21:59:59'])
    take({ atMs: friday(time), bidUnits: 108_410, offerUnits: 108_416 })
  expect(engine.statistics()).toMatchObject({ ticks: 3, whileClosed: 0 })
  take({ atMs: friday('22:00:00'), bidUnits: 108_411, offerUnits: 108_417 })
  expect(engine.book(EURUSD)).toMatchObject({ state: 'EDITS_ONLY', quote: { bidUnits: 108_410 } })
})
