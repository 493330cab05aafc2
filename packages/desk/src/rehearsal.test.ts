import { Decimal, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { Contract } from './contract.ts'
import type { GuardLimits } from './guard/limits.ts'
import { rehearse } from './rehearsal.ts'
import { aContract } from './testing/desk-fixtures.ts'

const PRESETS: readonly (readonly [string, Contract])[] = [
  ['may be armed', aContract()],
  ['has no legs', aContract({ stopPoints: null })],
  ['the guard denies', aContract({ size: new Decimal(0) }, { allowsMarketOrders: false })],
]

it.each(PRESETS)('can be played with a preset that %s, and leaves the preset as it was', (_, contract) => {
  const before = structuredClone([...contract.presets.keys()])
  rehearse({ contracts: [contract], accountCurrency: 'EUR' }, 4)
  expect([...contract.presets.keys()]).toEqual(before)
})

it('plays an entry to its end whatever the limits are, with each check at work: a key must not be the first to come past it', () => {
  const limits: Partial<GuardLimits> = {
    allowedMarkets: [epic('CS.D.OTHER.CFD.IP')],
    everyMarket: { maxOrderSize: new Decimal(0), maxHeldSize: new Decimal(0), maxSpreadPoints: new Decimal(0) },
    maxOpenPositions: 1,
    maxEntriesPerMinute: 1,
    maxDayLoss: new Decimal(1),
    tradingHours: [[{ days: ['sat'], from: '03:00', until: '03:01' }]],
    minMarginLeft: new Decimal(1_000_000),
  }
  const kinds: string[] = []
  const setup = { contracts: [aContract()], accountCurrency: 'EUR', isArmed: false, limits }
  rehearse(setup, 1, record => kinds.push(record.kind))
  expect(kinds).toContain('about-to-open')
  expect(kinds).toContain('about-to-close')
  expect(kinds).not.toContain('denied')
})
