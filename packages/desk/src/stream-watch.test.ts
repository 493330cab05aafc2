import { expect, it } from 'vitest'
import { exposure } from './exposure.ts'
import { freshness } from './freshness.ts'
import { EURUSD } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, type DrivenDesk, LOST } from './testing/driven-desk.ts'

const price = (desk: DrivenDesk) => freshness(desk.state, desk.state.quotes.get(EURUSD), desk.nowMs)

it('makes prices stale and the exposure unknown when the stream is lost, and says it once', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  desk.stream({ kind: 'connecting' })
  expect([price(desk), exposure(desk.state)]).toEqual(['stale', 'unknown'])
  expect(desk.news.filter(text => text.startsWith('STREAM LOST'))).toHaveLength(1)
  expect(desk.recorded('stream').map(({ status }) => status)).toEqual(['live (new)', 'waiting'])
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
