import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, confirmClose, FLAT, lastClose, listedDeal } from '../testing/driven-desk.ts'

it('closes each position once, in the opposite direction and whole, each written down before', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.list([listedDeal(), aPosition('DI2', { direction: 'SELL', size: new Decimal('2.5') })])
  const before = desk.effects.length
  desk.press('flatten')
  expect(desk.effects.slice(before)).toMatchObject([
    { kind: 'journal', record: { kind: 'flatten', positions: 2 } },
    { kind: 'journal', record: { kind: 'about-to-close', dealId: 'DI1', direction: 'SELL', size: '1' } },
    { kind: 'close', order: { dealId: 'DI1', direction: 'SELL' } },
    { kind: 'journal', record: { kind: 'about-to-close', dealId: 'DI2', direction: 'BUY', size: '2.5' } },
    { kind: 'close', order: { dealId: 'DI2', direction: 'BUY' } },
  ])
  expect(desk.words).toBe('CLOSING 2 positions')
})

it('closes what an entry in flight turns into', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.press('flatten')
  desk.list()
  expect(desk.words).not.toBe(FLAT)
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, 'DI1'))
  expect(desk.sent('close')).toMatchObject([{ order: { dealId: 'DI1' } }])
})

it('closes what an entry of unknown outcome turns out to have opened', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  desk.press('flatten')
  desk.pass(20_000)
  expect(desk.sent('close')).toEqual([])
  desk.list([listedDeal()])
  expect(desk.sent('close')).toMatchObject([{ order: { dealId: 'DI1' } }])
})

it('settles a close of unknown outcome by the list, and says so once and truly', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const id = lastClose(desk)
  desk.loseReply(id)
  expect(desk.words).toMatch(/^UNKNOWN, CHECKING: close of 1 was sent/)
  desk.list()
  expect(desk.stage(id)).toBe('done')
  expect(desk.words).toBe(FLAT)
  expect(desk.recorded('filled').at(-1)).toMatchObject({ id, dealId: 'DI1', by: 'book' })
  expect(desk.news.filter(text => text.startsWith('CLOSED'))).toEqual(['CLOSED: BUY 1'])
  expect(desk.recorded('position-gone')).toEqual([])
})

it('does not take a position for closed that the list does not show yet', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  desk.press('flatten')
  const id = lastClose(desk)
  desk.loseReply(id)
  desk.list()
  expect(desk.stage(id)).toBe('checking')
  expect(desk.news.filter(text => text.startsWith('CLOSED'))).toEqual([])
  expect(exposure(desk.state)).toBe('checking')
})

it('does not bring a closed position back from a list that was asked for before its end and came late', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.press('flatten')
  confirmClose(desk)
  desk.pass(6_000)
  desk.list([listedDeal()])
  expect([...desk.state.holdings.keys()]).toEqual([])
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
})

it('closes a position that appears while everything is being closed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  desk.list([aPosition('DI9')])
  expect(desk.sent('close').map(({ order }) => order.dealId)).toEqual(['DI1', 'DI9'])
})
