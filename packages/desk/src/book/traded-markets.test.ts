import { expect, it } from 'vitest'
import { aContract, aGoldContract, aQuote, GOLD } from '../testing/desk-fixtures.ts'
import { aReadyDesk } from '../testing/driven-desk.ts'

function pickedGold() {
  const desk = aReadyDesk({ contracts: [aContract()] })
  desk.quote()
  desk.feed({ kind: 'trade-market', contract: aGoldContract() })
  return desk
}

it('trades a market that was picked while the desk runs, and writes down what a restart has to know of it', () => {
  const desk = pickedGold()
  expect(desk.words).toContain('TRADED FROM NOW ON: Spot Gold')
  expect(desk.recorded('market-traded')).toMatchObject([{ epic: GOLD, name: 'Spot Gold', currency: 'USD' }])
  desk.feed({
    kind: 'quote',
    quote: aQuote({ market: GOLD, decimals: 2, bid: '2000.10', offer: '2000.40', receivedAtMs: desk.nowMs }),
  })
  desk.want({ kind: 'enter', epic: GOLD, direction: 'BUY' })
  expect(desk.sent('open').map(({ order }) => order.market.epic)).toEqual([GOLD])
})

it('leaves a market that is traded already as it is', () => {
  const desk = pickedGold()
  const before = desk.state.contracts.get(GOLD)
  desk.feed({ kind: 'trade-market', contract: aGoldContract() })
  expect(desk.state.contracts.get(GOLD)).toBe(before)
  expect(desk.recorded('market-traded')).toHaveLength(1)
})
