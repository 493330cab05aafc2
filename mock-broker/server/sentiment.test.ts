import { expect, it } from 'vitest'
import { tradingScript } from '../testing/trading-script.ts'
import { knownIds, sentiment } from './sentiment.ts'

it('adds up to a hundred for every market and seed, and differs between them', () => {
  const seen = new Set<number>()
  for (const seed of [1, 2, 3]) {
    const crowd = sentiment(tradingScript().engine, seed)
    for (const id of knownIds) {
      const { longPositionPercentage: long, shortPositionPercentage: short } = crowd.of(id)
      expect(long + short).toBe(100)
      expect(long).toBeGreaterThan(0)
      expect(short).toBeGreaterThan(0)
      seen.add(long)
    }
  }
  expect(seen.size).toBeGreaterThan(30)
})

it('is the same for the same seed', () => {
  const one = sentiment(tradingScript().engine, 5)
  const other = sentiment(tradingScript().engine, 5)
  for (const id of knownIds) expect(one.of(id)).toEqual(other.of(id))
})

it('moves with what the accounts hold, and back', () => {
  const script = tradingScript()
  const crowd = sentiment(script.engine, 1)
  const before = crowd.of('EURUSD').longPositionPercentage
  script.quote(108_417, 108_423)
  for (let count = 0; count < 20; count++) script.open()
  expect(crowd.of('EURUSD').longPositionPercentage).toBeGreaterThan(before)
  expect(crowd.of('GBPUSD')).toEqual(sentiment(tradingScript().engine, 1).of('GBPUSD'))
  for (const { dealId } of script.engine.positions()) script.close(dealId)
  expect(crowd.of('EURUSD').longPositionPercentage).toBe(before)
})

it('knows nothing of a market that nobody knows', () => {
  expect(sentiment(tradingScript().engine, 1).of('NOPE')).toMatchObject({ longPositionPercentage: 0 })
})
