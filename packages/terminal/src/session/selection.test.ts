import { initialState } from '@scalpdesk/desk'
import { type DealId, dealId, type Epic, epic } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { aHolding, aRestingOrder } from '../testing/desk-states.ts'
import { aimAt, type Look, markedDeal, markedForeign, markedOrder, markedPosition, movedMark } from './selection.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const DAX = epic('IX.D.DAX.IFD.IP')
const EMPTY = initialState({ contracts: [], accountCurrency: 'EUR' })
const at = (chosen: Epic, picked: DealId | null = null): Look => ({ chosen, picked })

/** Positions, then working orders, in the order in which they came. */
function rows(positions: readonly [string, Epic][], orders: readonly [string, Epic][] = []) {
  return {
    holdings: new Map(positions.map(([id, of]) => [dealId(id), aHolding({ dealId: dealId(id), epic: of })])),
    resting: new Map(orders.map(([id, of]) => [dealId(id), aRestingOrder({ dealId: dealId(id), epic: of })])),
  }
}

describe('the mark', () => {
  const state = rows(
    [
      ['D1', EURUSD],
      ['D2', DAX],
      ['D3', EURUSD],
    ],
    [['O1', EURUSD]],
  )

  it('follows the newest position of the market that is looked at', () => {
    expect(markedDeal(state, at(EURUSD))).toBe('D3')
    expect(markedDeal(state, at(DAX))).toBe('D2')
  })

  it('is on the newest working order where the market has no position', () => {
    expect(markedDeal(rows([['D2', DAX]], [['O1', EURUSD]]), at(EURUSD))).toBe('O1')
    expect(markedDeal(rows([]), at(EURUSD))).toBeNull()
  })

  it('stays where the trader put it, until that row is gone', () => {
    expect(markedDeal(state, at(EURUSD, dealId('D1')))).toBe('D1')
    expect(markedDeal(rows([['D3', EURUSD]]), at(EURUSD, dealId('D1')))).toBe('D3')
  })

  it('moves over positions and then orders, and round', () => {
    expect(movedMark(state, at(EURUSD, dealId('D3')), 1)).toBe('O1')
    expect(movedMark(state, at(EURUSD, dealId('O1')), 1)).toBe('D1')
    expect(movedMark(state, at(EURUSD, dealId('D1')), -1)).toBe('O1')
    expect(movedMark(rows([]), at(EURUSD), 1)).toBeNull()
  })
})

describe('what a key for one row acts on', () => {
  it('is the marked position, or the only one of the market', () => {
    const state = rows([['D1', EURUSD]], [['O1', EURUSD]])
    expect(markedPosition(state, at(EURUSD, dealId('O1')))?.dealId).toBe('D1')
    expect(markedOrder(state, at(EURUSD))?.dealId).toBe('O1')
    expect(
      markedPosition(
        rows(
          [
            ['D1', EURUSD],
            ['D2', EURUSD],
          ],
          [['O1', EURUSD]],
        ),
        at(EURUSD, dealId('O1')),
      ),
    ).toBeNull()
  })

  it('is the marked row from elsewhere, or the only such', () => {
    const ours = aHolding({ dealId: dealId('D1'), epic: EURUSD })
    const foreign = aHolding({ dealId: dealId('D2'), epic: DAX, origin: 'elsewhere' })
    const state = { holdings: new Map([ours, foreign].map(row => [row.dealId, row])), resting: new Map() }
    expect(markedForeign(state, at(EURUSD))?.dealId).toBe('D2')
  })

  const frame = (state: ReturnType<typeof rows>, look: Look) => ({ state: { ...EMPTY, ...state }, look })

  it('is nothing when what was marked on the screen is not what is marked now', () => {
    const before = rows([['D1', EURUSD]])
    const after = rows([
      ['D1', EURUSD],
      ['D2', EURUSD],
    ])
    const now = frame(after, at(EURUSD))
    expect(aimAt(markedPosition, now, frame(before, at(EURUSD)))).toEqual({ kind: 'changed' })
    expect(aimAt(markedPosition, now, null)).toEqual({ kind: 'changed' })
    expect(aimAt(markedPosition, now, now)).toMatchObject({ kind: 'at', row: { dealId: 'D2' } })
    expect(aimAt(markedPosition, frame(rows([]), at(EURUSD)), null)).toEqual({ kind: 'nothing' })
  })
})
