import { Decimal } from 'decimal.js'
import { expect, it } from 'vitest'
import { PLAIN_OPEN } from '../../testing/plain-open.ts'
import { cashAccount } from '../account-terms.ts'
import { createEngine } from '../engine.ts'
import { markets } from '../market-catalogue.ts'
import { seededRandom } from '../random.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'

it.each([
  ['read all the time', 10_000],
  ['never read before', Number.POSITIVE_INFINITY],
])('forgets the oldest money when there is very much, and still adds up to the cash: %s', (_what, readEach) => {
  const account = cashAccount(new Decimal(10_000_000), { id: 'A' })
  const engine = createEngine({ markets, accounts: [account], random: seededRandom(1) })
  engine.process({ kind: 'tick', epic: EPIC, atMs: 0, bidUnits: 108_417, offerUnits: 108_423 })
  engine.process({
    ...PLAIN_OPEN,
    atMs: 1,
    reference: 'R',
    account: 'A',
  })
  for (let night = 1; night <= 120_000; night++) {
    engine.process({ kind: 'night', atMs: night })
    if (night % readEach === 0) engine.history.activities('A')
  }
  const told = engine.history.transactions('A')
  expect(told.length).toBeLessThanOrEqual(100_001)
  const sum = told.reduce<Decimal>((total, { amount }) => total.plus(amount), new Decimal(0))
  expect(sum.toString()).toBe(engine.account('A').cash.toString())
})
