import { Decimal, dealId } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { aCloseConfirm, aPartCloseConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk, FLAT, lastClose } from '../testing/driven-desk.ts'
import type { Part } from './intent.ts'

const DEAL = dealId('DI1')
const held = (size: string | number, change = {}) => aPosition(DEAL, { size: new Decimal(size), ...change })

/** Holds one position of that size, which the list shows. */
function holding(size: string | number, direction: 'BUY' | 'SELL' = 'BUY'): DrivenDesk {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([held(size, { direction })])
  desk.quote()
  return desk
}

const close = (desk: DrivenDesk, part: Part = 'all') => desk.want({ kind: 'close', dealId: DEAL, part })
const sizes = (desk: DrivenDesk) => [...desk.state.holdings.values()].map(({ size }) => size.toFixed())

it('closes one position whole, in the opposite direction, without asking the guard', () => {
  const desk = holding(3, 'SELL')
  desk.want({ kind: 'disarm' })
  close(desk)
  expect(desk.sent('close')).toMatchObject([
    { id: 'R2.1', order: { dealId: 'DI1', direction: 'BUY', size: new Decimal(3) } },
  ])
  expect(desk.recorded('about-to-close')).toMatchObject([{ direction: 'BUY', size: '3', heldSize: '3' }])
})

it('closes a part, and knows what is left from the confirm', () => {
  const desk = holding(4)
  close(desk, 'quarter')
  expect(desk.words).toBe('CLOSING BUY 1 of 4 EUR/USD Mini')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.streamConfirm(aPartCloseConfirm('IGMADETHIS', 'DI1', { size: new Decimal(1) }))
  expect(desk.words).toBe('CLOSED: BUY 1 of 4 at 1.08502, result +8.40 USD')
  expect([sizes(desk), desk.stage(lastClose(desk)), exposure(desk.state)]).toEqual([['3'], 'done', 'open'])
})

it('does not take a part off twice when the list showed the rest before the confirm came', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.pass(2_000)
  desk.list([held(2)])
  expect(sizes(desk)).toEqual(['2'])
  desk.streamConfirm(aPartCloseConfirm('IGMADETHIS', 'DI1'))
  expect(sizes(desk)).toEqual(['2'])
})

it('believes the confirm of a part over a list that still shows the whole, and reads again', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  desk.streamConfirm(aPartCloseConfirm('IGMADETHIS', 'DI1'))
  desk.list([held(4)])
  expect(sizes(desk)).toEqual(['2'])
  desk.pass(400)
  desk.list([held(2)])
  expect(sizes(desk)).toEqual(['2'])
})

it('does not take somebody else’s close of a part for its own, and knows its own by its name', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.streamConfirm(aPartCloseConfirm('SOMEBODYELSES', 'DI1'))
  expect(desk.stage(lastClose(desk))).toBe('sending')
  desk.streamConfirm(aPartCloseConfirm('IGMADETHIS', 'DI1'))
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  expect(desk.stage(lastClose(desk))).toBe('done')
})

it('does not take the result of somebody else, who closed the rest, for that of the part that it closed', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.streamConfirm(aPartCloseConfirm('IGMADETHIS', 'DI1', { profit: new Decimal(3) }))
  desk.streamConfirm(aCloseConfirm('SOMEBODYELSES', 'DI1', { profit: new Decimal(5) }))
  expect(desk.recorded('filled')).toEqual([])
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  expect(desk.recorded('filled')).toMatchObject([{ profit: '3' }])
})

it('settles the close of a part of unknown outcome by the size that the list shows', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.loseReply(lastClose(desk))
  desk.list([held(4)])
  expect(desk.stage(lastClose(desk))).toBe('checking')
  desk.pass(400)
  desk.list([held(2)])
  expect(desk.stage(lastClose(desk))).toBe('done')
  expect(desk.recorded('filled')).toMatchObject([{ by: 'book', size: '2' }])
  expect(sizes(desk)).toEqual(['2'])
})

it('does not call the close of a part done because somebody else closed another part', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.loseReply(lastClose(desk))
  desk.list([held(3)])
  expect(desk.stage(lastClose(desk))).toBe('checking')
})

it('gives the close of a part up as unresolved while the position stays listed whole', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.loseReply(lastClose(desk))
  for (let i = 0; i < 30; i += 1) {
    if (desk.state.book.reading) desk.list([held(4)])
    desk.pass(500)
  }
  expect(desk.stage(lastClose(desk))).toBe('unresolved')
  expect(desk.words).toBe('UNKNOWN: close of 2, the position is still listed whole; press the key to close again')
})

it('says that the broker closed the rest when the position goes while a part was being closed', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.loseReply(lastClose(desk))
  desk.list()
  expect(desk.news).toContain('CLOSED BY THE BROKER: BUY 4 EUR/USD Mini (stop, limit or elsewhere)')
  expect(desk.recorded('position-gone')).toHaveLength(1)
  expect(desk.stage(lastClose(desk))).toBe('done')
})

it('does not double a close of a position that is under way, whole or in part', () => {
  const desk = holding(4)
  close(desk, 'half')
  close(desk, 'half')
  close(desk)
  expect(desk.sent('close')).toHaveLength(1)
  expect(desk.words).toBe('CLOSING ALREADY: BUY 4 EUR/USD Mini')
  desk.acknowledge(lastClose(desk), 'IGMADETHIS')
  close(desk)
  expect(desk.sent('close')).toHaveLength(1)
})

it('sends the next part once the one before has ended', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.acknowledge(lastClose(desk), 'ONE')
  desk.streamConfirm(aPartCloseConfirm('ONE', 'DI1'))
  close(desk, 'half')
  expect(desk.sent('close').map(({ order }) => order.size.toFixed())).toEqual(['2', '1'])
})

it('flattens what a part that is under way leaves', () => {
  const desk = holding(4)
  close(desk, 'half')
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
  desk.acknowledge(lastClose(desk), 'ONE')
  desk.streamConfirm(aPartCloseConfirm('ONE', 'DI1'))
  expect(desk.sent('close').map(({ order }) => order.size.toFixed())).toEqual(['2', '2'])
  desk.acknowledge(lastClose(desk), 'TWO')
  desk.streamConfirm(aCloseConfirm('TWO', 'DI1'))
  desk.list()
  if (desk.state.book.reading) desk.list()
  expect(desk.words).toBe(FLAT)
})

it('sends a refused close of one position once only, and says why', () => {
  const desk = holding(4)
  close(desk)
  desk.refuse(lastClose(desk), 'error.service.marketdata.position.details.null.error')
  desk.pass(5_000)
  expect(desk.sent('close')).toHaveLength(1)
  expect(desk.news).toContain(
    'REJECTED by the broker, close of 4: error.service.marketdata.position.details.null.error',
  )
})

it.each(['all', { size: new Decimal(0) }, { size: new Decimal(-1) }] as const)(
  'sends nothing for %o of nothing',
  part => {
    const desk = part === 'all' ? aReadyDesk() : holding(4)
    close(desk, part)
    expect(desk.sent('close')).toEqual([])
    expect(desk.words).toMatch(part === 'all' ? /^NOTHING TO CLOSE: / : /^DENIED close: expected a part of the 4 held/)
  },
)
