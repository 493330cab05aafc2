import { dealId } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { d } from '../testing/guard-fixtures.ts'
import { aPosition, at, aView, NONE, watching, wordsOf } from './testing/watch-fixtures.ts'
import { look, NOTHING_WATCHED, type Watch } from './watch.ts'
import { DEFAULT_WATCH } from './watch-settings.ts'

it('is silent about a position of ours with its stop', () => {
  expect(watching([{ positions: [aPosition()] }])).toEqual([{ told: [], dueMs: null }])
})

it('shouts within a second of seeing a position without a stop, once, and says when it is over', () => {
  const without = [aPosition({ stop: NONE })]
  expect(
    watching([
      { positions: without },
      { positions: without, nowMs: 499 },
      { positions: without, nowMs: 500 },
      { positions: without, nowMs: 9_000 },
      { positions: [aPosition()], nowMs: 9_001 },
    ]),
  ).toEqual([
    { told: [], dueMs: 500 },
    { told: [], dueMs: 500 },
    { told: ['raised no-stop'], dueMs: null },
    { told: [], dueMs: null },
    { told: ['ended no-stop'], dueMs: null },
  ])
})

it('waits for the list where only a confirm has told of a position, and not of its stop', () => {
  const unknown = [aPosition({ stop: { kind: 'unknown' } })]
  const steps = watching([
    { positions: unknown, nowMs: 4_999 },
    { positions: unknown, nowMs: 5_000 },
  ])
  expect(steps.map(step => step.told)).toEqual([[], ['raised stop-not-known']])
})

it('says once that orders wait at the broker while the day is locked, until none does', () => {
  const order = {
    dealId: dealId('DIORDER1'),
    direction: 'BUY',
    size: d(1),
    marketName: 'EUR/USD Mini',
    isOurs: true,
  } as const
  const workingOrders = [order, { ...order, dealId: dealId('DIORDER2') }]
  const steps = watching([
    { workingOrders },
    { workingOrders, isDayLocked: true },
    { workingOrders: [order], isDayLocked: true },
    { workingOrders: [], isDayLocked: true },
  ])
  expect(steps.map(({ told }) => told)).toEqual([
    [],
    ['raised resting-while-locked'],
    [],
    ['ended resting-while-locked'],
  ])
  expect(wordsOf({ workingOrders, isDayLocked: true })).toEqual([
    'STILL RESTING: the day is locked, but 2 working orders wait at the broker and may open a position; cancel them',
  ])
})

it('says nothing about a position that was to have no stop, where only those with one are watched', () => {
  const missingStop = { of: 'wanted', closeAfterMs: null } as const
  expect(wordsOf({ positions: [aPosition({ stop: NONE, isStopWanted: false })], nowMs: 500 }, { missingStop })).toEqual(
    [],
  )
  expect(wordsOf({ positions: [aPosition({ stop: NONE })], nowMs: 500 }, { missingStop })).toHaveLength(1)
})

it('asks for a close after the time that was set, again while it does not help, and never without being told to', () => {
  const positions = [aPosition({ stop: NONE })]
  const missingStop = { of: 'any', closeAfterMs: 2_000 } as const
  const at = (...times: number[]) => times.map(nowMs => ({ positions, nowMs }))
  expect(watching(at(500, 2_499, 2_500, 7_499, 7_500), { missingStop })).toEqual([
    { told: ['raised no-stop'], dueMs: 2_500 },
    { told: [], dueMs: 2_500 },
    { told: ['close DI1'], dueMs: 7_500 },
    { told: [], dueMs: 7_500 },
    { told: ['close DI1'], dueMs: 12_500 },
  ])
  expect(watching(at(500, 99_000)).flatMap(({ told }) => told)).toEqual(['raised no-stop'])
})

it('never closes a position of whose stop it only does not know', () => {
  const missingStop = { of: 'any', closeAfterMs: 0 } as const
  const positions = [aPosition({ stop: { kind: 'unknown' } })]
  expect(
    watching(
      [
        { positions, nowMs: 5_000 },
        { positions, nowMs: 99_000 },
      ],
      { missingStop },
    ).flatMap(({ told }) => told),
  ).toEqual(['raised stop-not-known'])
})

it('shows what was opened or placed elsewhere, until it is adopted or gone', () => {
  const order = { dealId: dealId('DI2'), direction: 'SELL', size: d(1), marketName: 'Gold', isOurs: false } as const
  const positions = [aPosition({ isOurs: false })]
  const steps = watching([
    { positions, workingOrders: [order] },
    { positions: [aPosition()], workingOrders: [order] },
    {},
  ])
  expect(steps.map(step => step.told)).toEqual([
    ['raised not-ours', 'raised not-ours'],
    ['ended not-ours'],
    ['ended not-ours'],
  ])
})

it.each([
  ['removed', NONE, 'stop-removed'],
  ['moved away', at('1.0829'), 'stop-moved-away'],
])('tells of a stop that was %s elsewhere, until it is back', (_, stop, kind) => {
  const steps = watching(
    [
      { positions: [aPosition()] },
      { positions: [aPosition({ stop })] },
      { positions: [aPosition({ stop })] },
      { positions: [aPosition()] },
    ],
    { missingStop: null },
  )
  expect(steps.map(step => step.told)).toEqual([[], [`raised ${kind}`], [], [`ended ${kind}`]])
})

it.each([
  ['came nearer by itself, as a trailing one does', aPosition({ stop: at('1.0835') })],
  ['was moved away by an amendment of ours', aPosition({ stop: at('1.08'), stopByUs: d('1.08') })],
  ['was removed by an amendment of ours', aPosition({ stop: NONE, stopByUs: null })],
  ['is not known for a moment', aPosition({ stop: { kind: 'unknown' } })],
])('says nothing of a stop that %s', (_, after) => {
  expect(
    watching([{ positions: [aPosition()] }, { positions: [after] }], { missingStop: null }).flatMap(({ told }) => told),
  ).toEqual([])
})

it('measures a stop against the nearest that it has been at', () => {
  const stops = ['1.083', '1.0835', '1.0831', '1.0834', '1.0836']
  const steps = watching(stops.map(level => ({ positions: [aPosition({ stop: at(level) })] })))
  expect(steps.map(step => step.told)).toEqual([[], [], ['raised stop-moved-away'], [], ['ended stop-moved-away']])
})

it('knows which way a short’s stop moves away', () => {
  const short = (level: string) => ({ positions: [aPosition({ direction: 'SELL', stop: at(level) })] })
  expect(watching([short('1.09'), short('1.0905')])[1]?.told).toEqual(['raised stop-moved-away'])
})

it('ends every alarm that it raised, and raises none twice, whatever it sees', () => {
  const level = fc.integer({ min: 1_080, max: 1_090 }).map(units => at(String(units / 1_000)))
  const position = fc
    .record({
      stop: fc.oneof(level, fc.constantFrom(NONE, { kind: 'unknown' } as const)),
      isOurs: fc.boolean(),
      deal: fc.constantFrom('DI1', 'DI2'),
    })
    .map(({ deal, ...seen }) => aPosition({ ...seen, dealId: dealId(deal) }))
  const positions = fc.uniqueArray(position, { selector: ({ dealId }) => dealId })
  const views = fc.array(fc.record({ positions, gapMs: fc.integer({ min: 0, max: 3_000 }) }))
  fc.assert(
    fc.property(views, steps => {
      let watch: Watch = NOTHING_WATCHED
      let nowMs = 0
      const on = new Set<string>()
      for (const { positions, gapMs } of [...steps, { positions: [], gapMs: 0 }]) {
        nowMs += gapMs
        const looked = look(watch, aView({ nowMs, positions }), {
          ...DEFAULT_WATCH,
          missingStop: { of: 'any', closeAfterMs: 1_000 },
        })
        for (const event of looked.events) {
          if (event.kind === 'close') continue
          expect(on.has(event.alarm.id)).toBe(event.kind === 'ended')
          if (event.kind === 'raised') on.add(event.alarm.id)
          else on.delete(event.alarm.id)
        }
        expect(looked.dueMs === null || looked.dueMs > nowMs).toBe(true)
        watch = looked.watch
      }
      expect(on.size).toBe(0)
    }),
  )
})
