import { Decimal, DecodeError, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { anAmendConfirm, aRejection } from '../testing/confirm-fixtures.ts'
import { aPosition, aPositionUpdate, aWorkingOrder, aWorkingOrderUpdate } from '../testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, DrivenDesk } from '../testing/driven-desk.ts'
import { exposure } from './exposure.ts'

const listedDeal = () => aPosition('DI1', { dealReference: dealReference('R1') })

it('asks what is open first of all, and says when it knows', () => {
  const desk = new DrivenDesk()
  desk.feed({ kind: 'clock' })
  expect(desk.sent('read-book')).toEqual([{ kind: 'read-book', ask: 1 }])
  desk.list()
  expect(desk.words).toBe('READY: nothing is open')
})

it('adopts what is open already, and says so', () => {
  const desk = new DrivenDesk()
  desk.feed({ kind: 'clock' })
  desk.list([aPosition('DI5', { direction: 'SELL', size: new Decimal(2) })])
  expect(desk.news).toEqual(['ALREADY OPEN: SELL 2 EUR/USD Mini', 'READY: 1 position open'])
  expect(desk.recorded('position-appeared')).toMatchObject([{ dealId: 'DI5' }])
})

it('asks one question at a time, and ignores an answer to another', () => {
  const desk = new DrivenDesk()
  desk.feed({ kind: 'clock' })
  desk.pass(60_000)
  expect(desk.sent('read-book')).toHaveLength(1)
  desk.feed({ kind: 'book-read', ask: 7, book: { positions: [listedDeal()], workingOrders: [] } })
  desk.feed({ kind: 'book-failed', ask: 7, cause: new Error('late') })
  expect([desk.state.holdings.size, desk.state.book.agreedAt]).toEqual([0, null])
})

it('looks again every fifteen seconds when nothing happens', () => {
  const desk = aReadyDesk()
  const asks = desk.state.book.asks
  desk.pass(14_999)
  expect(desk.state.book.asks).toBe(asks)
  desk.pass(1)
  expect(desk.state.book.asks).toBe(asks + 1)
})

it('asks ever less often while readings fail, because each attempt spends the allowance', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  const gaps: number[] = []
  for (let i = 0; i < 6; i += 1) {
    desk.failReading()
    const failedAtMs = desk.nowMs
    const { asks } = desk.state.book
    while (desk.state.book.asks === asks) desk.pass(100)
    gaps.push(desk.nowMs - failedAtMs)
  }
  expect(gaps).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  desk.list()
  desk.pass(15_000)
  desk.failReading()
  const { asks } = desk.state.book
  desk.pass(1_000)
  expect(desk.state.book.asks).toBe(asks + 1)
})

it('keeps a confirmed position that the list does not show yet, and asks again soon', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  desk.pass(3_000)
  desk.list()
  expect([...desk.state.holdings.keys()]).toEqual(['DI1'])
  const { asks } = desk.state.book
  desk.pass(400)
  expect(desk.state.book.asks).toBe(asks + 1)
  desk.list([listedDeal()])
  expect(desk.state.holdings.get(listedDeal().dealId)?.seen).toEqual({ kind: 'listed' })
  expect(desk.recorded('position-appeared')).toEqual([])
})

it('keeps a confirmed position whose list was asked for before the confirm and came late', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.quote()
  buy(desk, 'DI1')
  desk.pass(6_000)
  desk.list()
  expect([...desk.state.holdings.keys()]).toEqual(['DI1'])
})

it('lets a confirmed position go that no list shows for five seconds', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  for (let i = 0; i < 20; i += 1) {
    desk.pass(400)
    if (desk.state.book.reading) desk.list()
  }
  expect(exposure(desk.state)).toBe('flat')
  expect(desk.recorded('position-gone')).toMatchObject([{ dealId: 'DI1' }])
})

it('takes size, level and stop of a position from the list once that shows it', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.list([{ ...listedDeal(), size: new Decimal('0.5'), stopLevel: null }])
  expect([...desk.state.holdings.values()]).toMatchObject([{ size: new Decimal('0.5'), stopLevel: null }])
})

it('announces a position that was opened elsewhere, once', () => {
  const desk = aReadyDesk()
  desk.streamPosition('DI7', 'open')
  desk.pass(200)
  desk.list([aPosition('DI7')])
  expect(desk.words).toBe('OPENED ELSEWHERE: BUY 1 EUR/USD Mini')
  desk.pass(15_000)
  desk.list([aPosition('DI7')])
  expect(desk.recorded('position-appeared')).toHaveLength(1)
})

it('announces a position of an order that the broker had rejected', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aRejection(id, 'UNKNOWN'))
  desk.list([listedDeal()])
  expect(desk.words).toBe('OPEN ALTHOUGH REFUSED: BUY 1 EUR/USD Mini')
  expect(desk.recorded('position-appeared')).toMatchObject([{ dealId: 'DI1' }])
})

it('announces a position that its stop closed: by the stream, once', () => {
  const desk = aLongDesk()
  desk.streamPosition('DI1', 'deleted')
  expect(desk.words).toBe('CLOSED BY THE BROKER: BUY 1 EUR/USD Mini (stop, limit or elsewhere)')
  desk.pass(200)
  desk.list()
  expect(desk.recorded('position-gone')).toMatchObject([{ dealId: 'DI1' }])
  expect(exposure(desk.state)).toBe('flat')
})

it('announces a position that is gone from the list, once a second one leaves it out: the stream has told of no end', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.list()
  expect([exposure(desk.state), desk.recorded('position-gone')]).toEqual(['open', []])
  desk.pass(400)
  desk.list([listedDeal()])
  desk.pass(15_000)
  desk.list()
  desk.pass(400)
  desk.list()
  expect(desk.words).toBe('CLOSED BY THE BROKER: BUY 1 EUR/USD Mini (stop, limit or elsewhere)')
  expect(desk.recorded('position-gone')).toHaveLength(1)
})

it('does not blame the broker for a position that a close of ours ends', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  desk.streamPosition('DI1', 'deleted')
  desk.pass(200)
  desk.list()
  expect(desk.recorded('position-gone')).toEqual([])
})

it('asks at once after an event of the account that could not be read, and after a working order changed', () => {
  const desk = aReadyDesk()
  const { asks } = desk.state.book
  const update = aWorkingOrderUpdate('DI8')
  desk.feed({ kind: 'trade', trade: { kind: 'working-order', update } })
  expect(desk.state.book.asks).toBe(asks + 1)
  expect(exposure(desk.state)).toBe('open')
})

it('looks what is open a while after an order was sent, even if nothing comes back about it', () => {
  const desk = aReadyDesk()
  const { asks } = desk.state.book
  desk.press('BUY')
  desk.pass(2_999)
  expect(desk.state.book.asks).toBe(asks)
  desk.pass(1)
  expect(desk.state.book.asks).toBe(asks + 1)
})

it('takes the positions of a reading that comes without working orders, says once what is missing, and asks again', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([aPosition('DI5')], null)
  expect([...desk.state.holdings.keys()]).toEqual(['DI5'])
  expect(desk.state.areOrdersListed).toBe(false)
  const gaps: number[] = []
  for (let i = 0; i < 5; i += 1) {
    const startMs = desk.nowMs
    const { asks } = desk.state.book
    while (desk.state.book.asks === asks) desk.pass(100)
    gaps.push(desk.nowMs - startMs)
    desk.list([], null)
    expect(exposure(desk.state)).toBe(i === 0 ? 'open' : 'checking')
  }
  expect(gaps).toEqual([1_000, 2_000, 4_000, 8_000, 15_000])
  expect(desk.news.filter(text => text.includes('working orders'))).toEqual([
    'the broker does not list the working orders; positions are known, FLAT is withheld, asking again',
  ])
  desk.pass(15_000)
  desk.list()
  expect(exposure(desk.state)).toBe('flat')
})

it('does not call nothing open at the start when the working orders are not known', () => {
  const desk = new DrivenDesk()
  desk.feed({ kind: 'clock' })
  desk.list([], null)
  expect(desk.words).toBe('READY: no position is open; the working orders are not known')
})

it('does not show a working order that was listed as still there, or as gone, when the list of them fails', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list([], [aWorkingOrder()])
  desk.pass(15_000)
  desk.list([], null)
  expect([desk.state.areOrdersListed, exposure(desk.state)]).toEqual([false, 'checking'])
})

it('keeps what one list has shown when the next is from before it, as where several servers answer', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  desk.pass(1_000)
  desk.streamPosition('DI9', 'open')
  desk.tellWorkingOrder('DIORDER1', { status: 'open' })
  desk.pass(200)
  desk.list([listedDeal(), aPosition('DI9')], [aWorkingOrder('DIORDER1')])
  const { asks } = desk.state.book
  desk.press('flatten')
  desk.pass(1_500)
  expect(desk.state.book.asks).toBe(asks + 1)
  desk.list()
  expect([desk.state.holdings.size, desk.state.resting.size, exposure(desk.state)]).toEqual([2, 1, 'checking'])
  expect(desk.recorded('position-gone')).toEqual([])
})

it('believes a confirmed change over a list from before it, also after one that showed it', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.list([listedDeal()])
  desk.quote()
  desk.want({
    kind: 'set-leg',
    leg: 'stop',
    to: { level: new Decimal('1.08') },
    target: { dealId: listedDeal().dealId },
  })
  desk.acknowledge('R2.1', 'IG2')
  const stopLevel = new Decimal('1.08')
  desk.streamConfirm(anAmendConfirm('IG2', 'DI1', { stopLevel }))
  desk.pass(3_000)
  desk.list([{ ...listedDeal(), stopLevel }])
  desk.streamPosition('DI8', 'open')
  desk.pass(200)
  desk.list([listedDeal()])
  expect(desk.state.holdings.get(listedDeal().dealId)?.stopLevel?.toFixed()).toBe('1.08')
})

it('asks until a list is surely from after what the stream told and nobody could read, and shows no FLAT before', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  desk.list()
  expect(exposure(desk.state)).toBe('flat')
  desk.feed({ kind: 'trade', trade: { kind: 'unreadable', error: new DecodeError('OPU', 'JSON', 'something else') } })
  desk.list()
  expect(exposure(desk.state)).toBe('checking')
  const asked = desk.state.book.asks
  for (let i = 0; i < 12 && exposure(desk.state) !== 'flat'; i++) {
    desk.pass(500)
    if (desk.state.book.reading) desk.list()
  }
  expect([exposure(desk.state), desk.state.book.asks > asked]).toEqual(['flat', true])
  expect(desk.nowMs - desk.state.book.missedAtMs).toBeGreaterThanOrEqual(5_000)
})

it('believes a list that shows less of a position than was known, though it is behind with its stop', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.list([listedDeal()])
  desk.quote()
  const to = { level: new Decimal('1.08') }
  desk.want({ kind: 'set-leg', leg: 'stop', to, target: { dealId: listedDeal().dealId } })
  desk.acknowledge('R2.1', 'IG2')
  desk.streamConfirm(anAmendConfirm('IG2', 'DI1', { stopLevel: to.level }))
  desk.pass(3_000)
  desk.list([{ ...listedDeal(), size: new Decimal('0.5') }])
  const { size, stopLevel } = desk.state.holdings.get(listedDeal().dealId)!
  expect([size.toFixed(), stopLevel?.toFixed()]).toEqual(['0.5', '1.08'])
})

it('asks until a list is surely from after a part was closed elsewhere, of which the stream told', () => {
  const desk = aLongDesk()
  desk.pass(15_000)
  desk.list([listedDeal()])
  const update = aPositionUpdate('DI1', { status: 'updated', size: new Decimal('0.5') })
  desk.feed({ kind: 'trade', trade: { kind: 'position', update } })
  desk.pass(200)
  desk.list([listedDeal()])
  const { asks } = desk.state.book
  desk.pass(1_000)
  expect(desk.state.book.asks).toBe(asks + 1)
  desk.list([{ ...listedDeal(), size: new Decimal('0.5') }])
  expect(desk.state.holdings.get(listedDeal().dealId)?.size.toFixed()).toBe('0.5')
})
