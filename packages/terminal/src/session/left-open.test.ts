import { initialState } from '@scalpdesk/desk'
import { Decimal, dealId, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { MARKET } from '../testing/desk-states.ts'
import { leftOpen } from './left-open.ts'

const EMPTY = initialState({
  preset: { market: MARKET, size: new Decimal(1), stopPoints: new Decimal(15), limitPoints: null },
  accountCurrency: 'EUR',
})

it('says nothing when nothing is known to stay', () => {
  expect(leftOpen(EMPTY)).toBeNull()
})

it('names each position with its stop, or that it has none', () => {
  const holding = {
    dealId: dealId('DIAAAA1'),
    reference: null,
    epic: epic('CS.D.EURUSD.CFD.IP'),
    marketName: 'EUR/USD',
    direction: 'SELL',
    size: new Decimal('0.5'),
    level: new Decimal('1.1'),
    stopLevel: null,
    limitLevel: null,
    currency: 'USD',
    contractSize: new Decimal(100_000),
    pointsPerUnit: 10_000,
    seen: { kind: 'listed' },
  } as const
  const state = { ...EMPTY, holdings: new Map([[holding.dealId, holding]]) }
  expect(leftOpen(state)).toBe('left open at the broker: SELL 0.5 EUR/USD (NO STOP)')
})
