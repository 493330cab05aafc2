import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { dealOf } from '../day/day.ts'
import { dayTotals } from '../day/day-totals.ts'
import { dealFigures } from '../day/deal-figures.ts'
import { openProfit } from '../day/open-profit.ts'
import { aCloseConfirm, aConfirm, anAmendConfirm, aPartCloseConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aPosition, aQuote, EURUSD } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, type DrivenDesk, LOST, WALL_MS } from '../testing/driven-desk.ts'

const USD = { accountCurrency: 'USD' }
const realised = (desk: DrivenDesk) => dayTotals(desk.state.day).realised?.toFixed() ?? null
const open = (desk: DrivenDesk) => openProfit(desk.state.day, desk.state.quotes).account?.toFixed() ?? null
const deal = (desk: DrivenDesk, name = 'DI1') => dealOf(desk.state.day, dealId(name))

it('knows a deal from its confirm, marks it with each price, and closes it with the broker’s result', () => {
  const desk = aLongDesk(USD)
  desk.quote({ bid: '1.08518', offer: '1.08526' })
  expect([open(desk), realised(desk)]).toEqual(['10', '0'])
  desk.quote({ bid: '1.08318', offer: '1.08326' })
  expect(open(desk)).toBe('-10')
  const figures = dealFigures(desk.state.day, deal(desk)!, desk.state.quotes.get(EURUSD), desk.nowMs)
  expect([figures.r?.toFixed(), figures.inFavour.money?.toFixed(), figures.against.money?.toFixed()]).toEqual([
    '-1',
    '10',
    '-10',
  ])
  desk.press('flatten')
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('-10.01') }))
  expect([open(desk), realised(desk)]).toEqual(['0', '-10.01'])
})

it('builds a round trip from parts', () => {
  const desk = aReadyDesk(USD)
  desk.pass(15_000)
  desk.list([aPosition('DI1', { size: new Decimal(4) })])
  desk.want({ kind: 'close', dealId: dealId('DI1'), part: 'half' })
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aPartCloseConfirm('IG1', 'DI1', { size: new Decimal(2), profit: new Decimal('3') }))
  expect([deal(desk)?.left.toFixed(), realised(desk)]).toEqual(['2', '3'])
  desk.list([aPosition('DI1', { size: new Decimal(2) })])
  expect(deal(desk)?.left.toFixed()).toBe('2')
})

it('fills in what the confirm did not know when the list shows it, once', () => {
  const desk = aReadyDesk(USD)
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.stream(LOST)
  desk.loseReply(id)
  desk.list([aPosition('DI1', { dealReference: dealReference(id) })])
  expect([desk.state.day.open.length, deal(desk)?.level?.toFixed()]).toEqual([1, '1.08418'])
})

it('takes over positions that were open before, with the time for which they were held', () => {
  const desk = aReadyDesk(USD)
  desk.pass(15_000)
  desk.list([aPosition('DI1', { createdAtMs: WALL_MS - 60_000 })])
  expect(deal(desk)?.heldBeforeMs).toBe(60_000 + desk.nowMs)
})

it('follows the stop, and remembers the first one as what was risked', () => {
  const desk = aLongDesk(USD)
  desk.quote({ bid: '1.08500', offer: '1.08508' })
  desk.want({ kind: 'breakeven', target: { epic: EURUSD } })
  desk.acknowledge(desk.sent('amend')[0]!.id, 'IG1')
  desk.streamConfirm(anAmendConfirm('IG1', 'DI1', { stopLevel: new Decimal('1.08418') }))
  expect([deal(desk)?.stop?.toFixed(), deal(desk)?.firstStop?.toFixed()]).toEqual(['1.08418', '1.08318'])
})

it('says of what the broker or somebody else closed that its result is not known', () => {
  const desk = aLongDesk(USD)
  desk.streamPosition('DI1', 'deleted')
  expect([desk.state.day.open, realised(desk)]).toEqual([[], null])
  expect(desk.state.memory.results).toMatchObject([{ id: 'gone-DI1', profit: null, isWhole: true }])
  const other = aReadyDesk(USD)
  other.pass(15_000)
  other.list([aPosition('DI1', { size: new Decimal(4) })])
  other.pass(15_000)
  other.list([aPosition('DI1', { size: new Decimal(3) })])
  expect([deal(other)?.left.toFixed(), realised(other)]).toEqual(['3', null])
})

it('waits for the result of a close of ours that the stream has told the end of, and counts it once', () => {
  const desk = aLongDesk(USD)
  desk.press('flatten')
  desk.streamPosition('DI1', 'deleted')
  expect(desk.state.memory.results).toEqual([])
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('4') }))
  desk.list()
  expect([realised(desk), desk.state.memory.results.length]).toEqual(['4', 1])
})

it('begins the next day when the broker’s own time is past the end of this one', () => {
  const desk = aReadyDesk(USD)
  const at = (ms: number) =>
    desk.feed({ kind: 'quote', quote: aQuote({ receivedAtMs: desk.nowMs, brokerTimeMs: WALL_MS + ms }) })
  at(0)
  buy(desk, 'DI1')
  desk.press('flatten')
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('4') }))
  expect(realised(desk)).toBe('4')
  at(13 * 3_600_000)
  desk.feed({ kind: 'account', figures: { ...desk.state.account!, equity: new Decimal(1_000) } })
  expect([realised(desk), desk.state.memory.realised.toFixed(), desk.state.memory.day?.name]).toEqual([
    '0',
    '0',
    '2026-01-06',
  ])
})

it.each([
  ['price', (desk: DrivenDesk, brokerTimeMs: number) => desk.quote({ brokerTimeMs })],
  ['heartbeat', (desk: DrivenDesk, brokerTimeMs: number) => desk.feed({ kind: 'heartbeat', brokerTimeMs })],
])('begins the next day at the first %s behind midnight, though nothing is traded', (_, tell) => {
  const desk = aReadyDesk(USD)
  tell(desk, WALL_MS)
  expect(desk.state.memory.day?.name).toBe('2026-01-05')
  tell(desk, WALL_MS + 13 * 3_600_000)
  expect(desk.state.memory.day?.name).toBe('2026-01-06')
})

it('does not count on the next day what a confirm tells late of a close that the list settled on this one', () => {
  const desk = aReadyDesk(USD)
  const at = (ms: number) =>
    desk.feed({ kind: 'quote', quote: aQuote({ receivedAtMs: desk.nowMs, brokerTimeMs: WALL_MS + ms }) })
  at(0)
  buy(desk, 'DI1')
  desk.press('flatten')
  const { id } = desk.sent('close')[0]!
  desk.acknowledge(id, 'IG1')
  desk.pass(6_000)
  desk.list()
  desk.list()
  expect(desk.stage(id)).toBe('done')
  at(13 * 3_600_000)
  desk.feed({ kind: 'account', figures: { ...desk.state.account!, equity: new Decimal(1_000) } })
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('4') }))
  expect([realised(desk), desk.state.memory.realised.toFixed()]).toEqual(['0', '0'])
})

it('holds no deal open of which a part was closed elsewhere while a close of ours was under way', () => {
  const desk = aReadyDesk(USD)
  desk.pass(15_000)
  desk.list([aPosition('DI1', { size: new Decimal(2) })])
  desk.press('flatten')
  desk.press('flatten')
  const first = desk.sent('close')[0]!.id
  desk.acknowledge(first, 'IG1')
  desk.pass(1_500)
  desk.list([aPosition('DI1', { size: new Decimal(1) })])
  desk.streamConfirm(aRejection('IG1', 'POSITION_NOT_AVAILABLE_TO_CLOSE'))
  desk.acknowledge(desk.sent('close')[1]!.id, 'IG2')
  desk.streamConfirm(aCloseConfirm('IG2', 'DI1', { size: new Decimal(1), profit: new Decimal('4') }))
  expect([desk.sent('close')[1]!.order.size.toFixed(), open(desk)]).toEqual(['1', '0'])
  expect(desk.state.day.open).toEqual([])
})

it('marks what is left of a deal, when a part was closed elsewhere and our own close was never settled', () => {
  const desk = aReadyDesk(USD)
  desk.pass(15_000)
  desk.list([aPosition('DI1', { size: new Decimal(2) })])
  desk.press('flatten')
  desk.loseReply(desk.sent('close')[0]!.id)
  for (let i = 0; i < 20; i += 1) {
    if (desk.state.book.reading) desk.list([aPosition('DI1', { size: new Decimal(1) })])
    desk.pass(500)
  }
  expect(desk.stage(desk.sent('close')[0]!.id)).toBe('unresolved')
  desk.quote({ bid: '1.08518', offer: '1.08526' })
  expect(open(desk)).toBe('10')
})

it('knows a deal whole when its confirm comes after a list that shows what somebody left of it', () => {
  const desk = aReadyDesk(USD)
  const id = desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY', size: new Decimal(2) })
  desk.loseReply(id)
  desk.pass(3_000)
  desk.list([aPosition('DI1', { size: new Decimal(1), dealReference: dealReference('OTHER') })])
  desk.streamConfirm(aConfirm(id, 'DI1', { size: new Decimal(2) }))
  const { size, left, parts } = deal(desk)!
  expect([size, left].map(figure => figure.toFixed())).toEqual(['2', '1'])
  expect(parts.map(part => [part.id, part.size.toFixed()])).toEqual([['smaller-DI1-1', '1']])
})

/** A list shows two of it, and the next two nothing. */
function holdUntilGone(desk: DrivenDesk): void {
  desk.pass(15_000)
  desk.list([aPosition('DI1', { size: new Decimal(2) })])
  desk.pass(15_000)
  desk.list()
  desk.pass(400)
  desk.list()
}

function expectNoMoreToldOf(desk: DrivenDesk): void {
  const told = desk.recorded('guard').length
  for (let i = 0; i < 5; i++) desk.feed({ kind: 'clock' })
  expect(desk.recorded('guard')).toHaveLength(told)
}

it('ends a deal once more that was shown again after it was gone, and tells the guard no more of it', () => {
  const desk = aReadyDesk(USD)
  holdUntilGone(desk)
  expect(deal(desk)!.left.toFixed()).toBe('0')
  // A stream that goes on where it was lost tells what happened meanwhile, in its order.
  desk.streamPosition('DI1', 'updated')
  expect(deal(desk)!.left.toFixed()).toBe('1')
  desk.streamPosition('DI1', 'deleted')
  const { left, parts } = deal(desk)!
  expect([left.toFixed(), parts.map(({ id, size }) => [id, size.toFixed()])]).toEqual(['0', [['gone-DI1', '2']]])
  expectNoMoreToldOf(desk)
})

it('ends once, and on its day, a deal that was gone, was shown again, and is gone on the next day', () => {
  const desk = aReadyDesk(USD)
  desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS })
  holdUntilGone(desk)
  desk.streamPosition('DI1', 'updated')
  desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS + 13 * 3_600_000 })
  desk.streamPosition('DI1', 'deleted')
  const { left, parts } = deal(desk)!
  expect([left.toFixed(), parts.map(({ id }) => id)]).toEqual(['0', ['gone-DI1~2']])
  expect(desk.state.day.open).toEqual([])
  expectNoMoreToldOf(desk)
})
