import { dealId } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from '../book/exposure.ts'
import { ACCOUNT } from '../book/scope.ts'
import { aCancelConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aPosition, aWorkingOrder, EURUSD, GOLD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk, FLAT } from '../testing/driven-desk.ts'

const ONE = aWorkingOrder('DO1')
const TWO = aWorkingOrder('DO2', { epic: GOLD })

/** Two working orders rest, one in each market. */
function resting(): DrivenDesk {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([], [ONE, TWO])
  return desk
}

const cancelled = (desk: DrivenDesk) => desk.sent('cancel').map(({ order }) => order.dealId)
const last = (desk: DrivenDesk) => desk.sent('cancel').at(-1)!.id
const cancelOne = (desk: DrivenDesk) => desk.want({ kind: 'cancel', orders: { dealId: dealId('DO1') } })

it('cancels one, those of a market, or all, each once and written down before', () => {
  const one = resting()
  cancelOne(one)
  expect(cancelled(one)).toEqual(['DO1'])
  const market = resting()
  market.want({ kind: 'cancel', orders: { scope: { kind: 'market', epic: GOLD } } })
  expect(cancelled(market)).toEqual(['DO2'])
  const all = resting()
  const before = all.effects.length
  all.want({ kind: 'cancel', orders: { scope: ACCOUNT } })
  all.want({ kind: 'cancel', orders: { scope: ACCOUNT } })
  expect(all.effects.slice(before)).toMatchObject([
    { kind: 'journal', record: { kind: 'about-to-cancel', dealId: 'DO1' } },
    { kind: 'cancel', id: 'R1.1', isExit: false },
    { kind: 'journal', record: { kind: 'about-to-cancel', dealId: 'DO2' } },
    { kind: 'cancel', id: 'R1.2', isExit: false },
  ])
})

it('never asks the guard', () => {
  const desk = resting()
  desk.want({ kind: 'disarm' })
  cancelOne(desk)
  expect(cancelled(desk)).toEqual(['DO1'])
})

it('knows that an order rests no more from its confirm, before or after the acknowledgement', () => {
  const desk = resting()
  cancelOne(desk)
  desk.acknowledge(last(desk), 'IGMADETHIS')
  desk.streamConfirm(aCancelConfirm('IGMADETHIS', 'DO1'))
  expect([desk.stage(last(desk)), [...desk.state.resting.keys()]]).toEqual(['done', ['DO2']])
  expect(desk.words).toBe('CANCELLED: the order rests no more')
  const early = resting()
  cancelOne(early)
  early.streamConfirm(aCancelConfirm('IGMADETHIS', 'DO1'))
  expect(early.stage(last(early))).toBe('done')
})

it('believes the confirm over a list that still shows the order', () => {
  const desk = resting()
  cancelOne(desk)
  desk.streamConfirm(aCancelConfirm('IGMADETHIS', 'DO1'))
  desk.list([], [ONE, TWO])
  expect([...desk.state.resting.keys()]).toEqual(['DO2'])
})

it('settles a cancellation of unknown outcome by the list, and gives it up while the order stays listed', () => {
  const desk = resting()
  cancelOne(desk)
  desk.loseReply(last(desk))
  desk.list([], [TWO])
  expect(desk.stage(last(desk))).toBe('done')
  // It may have been dealt instead.
  expect(desk.words).toMatch(/^GONE: .*cancelled or dealt/)
  const still = resting()
  cancelOne(still)
  still.loseReply(last(still))
  for (let i = 0; i < 30; i += 1) {
    if (still.state.book.reading) still.list([], [ONE, TWO])
    still.pass(500)
  }
  expect(still.stage(last(still))).toBe('unresolved')
})

it('settles nothing by a reading without the working orders', () => {
  const desk = resting()
  cancelOne(desk)
  desk.loseReply(last(desk))
  desk.list([], null)
  expect(desk.stage(last(desk))).toBe('checking')
})

it('asks the broker when no such order is known', () => {
  const desk = aReadyDesk()
  cancelOne(desk)
  expect(desk.words).toBe('NOTHING TO CANCEL: no such working order is known; asking the broker')
  expect(desk.state.book.reading).not.toBeNull()
})

it('flattens by cancelling and closing at once, as exits, and then says FLAT', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI1')], [ONE, TWO])
  const before = desk.effects.length
  desk.press('flatten')
  const sent = desk.effects.slice(before).filter(({ kind }) => kind !== 'journal')
  expect(sent).toMatchObject([
    { kind: 'cancel', id: 'R1.1', isExit: true },
    { kind: 'cancel', id: 'R1.2', isExit: true },
    { kind: 'close', id: 'R1.3' },
  ])
  expect(desk.words).toBe('CLOSING 1 position and 2 working orders')
  for (const { id } of desk.sent('cancel')) desk.acknowledge(id, `IG-${id.replace('.', '-')}`)
  for (const { id, order } of desk.sent('cancel'))
    desk.streamConfirm(aCancelConfirm(`IG-${id.replace('.', '-')}`, order.dealId))
  expect(exposure(desk.state)).toBe('checking')
  desk.feed({ kind: 'trade', trade: { kind: 'feed', state: 'listening' } })
  desk.pass(1_000)
  desk.loseReply('R1.3')
  if (desk.state.book.reading) desk.list()
  if (desk.state.book.reading) desk.list()
  expect(desk.words).toBe(FLAT)
  expect(desk.recorded('flat')).toMatchObject([{ scope: { kind: 'account' }, timeToFlatMs: 1_001 }])
})

it('closes what an order fills into while it is being cancelled', () => {
  const desk = resting()
  desk.press('flatten')
  const [first] = desk.sent('cancel')
  desk.acknowledge(first!.id, 'IGMADETHIS')
  desk.streamConfirm(aRejection('IGMADETHIS', 'ORDER_NOT_FOUND'))
  desk.list([aPosition('DIFILLED')], [TWO])
  expect(desk.sent('close')).toMatchObject([{ order: { dealId: 'DIFILLED' } }])
})

it('flattens one market and leaves the other alone', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  const gold = aPosition('DIGOLD', { epic: GOLD })
  desk.list([aPosition('DI1'), gold], [ONE, TWO])
  desk.want({ kind: 'flatten', scope: { kind: 'market', epic: EURUSD } })
  expect([cancelled(desk), desk.sent('close').map(({ order }) => order.dealId)]).toEqual([['DO1'], ['DI1']])
  desk.loseReply('R1.1')
  desk.loseReply('R1.2')
  if (desk.state.book.reading) desk.list([gold], [TWO])
  if (desk.state.book.reading) desk.list([gold], [TWO])
  expect(desk.words).toBe('FLAT in EUR/USD Mini: the broker reports no position and no working order')
  expect([exposure(desk.state, { kind: 'market', epic: EURUSD }), exposure(desk.state)]).toEqual(['flat', 'open'])
})

it('flattens two markets side by side, and takes the whole account over both', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI1'), aPosition('DIGOLD', { epic: GOLD })])
  desk.want({ kind: 'flatten', scope: { kind: 'market', epic: EURUSD } })
  desk.want({ kind: 'flatten', scope: { kind: 'market', epic: GOLD } })
  expect(desk.state.flattens).toHaveLength(2)
  desk.press('flatten')
  desk.want({ kind: 'flatten', scope: { kind: 'market', epic: GOLD } })
  expect(desk.state.flattens.map(({ scope }) => scope)).toEqual([{ kind: 'account' }])
  expect(desk.sent('close')).toHaveLength(2)
})
