import { expect, it } from 'vitest'
import { aCloseConfirm, aConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition } from '../testing/desk-fixtures.ts'
import { aReadyDesk, buy, type DrivenDesk } from '../testing/driven-desk.ts'
import { HEALTHY, SimulatedSession } from '../testing/simulated-session.ts'
import { exposure } from './exposure.ts'

/** The most readings that fell into any one minute. */
function mostInAMinute(readings: readonly { readonly atMs: number }[]): number {
  return Math.max(
    ...readings.map(
      ({ atMs: fromMs }) => readings.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 60_000).length,
    ),
  )
}

/** Time passes, and each reading is answered at once with nothing open. */
function passAnswering(desk: DrivenDesk, ms: number): void {
  for (let passed = 0; passed < ms; passed += 100) {
    desk.pass(100)
    if (desk.state.book.reading) desk.list()
  }
}

it.each([
  ['updates of positions come with the confirms', 60, 3_500, 4_000],
  ['updates of positions come with the confirms, and each trade is short', 60, 1_000, 3_000],
  ['nothing is streamed', null, 3_500, 4_000],
])('spends at most 15 readings on 8 round trips in a minute, when %s', (_, streamedInMs, heldMs, restMs) => {
  const session = new SimulatedSession(0, () => {})
  session.step({ do: 'pass', ms: 60_000 })
  session.readings.length = 0
  const fate = { ...HEALTHY, streamedInMs }
  for (let trip = 0; trip < 8; trip += 1) {
    session.step({ do: 'press', key: 'BUY', fate })
    session.step({ do: 'pass', ms: heldMs })
    session.step({ do: 'press', key: 'flatten', fate })
    session.step({ do: 'pass', ms: restMs })
    expect([session.broker.held, exposure(session.state)]).toEqual([[], 'flat'])
  }
  session.step({ do: 'pass', ms: 60_000 })
  expect(session.broker.references).toHaveLength(8)
  expect(mostInAMinute(session.readings)).toBeLessThanOrEqual(15)
})

it('spends at most 4 readings on a minute in which nothing happens', () => {
  const session = new SimulatedSession(0, () => {})
  session.step({ do: 'pass', ms: 60_000 })
  session.readings.length = 0
  session.step({ do: 'pass', ms: 300_000 })
  expect(mostInAMinute(session.readings)).toBe(4)
})

it('asks nothing for what an order of ours in flight does to a position, before or after its confirm', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  const { changes, asks } = desk.state.book
  desk.streamPosition('DI1', 'open', desk.state.orders.get(id)!.reference)
  expect(desk.state.book.changes).toBe(changes)
  desk.streamConfirm(aConfirm(id, 'DI1'))
  desk.streamPosition('DI1', 'open', desk.state.orders.get(id)!.reference)
  expect(desk.state.book.changes).toBe(changes + 1)
  desk.pass(2_999)
  expect(desk.state.book.asks).toBe(asks)
  desk.press('flatten')
  desk.streamPosition('DI1', 'deleted')
  expect([desk.state.holdings.size, desk.state.book.asks]).toEqual([0, asks])
  desk.streamConfirm(aCloseConfirm('IGMADETHIS', 'DI1'))
  expect(desk.state.book.asks).toBe(asks + 1)
  desk.streamPosition('DI1', 'deleted')
  desk.list()
  expect(exposure(desk.state)).toBe('flat')
})

it('asks for what may be news of a position of ours: an amended stop, or its end by the broker', () => {
  const desk = aReadyDesk()
  const id = buy(desk, 'DI1')
  for (const status of ['updated', 'deleted'] as const) {
    const { changes } = desk.state.book
    desk.streamPosition('DI1', status, desk.state.orders.get(id)!.reference)
    expect(desk.state.book.changes).toBe(changes + 1)
  }
})

it('asks at once for a position of an order whose outcome is unknown', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.list()
  desk.streamPosition('DI1', 'open', desk.state.orders.get(id)!.reference)
  const { asks } = desk.state.book
  desk.pass(150)
  expect(desk.state.book.asks).toBe(asks + 1)
})

it('keeps to 11 readings a minute however much happens, and does not say FLAT meanwhile', () => {
  const desk = aReadyDesk()
  passAnswering(desk, 60_000)
  const { asks } = desk.state.book
  for (let i = 0; i < 200; i += 1) {
    desk.streamPosition(`DI${i}`, 'deleted')
    passAnswering(desk, 200)
  }
  expect(desk.state.book.asks - asks).toBeLessThanOrEqual(11)
  expect(exposure(desk.state)).toBe('checking')
  passAnswering(desk, 60_000)
  expect(exposure(desk.state)).toBe('flat')
})

it('lets neither getting out nor an order of unknown outcome wait for the allowance', () => {
  const spent = () => {
    const desk = aReadyDesk()
    for (let i = 0; i < 60; i += 1) {
      desk.streamPosition(`DI${i}`, 'deleted')
      passAnswering(desk, 200)
    }
    desk.quote()
    expect(exposure(desk.state)).toBe('checking')
    return desk
  }
  const leaving = spent()
  leaving.press('flatten')
  leaving.list()
  expect(exposure(leaving.state)).toBe('flat')
  const asking = spent()
  const { asks } = asking.state.book
  const id = asking.press('BUY')
  asking.loseReply(id)
  expect(asking.state.book.asks).toBe(asks + 1)
  asking.list([aPosition('DI1', { dealReference: asking.state.orders.get(id)!.reference })])
  expect(asking.stage(id)).toBe('done')
})
