import { Decimal, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from './exposure.ts'
import { aCloseConfirm, aConfirm, aPosition, aRejection, aWorkingOrder } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, type DrivenDesk, LOST } from './testing/driven-desk.ts'

const FLAT = 'FLAT: the broker reports no position and no working order'
const listedDeal = () => aPosition('DI1', { dealReference: dealReference('R1') })
const lastClose = (desk: DrivenDesk) => desk.sent('close').at(-1)!.id

/** The close of DI1 is acknowledged and confirmed. */
function close(desk: DrivenDesk): void {
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.streamConfirm(aCloseConfirm('IGMADETHIS', 'DI1'))
}

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

it('says FLAT only after a reading that was asked for after the last change', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  close(desk)
  expect(desk.words).toBe('CLOSED: BUY 1 at 1.08502, result +8.40 USD')
  expect(exposure(desk.state)).toBe('checking')
  desk.streamPosition('DI1', 'deleted')
  desk.list()
  expect([exposure(desk.state), desk.words]).not.toContain(FLAT)
  desk.pass(200)
  desk.list()
  expect([exposure(desk.state), desk.words]).toEqual(['flat', FLAT])
  expect(desk.recorded('flat')).toHaveLength(1)
  expect(desk.state.flatten).toEqual({ kind: 'idle' })
})

it('says FLAT on a press with nothing open, but not before the broker was asked again', () => {
  const desk = aReadyDesk()
  desk.press('flatten')
  expect(desk.words).toBe('CLOSING: asking the broker what is open')
  desk.list()
  expect(desk.words).toBe(FLAT)
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

it('does not double a close in flight, however often the key is pressed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  for (let i = 0; i < 5; i += 1) desk.press('flatten')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.pass(500)
  for (let i = 0; i < 5; i += 1) desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
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
  expect(desk.state.flatten).toEqual({ kind: 'idle' })
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

it('settles a close of unknown outcome by the list, and says so once and truly', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const id = lastClose(desk)
  desk.loseReply(id)
  expect(desk.words).toMatch(/^UNKNOWN, CHECKING: close of 1 was sent/)
  desk.list()
  expect(desk.stage(id)).toBe('filled')
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
  close(desk)
  desk.list()
  desk.pass(500)
  if (desk.state.book.reading) desk.list()
  expect([desk.stage(first), exposure(desk.state)]).toEqual(['filled', 'flat'])
})

it('believes the confirm over a list that still shows the closed position, and waits with FLAT', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  close(desk)
  desk.list([listedDeal()])
  expect([...desk.state.holdings.keys()]).toEqual([])
  expect(exposure(desk.state)).toBe('checking')
  desk.pass(400)
  desk.list([listedDeal()])
  expect(desk.sent('close')).toHaveLength(1)
  expect(exposure(desk.state)).toBe('checking')
  desk.pass(400)
  desk.list()
  expect(desk.words).toBe(FLAT)
})

it('does not bring a closed position back from a list that was asked for before its end and came late', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.press('flatten')
  close(desk)
  desk.pass(6_000)
  desk.list([listedDeal()])
  expect([...desk.state.holdings.keys()]).toEqual([])
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
})

it('says NOT FLAT when a position stays listed long after its close was confirmed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  close(desk)
  for (let i = 0; i < 20; i += 1) {
    if (desk.state.book.reading) desk.list([listedDeal()])
    desk.pass(400)
  }
  expect(desk.words).toMatch(/^NOT FLAT: a position could not be closed/)
  expect(exposure(desk.state)).toBe('open')
  expect(desk.sent('close')).toHaveLength(1)
})

it('does not say FLAT while a working order stays', () => {
  const desk = aReadyDesk()
  desk.press('flatten')
  desk.list([], [aWorkingOrder()])
  expect(exposure(desk.state)).toBe('open')
  expect(desk.words).toBe('NOT FLAT: 1 working order stays; press again, or use the broker’s platform')
})

it('does not say FLAT when the reading fails, and asks again until it succeeds', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  close(desk)
  desk.failReading()
  expect(exposure(desk.state)).toBe('checking')
  expect(desk.words).toBe('the broker does not say what is open: no route to the broker; asking again')
  desk.pass(1_000)
  desk.list()
  expect(desk.words).toBe(FLAT)
})

it('does not say FLAT while the stream is down', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.stream(LOST)
  close(desk)
  desk.list()
  expect(exposure(desk.state)).toBe('unknown')
  desk.stream('recovered')
  desk.list()
  expect(desk.words).toBe(FLAT)
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

it('closes a position that appears while everything is being closed', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  close(desk)
  desk.list([aPosition('DI9')])
  expect(desk.sent('close').map(({ order }) => order.dealId)).toEqual(['DI1', 'DI9'])
})

it('denies entries until FLAT, and allows them after', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  close(desk)
  desk.quote()
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('flattening')
  desk.list()
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
})
