import { dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from './book/exposure.ts'
import { aConfirm } from './testing/confirm-fixtures.ts'
import { aPosition, aQuote, EURUSD, GOLD } from './testing/desk-fixtures.ts'
import { aReadyDesk, type DrivenDesk } from './testing/driven-desk.ts'

/** Two markets with live prices. */
function twoMarkets(): DrivenDesk {
  const desk = aReadyDesk()
  desk.quote()
  desk.feed({
    kind: 'quote',
    quote: aQuote({ market: GOLD, decimals: 2, bid: '2000.10', offer: '2000.40', receivedAtMs: desk.nowMs }),
  })
  return desk
}

const enter = (desk: DrivenDesk, epic = GOLD) => desk.want({ kind: 'enter', epic, direction: 'BUY' })

it('has one entry in flight in each market, not one in all', () => {
  const desk = twoMarkets()
  desk.press('BUY')
  enter(desk)
  enter(desk)
  desk.press('BUY')
  expect(desk.sent('open').map(({ order }) => order.market.epic)).toEqual([EURUSD, GOLD])
  expect(desk.recorded('denied').map(({ code }) => code)).toEqual(['in-flight', 'in-flight'])
})

it('holds entries up for an unknown outcome of their own market only', () => {
  const desk = twoMarkets()
  desk.loseReply(desk.press('BUY'))
  desk.press('BUY')
  enter(desk)
  expect(desk.sent('open').map(({ order }) => order.market.epic)).toEqual([EURUSD, GOLD])
  expect(desk.recorded('denied').map(({ code }) => code)).toEqual(['outcome-unknown'])
})

it('says levels in the decimals of the order’s own market', () => {
  const desk = twoMarkets()
  const id = enter(desk)
  const level = desk.state.quotes.get(GOLD)!.offer
  desk.acknowledge(id)
  desk.streamConfirm({ ...aConfirm(id, 'DIGOLD', { level, stopLevel: null }), epic: GOLD })
  expect(desk.words).toBe('FILLED: BOUGHT 1 Spot Gold at 2000.40, NO STOP')
  expect([...desk.state.holdings.values()]).toMatchObject([{ epic: GOLD, pointsPerUnit: 1, marketName: 'Spot Gold' }])
})

it('denies an entry in a market for which nothing was prepared', () => {
  const desk = twoMarkets()
  enter(desk, 'IX.D.DAX.IFD.IP' as typeof GOLD)
  expect(desk.words).toBe('DENIED BUY: no contract was prepared for this market')
})

it('says of each market by itself whether it is flat', () => {
  const desk = twoMarkets()
  desk.pass(15_000)
  desk.list([aPosition('DIGOLD', { epic: GOLD, dealReference: dealReference('SOMEONE') })])
  const word = (epic: typeof GOLD) => exposure(desk.state, { kind: 'market', epic })
  expect([word(EURUSD), word(GOLD), exposure(desk.state)]).toEqual(['flat', 'open', 'open'])
  desk.quote()
  desk.press('BUY')
  expect([word(EURUSD), word(GOLD), exposure(desk.state)]).toEqual(['checking', 'open', 'checking'])
})

it('never sends under a reference that was used before', () => {
  const desk = aReadyDesk({
    recovered: {
      orders: [],
      usedReferences: [dealReference('R1')],
      deals: [],
      facts: [],
      openingEquity: null,
      day: null,
    },
  })
  desk.press('BUY')
  expect([desk.sent('open'), desk.recorded('denied')[0]?.code]).toEqual([[], 'reference-used'])
})
