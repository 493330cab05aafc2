import { describe, expect, it } from 'vitest'
import type { Candle } from '../candle.ts'
import { epic } from '../ids.ts'
import { RESOLUTIONS } from '../resolutions.ts'
import { EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const THIS_MINUTE_MS = Math.floor(START_MS / MINUTE_MS) * MINUTE_MS
const minutes = { epic: EURUSD, resolution: 'minute' } as const
/** IG does not say in which zone it reads a range; the mock broker reads it in the account's. */
const ZONE = { zoneOffsetHours: 1 } as const
const threeHours = { ...minutes, fromMs: THIS_MINUTE_MS - 3 * HOUR_MS, toMs: THIS_MINUTE_MS, ...ZONE }

describe('the latest bars', () => {
  it('come oldest first, up to the one that is forming, with both sides of the price', async () => {
    await using contract = await startContract()
    const { candles, instrumentType } = await contract.ig.prices.list({ ...minutes, latest: 25 })
    expect(instrumentType).toBe('currencies')
    expect(candles.map(candle => candle.atMs)).toEqual(countTo(THIS_MINUTE_MS, 25))
    const last = candles.at(-1)
    expect(last?.localTime).toBe('2026/06/17 10:30:00')
    expect([last?.close.bid?.toFixed(), last?.close.offer?.toFixed(), last?.close.lastTraded]).toEqual([
      '1.08417',
      '1.08423',
      null,
    ])
    for (const { low, high, open, close } of candles) {
      for (const price of [open, close]) {
        expect(price.bid?.gte(low.bid ?? 0) && price.bid.lte(high.bid ?? 0)).toBe(true)
      }
    }
  })

  it.each(RESOLUTIONS)('of the resolution %s each begin once, one after the other', async resolution => {
    await using contract = await startContract()
    const { candles } = await contract.ig.prices.list({ epic: EURUSD, resolution, latest: 3 })
    const starts = candles.map(candle => candle.atMs ?? 0)
    expect(starts).toHaveLength(3)
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b))
    expect(starts.at(-1)).toBeLessThanOrEqual(START_MS)
  })

  it('of a day begin at midnight of the account', async () => {
    await using contract = await startContract()
    const { candles } = await contract.ig.prices.list({ epic: EURUSD, resolution: 'day', latest: 1 })
    expect(candles).toMatchObject([{ localTime: '2026/06/17 00:00:00', atMs: Date.UTC(2026, 5, 16, 23) }])
  })
})

describe('the bars of a time', () => {
  it('come by pages without one that is left out or told twice', async () => {
    await using contract = await startContract()
    const { prices } = contract.ig
    const { candles: whole } = await prices.list(threeHours)
    expect(whole.map(candle => candle.atMs)).toEqual(countTo(THIS_MINUTE_MS, 181))
    for (const pageSize of [1000, 181, 180, 60, 7]) {
      expect(await Array.fromAsync(prices.candles(threeHours, { pageSize }))).toEqual(whole)
    }
    const pages = await Array.fromAsync(prices.pages(threeHours, { pageSize: 50 }))
    expect(pages.map(page => page.candles.length)).toEqual([50, 50, 50, 31])
  })

  it('are the same in the older forms, which have no UTC', async () => {
    await using contract = await startContract()
    const { prices } = contract.ig
    const { candles } = await prices.list(threeHours)
    const second = await prices.between(threeHours)
    expect(second.candles).toEqual(candles.map(candle => ({ ...candle, atMs: null })))
    const latest = await prices.latest({ ...minutes, latest: 181 })
    expect(latest.candles).toEqual(second.candles)
    const first = await prices.betweenV1(threeHours)
    expect(first.candles.map(withoutTime)).toEqual(second.candles.map(withoutTime))
    expect(first.candles.at(-1)?.localTime).toBe('2026:06:17-10:30:00')
  })

  it('have none of the weekend', async () => {
    await using contract = await startContract()
    const friday = Date.UTC(2026, 5, 12, 20)
    const request = { epic: EURUSD, resolution: 'hour', fromMs: friday, toMs: friday + 60 * HOUR_MS, ...ZONE } as const
    const starts = (await contract.ig.prices.list(request)).candles.map(candle => candle.atMs)
    expect(starts.slice(0, 3)).toEqual([friday, friday + HOUR_MS, Date.UTC(2026, 5, 14, 22)])
  })
})

describe('the allowance of price points', () => {
  it('loses one for each bar of each answer, and is known to the connection', async () => {
    await using contract = await startContract()
    const { ig } = contract
    expect(ig.allowances.view().historicalPoints).toBeNull()
    const { allowance } = await ig.prices.list({ ...minutes, latest: 25 })
    expect(allowance).toEqual({ remaining: 9975, total: 10_000, resetsInSeconds: 7 * 86_400 })
    await ig.prices.latest({ ...minutes, latest: 25 })
    await Array.fromAsync(ig.prices.candles(threeHours, { pageSize: 100 }))
    expect(ig.allowances.view().historicalPoints).toMatchObject({ remaining: 10_000 - 25 - 25 - 181 })
  })

  it('is an error of its own when it is spent, and then IG is asked no more', async () => {
    await using contract = await startContract({ broker: { allowances: 'ig' } })
    const { ig, broker } = contract
    await ig.prices.list({ ...minutes, latest: 9_990 })
    const spent = { name: 'AllowanceError', code: 'error.public-api.exceeded-account-historical-data-allowance' }
    const tooMany = ig.prices.list({ ...minutes, latest: 11 }, { waitWithinMs: 0 })
    await expect(tooMany).rejects.toMatchObject(spent)
    const before = broker.requests().length
    await expect(ig.prices.list({ ...minutes, latest: 11 }, { waitWithinMs: 0 })).rejects.toMatchObject({
      name: 'AllowanceError',
    })
    expect(broker.requests()).toHaveLength(before)
  })
})

describe('prices that there are none of', () => {
  it.each([
    ['a market that IG does not know', 'CS.D.NOPE.CFD.IP', 'error.unsupported.epic'],
    ['a share that the login has no prices of', 'SE.D.PFE.CASH.IP', 'unauthorised.access.to.equity.exception'],
  ])('%s is refused', async (_what, name, code) => {
    await using contract = await startContract()
    const { prices } = contract.ig
    const request = { ...threeHours, epic: epic(name) }
    const refused = { name: 'RefusedError', code }
    await expect(prices.list(request)).rejects.toMatchObject(refused)
    await expect(prices.between(request)).rejects.toMatchObject(refused)
    await expect(prices.latest({ ...minutes, epic: epic(name), latest: 1 })).rejects.toMatchObject(refused)
  })

  it('a time ahead of us has no bars, in every form', async () => {
    await using contract = await startContract()
    const { prices } = contract.ig
    const ahead = { ...minutes, fromMs: START_MS + HOUR_MS, toMs: START_MS + 2 * HOUR_MS, ...ZONE }
    expect((await prices.list(ahead)).candles).toEqual([])
    expect(await Array.fromAsync(prices.candles(ahead))).toEqual([])
    expect((await prices.between(ahead)).candles).toEqual([])
    expect((await prices.betweenV1(ahead)).candles).toEqual([])
  })
})

it('exercises every route of prices', () => {
  expect(notExercised('prices')).toEqual([])
})

/** Starts of so many minutes, up to this one. */
function countTo(lastMs: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => lastMs - (count - 1 - index) * MINUTE_MS)
}

function withoutTime({ localTime: _time, ...candle }: Candle): Omit<Candle, 'localTime'> {
  return candle
}
