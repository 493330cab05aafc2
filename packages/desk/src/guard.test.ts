import { Decimal, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { DeskState } from './desk-state.ts'
import { approveClose, type DenialCode, judgeEntry } from './guard.ts'
import { aHolding, aMarket, aPreset, aQuote, EURUSD, GOLD } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, DrivenDesk, LOST } from './testing/driven-desk.ts'

const judge = (desk: DrivenDesk) => {
  const verdict = judgeEntry(desk.state, 'BUY', dealReference('R99'), desk.nowMs)
  return verdict.kind === 'approved' ? 'approved' : verdict.denial.code
}

const SITUATIONS: Record<DenialCode, () => DrivenDesk> = {
  'book-unknown': () => {
    const desk = new DrivenDesk()
    desk.stream('new')
    desk.quote()
    return desk
  },
  flattening: () => {
    const desk = aReadyDesk()
    desk.press('flatten')
    return desk
  },
  'in-flight': () => {
    const desk = aReadyDesk()
    desk.press('SELL')
    return desk
  },
  'outcome-unknown': () => {
    const desk = aReadyDesk()
    desk.loseReply(desk.press('SELL'))
    return desk
  },
  'no-price': () => {
    const desk = aReadyDesk()
    desk.quote({ offer: null })
    return desk
  },
  'stale-price': () => {
    const desk = aReadyDesk()
    desk.stream(LOST)
    return desk
  },
  'crossed-price': () => {
    const desk = aReadyDesk()
    desk.quote({ bid: '1.2', offer: '1.1' })
    return desk
  },
  'market-closed': () => {
    const desk = aReadyDesk()
    desk.quote({ state: 'edits-only' })
    return desk
  },
  preset: () => aReadyDesk({ preset: aPreset({ market: aMarket({ allowsMarketOrders: false }) }) }),
}

it.each(Object.entries(SITUATIONS))('denies an entry with the code %s', (code, situation) => {
  expect(judge(situation())).toBe(code)
})

it.each(Object.values(SITUATIONS).map(situation => [situation()]))(
  'sends nothing, and says why, when it denies',
  desk => {
    const before = desk.sent('open').length
    desk.press('BUY')
    expect(desk.sent('open')).toHaveLength(before)
    const { code, words } = desk.recorded('denied').at(-1)!
    expect(desk.words).toBe(`DENIED BUY: ${words}`)
    expect(code).toBe(judge(desk))
  },
)

it.each(Object.entries(SITUATIONS))(
  'never asks about an exit: closes also when entries are denied with %s',
  (_, situation) => {
    const desk = situation()
    desk.feed({ kind: 'book-read', ask: desk.state.book.asks, book: { positions: [], workingOrders: [] } })
    const holding = aHolding()
    desk.state = { ...desk.state, holdings: new Map([[holding.dealId, holding]]) }
    desk.press('flatten')
    expect(desk.sent('close')).toHaveLength(1)
  },
)

it('lets a second entry pass once the first has ended', () => {
  const desk = aReadyDesk()
  buy(desk, 'DI1')
  expect(judge(desk)).toBe('approved')
  expect(judge(aLongDesk())).toBe('approved')
})

it('is not held up by the unknown outcome of another market', () => {
  const desk = aReadyDesk()
  const id = desk.press('BUY')
  desk.loseReply(id)
  const order = desk.state.orders.get(id)!
  const elsewhere = { ...order, purpose: { ...order.purpose, epic: GOLD } }
  desk.state = { ...desk.state, orders: new Map([[id, elsewhere]]) } satisfies DeskState
  expect(judge(desk)).toBe('approved')
})

it('approves the preset with its stop and limit, at the level on the side that deals', () => {
  const desk = aReadyDesk({ preset: aPreset({ limitPoints: new Decimal(20) }) })
  const buyOrder = judgeEntry(desk.state, 'BUY', dealReference('R1'), desk.nowMs)
  const sellOrder = judgeEntry(desk.state, 'SELL', dealReference('R2'), desk.nowMs)
  expect(buyOrder).toMatchObject({ seenLevel: new Decimal('1.08418') })
  expect(sellOrder).toMatchObject({ seenLevel: new Decimal('1.0841') })
  expect(buyOrder).toMatchObject({
    kind: 'approved',
    order: {
      reference: 'R1',
      market: { epic: EURUSD, expiry: '-', currency: 'USD' },
      direction: 'BUY',
      size: new Decimal(1),
      stop: { distancePoints: new Decimal(10) },
      limit: { distancePoints: new Decimal(20) },
    },
  })
})

it('attaches no leg that the preset does not have', () => {
  const desk = aReadyDesk({ preset: aPreset({ stopPoints: null }) })
  const verdict = judgeEntry(desk.state, 'BUY', dealReference('R1'), desk.nowMs)
  expect(verdict.kind === 'approved' && Object.keys(verdict.order)).toEqual([
    'reference',
    'market',
    'direction',
    'size',
  ])
})

it('closes the whole deal in the opposite direction, so that a close can never open anything', () => {
  expect(approveClose(aHolding({ direction: 'SELL', size: new Decimal('2.5') }))).toEqual({
    dealId: 'DIHELD',
    direction: 'BUY',
    size: new Decimal('2.5'),
  })
})

it('judges by the quote of the preset’s own market', () => {
  const desk = aReadyDesk()
  desk.feed({ kind: 'quote', quote: aQuote({ market: GOLD, state: 'closed', receivedAtMs: desk.nowMs }) })
  expect(judge(desk)).toBe('approved')
})
