import { Decimal } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { freshness } from '../freshness.ts'
import { aPosition, EURUSD } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, confirmClose, DrivenDesk, LOST, WALL_MS } from '../testing/driven-desk.ts'
import { exposure } from './exposure.ts'

const price = (desk: DrivenDesk) => freshness(desk.state, desk.state.quotes.get(EURUSD), desk.nowMs)

it('makes prices stale and the exposure unknown when the stream is lost, and says it once', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  desk.stream({ kind: 'connecting' })
  expect([price(desk), exposure(desk.state)]).toEqual(['stale', 'unknown'])
  expect(desk.news.filter(text => text.startsWith('STREAM LOST'))).toHaveLength(1)
  expect(desk.recorded('stream').map(({ status }) => status)).toEqual(['live (new)', 'waiting'])
})

it('says why the stream is down, once a cause, and writes it down', () => {
  const desk = aReadyDesk()
  desk.stream({ kind: 'stalled' })
  desk.stream(LOST)
  desk.stream({ kind: 'connecting' })
  desk.stream(LOST)
  desk.stream({ kind: 'waiting', cause: { code: 68, text: 'too many sessions' }, retryAtMs: 0 })
  const rest = 'prices are old, entries are refused, closing still works'
  expect(desk.news.filter(text => text.startsWith('STREAM'))).toEqual([
    `STREAM LOST: ${rest}`,
    `STREAM DOWN (the line is down, lost): ${rest}`,
    `STREAM DOWN (too many sessions, 68): ${rest}`,
  ])
  expect(desk.recorded('stream').map(({ status, cause }) => [status, cause])).toEqual([
    ['live (new)', null],
    ['stalled', null],
    ['waiting', 'the line is down, lost'],
    ['waiting', 'too many sessions, 68'],
  ])
})

it('says why the stream never came up', () => {
  const desk = new DrivenDesk()
  desk.stream(LOST)
  expect(desk.words).toMatch(/^STREAM DOWN \(the line is down, lost\)/)
  desk.stream('new')
  expect(desk.words).toBe('stream is back (new)')
})

it('says that a stream which is closed needs a restart, also when it was down before for the same cause', () => {
  const desk = aReadyDesk()
  const cause = { code: 'credentials', text: 'the session is over' } as const
  desk.stream({ kind: 'waiting', cause, retryAtMs: 0 })
  desk.stream({ kind: 'closed', cause })
  desk.stream({ kind: 'closed', cause })
  expect(desk.news.filter(text => text.startsWith('STREAM CLOSED'))).toEqual([
    'STREAM CLOSED (the session is over, credentials): it will not come back by itself, the program has to be restarted; closing still works',
  ])
  expect(desk.recorded('stream').at(-1)).toMatchObject({ status: 'closed', cause: 'the session is over, credentials' })
})

it('leaves the last outcome alone when the stream was never said to be lost', () => {
  const desk = aLongDesk()
  const { words } = desk
  desk.stream('preserved')
  expect(desk.words).toBe(words)
})

it('says that trade updates are lost and back, once, and asks what is open each time they are heard', () => {
  const desk = aReadyDesk()
  const { words } = desk
  desk.trades('interrupted')
  desk.trades('interrupted')
  expect(desk.news.filter(text => text.startsWith('TRADE UPDATES LOST: '))).toHaveLength(1)
  const { asks } = desk.state.book
  desk.trades('listening')
  expect([desk.words, desk.state.book.asks]).toEqual(['trade updates are back', asks + 1])
  desk.list()
  desk.trades('listening')
  expect(desk.state.book.asks).toBe(asks + 2)
  expect(desk.news.filter(text => text === 'trade updates are back')).toHaveLength(1)
  expect(desk.recorded('trade-feed').map(({ state }) => state)).toEqual(['listening', 'interrupted', 'listening'])
  expect(words).toBe('READY: nothing is open')
})

it('hears nothing on a session that replaced another until its trades are subscribed to again', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  desk.stream('replaced')
  if (desk.state.book.reading) desk.list()
  expect([desk.words, exposure(desk.state)]).toEqual(['stream is back (replaced)', 'unknown'])
  desk.trades('listening')
  desk.list()
  expect([desk.words, exposure(desk.state)]).toEqual(['stream is back (replaced)', 'flat'])
})

it.each([LOST, { kind: 'stalled' }, { kind: 'connecting' }] as const)(
  'hears nothing after the stream was $kind until it listens again, though the session goes on',
  status => {
    const desk = aReadyDesk()
    desk.stream(status)
    desk.stream('recovered')
    desk.list()
    expect(exposure(desk.state)).toBe('unknown')
    desk.trades('listening')
    desk.list()
    expect([desk.words, exposure(desk.state)]).toEqual(['stream is back (recovered)', 'flat'])
  },
)

it('does not call trade updates lost, beside a stream that is', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  desk.trades('interrupted')
  expect(desk.words).toMatch(/^STREAM LOST/)
})

it('makes no words about a new connection that the server asked for, unless it fails', () => {
  const desk = aReadyDesk()
  const { words } = desk
  const cause = { code: 'loop', text: 'the server asked to rebind' } as const
  desk.stream({ kind: 'connecting', cause })
  expect([desk.words, price(desk), exposure(desk.state)]).toEqual([words, 'stale', 'unknown'])
  desk.stream('preserved')
  expect(desk.words).toBe(words)
  desk.stream({ kind: 'connecting', cause })
  desk.stream(LOST)
  expect(desk.words).toMatch(/^STREAM DOWN \(the line is down, lost\)/)
})

it('keeps old prices stale after the stream was replaced, until new ones come', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  desk.pass(1)
  desk.stream('replaced')
  expect(price(desk)).toBe('stale')
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('stale-price')
  desk.quote()
  expect(price(desk)).toBe('live')
})

it('keeps prices when everything that was missed came again', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  desk.pass(1)
  desk.stream('recovered')
  expect(price(desk)).toBe('live')
})

it.each(['replaced', 'recovered', 'preserved'] as const)('asks what is open when the stream is %s', continuity => {
  const desk = aLongDesk()
  desk.stream(LOST)
  const { asks } = desk.state.book
  desk.stream(continuity)
  expect(desk.state.book.asks).toBe(asks + 1)
  expect(desk.words).toBe(`stream is back (${continuity})`)
})

it('still closes while the stream is down', () => {
  const desk = aLongDesk()
  desk.stream(LOST)
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
})

it('calls prices old and takes FLAT away when the machine slept, until both are known again', () => {
  const desk = aReadyDesk()
  desk.pass(1)
  desk.feed({ kind: 'time-lost', lostMs: 3_600_000 })
  expect([price(desk), exposure(desk.state)]).toEqual(['stale', 'checking'])
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('stale-price')
  desk.quote()
  expect(price(desk)).toBe('live')
})

describe('a time that the broker tells', () => {
  const DAY_MS = 86_400_000
  const locked = () => {
    const desk = aReadyDesk()
    desk.quote({ brokerTimeMs: WALL_MS })
    desk.want({ kind: 'lock-day' })
    return desk
  }
  const isLocked = (desk: DrivenDesk) => desk.state.memory.lock !== null

  it('far ahead ends no day by itself: one timestamp in another unit would lift its lock', () => {
    const desk = locked()
    for (const brokerTimeMs of [WALL_MS * 1_000, WALL_MS * 1_000_000, Date.UTC(2036, 0, 1)]) {
      desk.quote({ brokerTimeMs })
      desk.pass(10)
      desk.quote({ brokerTimeMs: WALL_MS + desk.nowMs })
      desk.pass(10)
    }
    expect([isLocked(desk), desk.state.memory.day?.name]).toEqual([true, '2026-01-05'])
    desk.quote({ brokerTimeMs: WALL_MS + DAY_MS })
    expect(isLocked(desk)).toBe(false)
  })

  it('far ahead is believed once the next one goes on from it, as after a week of sleep', () => {
    const desk = locked()
    desk.quote({ brokerTimeMs: WALL_MS + 7 * DAY_MS })
    expect(isLocked(desk)).toBe(true)
    desk.pass(500)
    desk.quote({ brokerTimeMs: WALL_MS + 7 * DAY_MS + 500 })
    expect([isLocked(desk), desk.state.memory.day?.name]).toEqual([false, '2026-01-12'])
  })
})

it('sends nothing after a sleep that waited for something before it: the moment that it was meant for is over', () => {
  const desk = aLongDesk()
  desk.want({ kind: 'reverse', epic: EURUSD })
  desk.feed({ kind: 'time-lost', lostMs: 3_600_000 })
  expect(desk.words).toBe('NOT REVERSED: the closes were not confirmed in time; nothing was entered')
  desk.quote()
  confirmClose(desk)
  expect(desk.sent('open')).toHaveLength(1)

  const fresh = aReadyDesk()
  buy(fresh, 'DI1')
  fresh.want({ kind: 'remove-limit', target: { epic: EURUSD } })
  fresh.feed({ kind: 'time-lost', lostMs: 3_600_000 })
  expect(fresh.words).toBe('NOT CHANGED: the broker did not say in time what its legs are')
  fresh.list([aPosition('DI1', { limitLevel: new Decimal('1.09') })])
  expect(fresh.sent('amend')).toEqual([])
})
