import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aCloseConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aLongDesk, confirmClose, FLAT, lastClose, listedDeal } from '../testing/driven-desk.ts'

it('does not double a close in flight, however often the key is pressed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  for (let i = 0; i < 5; i += 1) desk.press('flatten')
  desk.pass(2_499)
  for (let i = 0; i < 5; i += 1) desk.press('flatten')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.pass(500)
  for (let i = 0; i < 5; i += 1) desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
})

it('closes again on a press 2.5 s after a close that nobody answered, once, and never by itself', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.pass(1_000)
  desk.press('flatten')
  desk.pass(1_500)
  expect(desk.sent('close')).toHaveLength(1)
  desk.press('flatten')
  for (let i = 0; i < 5; i += 1) desk.press('flatten')
  desk.pass(8_000)
  expect(desk.sent('close').map(({ id, order }) => [id, order.dealId, order.size.toFixed()])).toEqual([
    ['R2.1', 'DI1', '1'],
    ['R4.1', 'DI1', '1'],
  ])
  expect(desk.recorded('about-to-close')).toHaveLength(2)
})

it('closes again on a press a second after the outcome became unknown, not before, and never by itself', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.loseReply(lastClose(desk))
  desk.pass(999)
  desk.press('flatten')
  desk.pass(1)
  expect(desk.sent('close')).toHaveLength(1)
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(2)
})

it('sends nothing later for a press that came while the close before was acknowledged', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.pass(2_000)
  desk.press('flatten')
  desk.pass(3_000)
  expect(desk.stage('R2.1')).toBe('checking')
  expect(desk.sent('close')).toHaveLength(1)
})

it('lets go of a deal whose end is confirmed, whichever of its two closes ended it', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.pass(2_500)
  desk.press('flatten')
  desk.streamConfirm(aCloseConfirm('SECOND', 'DI1'))
  desk.refuse('R2.1')
  desk.pass(5_000)
  expect([desk.state.holdings.size, desk.sent('close').length]).toEqual([0, 2])
})

it('tries a provably refused close again, three times in all, then says NOT FLAT', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const sentAt: number[] = []
  const start = desk.nowMs
  for (let i = 0; i < 5 && desk.sent('close').length > sentAt.length; i += 1) {
    sentAt.push(desk.nowMs - start)
    desk.refuse(lastClose(desk))
    desk.list([listedDeal()])
    desk.pass(500)
  }
  expect(sentAt).toEqual([0, 500, 1_000])
  if (desk.state.book.reading) desk.list([listedDeal()])
  expect(desk.words).toBe('NOT FLAT: a position could not be closed; press again, or use the broker’s platform')
  expect(desk.state.flattens).toEqual([])
})

it('tries again after a rejected confirm too, but not when the position is gone meanwhile', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.streamConfirm(aRejection('IGMADETHIS', 'POSITION_NOT_FOUND'))
  desk.list()
  desk.pass(1_000)
  expect(desk.sent('close')).toHaveLength(1)
  expect(desk.words).toBe(FLAT)
  expect(desk.news).toContain('CLOSED BY THE BROKER: BUY 1 EUR/USD Mini (stop, limit or elsewhere)')
})

it('never repeats a close of unknown outcome by itself', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.loseReply(lastClose(desk))
  for (let i = 0; i < 100; i += 1) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list([listedDeal()])
  }
  expect(desk.sent('close')).toHaveLength(1)
})

it('gives a close up as unresolved while the position stays listed, and closes again on the next press', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const first = lastClose(desk)
  desk.loseReply(first)
  for (let i = 0; i < 20 && desk.stage(first) === 'checking'; i += 1) {
    desk.pass(500)
    if (desk.state.book.reading) desk.list([listedDeal()])
  }
  expect(desk.stage(first)).toBe('unresolved')
  if (desk.state.book.reading) desk.list([listedDeal()])
  expect(desk.words).toBe('NOT FLAT: a position could not be closed; press again, or use the broker’s platform')
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(2)
  confirmClose(desk)
  desk.list()
  desk.pass(500)
  if (desk.state.book.reading) desk.list()
  expect([desk.stage(first), exposure(desk.state)]).toEqual(['done', 'flat'])
})

it('takes the unsent close for what it is, and sends it on the next press', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.neverSend(lastClose(desk))
  expect(desk.words).toBe('DENIED close of 1: nothing was sent: no connection')
  desk.pass(2_000)
  desk.list([listedDeal()])
  expect(desk.sent('close')).toHaveLength(1)
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(2)
})
