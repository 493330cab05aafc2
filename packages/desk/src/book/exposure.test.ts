import { dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { leavesExposure } from '../desk.ts'
import { aPosition, aWorkingOrder } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, DrivenDesk, LOST } from '../testing/driven-desk.ts'
import { exposure } from './exposure.ts'

const word = (desk: DrivenDesk) => [exposure(desk.state), leavesExposure(desk.state)]

it('is unknown before the broker has said what is open', () => {
  const desk = new DrivenDesk()
  expect(word(desk)).toEqual(['unknown', true])
  desk.stream('new')
  expect(word(desk)).toEqual(['unknown', true])
})

it('is flat once a reading that nothing overtook shows nothing', () => {
  expect(word(aReadyDesk())).toEqual(['flat', false])
})

it('is checking while an order waits for its outcome', () => {
  const desk = aReadyDesk()
  desk.press('BUY')
  expect(word(desk)).toEqual(['checking', true])
})

it('is open with a position', () => {
  expect(word(aLongDesk())).toEqual(['open', true])
})

it('is open with a working order alone', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([], [aWorkingOrder()])
  expect(word(desk)).toEqual(['open', true])
})

it('is checking when something may have changed since the reading was asked for', () => {
  const desk = aReadyDesk()
  desk.streamPosition('DIELSEWHERE', 'deleted')
  expect(word(desk)).toEqual(['checking', true])
})

it('is unknown, not flat, while the stream is down', () => {
  const desk = aReadyDesk()
  desk.stream(LOST)
  expect(word(desk)).toEqual(['unknown', true])
})

it('is unknown while an entry could not be settled, also beside a position, until it is', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  for (let i = 0; i < 70; i += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list()
  }
  expect([desk.stage(id), ...word(desk)]).toEqual(['unresolved', 'unknown', true])
  desk.pass(15_000)
  desk.list([aPosition('DI7')])
  expect(word(desk)).toEqual(['unknown', true])
  desk.pass(15_000)
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect(word(desk)).toEqual(['open', true])
})

it('is unknown until trade events are heard, and while they are not', () => {
  const desk = new DrivenDesk()
  desk.stream('new')
  desk.list()
  if (desk.state.book.reading) desk.list()
  expect(word(desk)).toEqual(['unknown', true])
  desk.trades('listening')
  expect(word(desk)).toEqual(['checking', true])
  desk.list()
  expect(word(desk)).toEqual(['flat', false])
  desk.trades('interrupted')
  expect(word(desk)).toEqual(['unknown', true])
})

it('is open, whoever is listening, while a position is held', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  desk.trades('interrupted')
  expect(word(desk)).toEqual(['open', true])
})

it('is not flat any more once a reading has failed', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  expect(exposure(desk.state)).toBe('flat')
  desk.failReading()
  expect(exposure(desk.state)).toBe('checking')
})

it('is not flat as soon as a working order is gone that nobody cancelled: the list of positions may not show yet what it became', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([], [aWorkingOrder()])
  expect(exposure(desk.state)).toBe('open')
  desk.stream(LOST)
  desk.stream('replaced')
  desk.trades('listening')
  desk.pass(0)
  desk.list()
  if (desk.state.book.reading) desk.list()
  expect(exposure(desk.state)).toBe('checking')
  desk.pass(1_000)
  desk.list([aPosition('DI9')])
  expect(exposure(desk.state)).toBe('open')
})

it('is flat once the lists have had the time to show what a working order that is gone became', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([], [aWorkingOrder()])
  for (let second = 0; second < 30; second += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list()
  }
  expect(exposure(desk.state)).toBe('flat')
})
