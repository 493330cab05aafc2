import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { dealReference, epic } from '../ids.ts'
import type { CallOptions, Rest } from '../rest/rest.ts'
import { Secret } from '../secret.ts'
import { accountsOver } from './accounts.ts'
import { applicationsOver } from './applications.ts'
import { costsOver } from './costs.ts'
import { marketsOver } from './markets.ts'
import { pricesOver } from './prices.ts'
import { repeatDealingOver } from './repeat-dealing.ts'
import { watchlistsOver } from './watchlists.ts'

// A read may be repeated by what is below; what changes something may not. So each method has to say which it is.

const EPIC = epic('CS.D.GBPUSD.MINI.IP')
const CLOSING = {
  bid: new Decimal(1),
  offer: new Decimal(2),
  currency: 'GBP',
  reference: dealReference('R1'),
  size: new Decimal(1),
  openingLevel: new Decimal(1),
}
const update = { apiKey: new Secret('k'), status: 'enabled', tradingPerMinute: 1, dataPerMinute: 1 } as const
const count = { epic: EPIC, resolution: 'day', latest: 1 } as const
const time = { epic: EPIC, resolution: 'day', fromMs: 0, toMs: 1 } as const
const ignore = (): void => {}

type Use = (rest: Rest, options: CallOptions) => Promise<unknown>

const WRITES: readonly (readonly [string, Use])[] = [
  ['accounts.setPreferences', (rest, o) => accountsOver(rest).setPreferences({ trailingStopsEnabled: true }, o)],
  ['watchlists.create', (rest, o) => watchlistsOver(rest).create({ name: 'x' }, o)],
  ['watchlists.add', (rest, o) => watchlistsOver(rest).add('1', EPIC, o)],
  ['watchlists.remove', (rest, o) => watchlistsOver(rest).remove('1', EPIC, o)],
  ['watchlists.delete', (rest, o) => watchlistsOver(rest).delete('1', o)],
  ['applications.update', (rest, o) => applicationsOver(rest).update(update, o)],
  ['applications.disable', (rest, o) => applicationsOver(rest).disable(o)],
  ['costs.ofOpening', (rest, o) => costsOver(rest).ofOpening(CLOSING, o)],
  ['costs.ofClosing', (rest, o) => costsOver(rest).ofClosing(CLOSING, o)],
  ['costs.ofEditing', (rest, o) => costsOver(rest).ofEditing(CLOSING, o)],
]

const READS: readonly (readonly [string, Use])[] = [
  ['accounts.list', (rest, o) => accountsOver(rest).list(o)],
  ['accounts.preferences', (rest, o) => accountsOver(rest).preferences(o)],
  ['watchlists.list', (rest, o) => watchlistsOver(rest).list(o)],
  ['watchlists.markets', (rest, o) => watchlistsOver(rest).markets('1', o)],
  ['applications.list', (rest, o) => applicationsOver(rest).list(o)],
  ['repeatDealing.window', (rest, o) => repeatDealingOver(rest).window(EPIC, o)],
  ['costs.history', (rest, o) => firstOf(costsOver(rest).history({ fromMs: 0, toMs: 1 }, o))],
  ['markets.get', (rest, o) => marketsOver(rest).get(EPIC, o)],
  ['markets.ladder', (rest, o) => marketsOver(rest).ladder(EPIC, o)],
  ['markets.details', (rest, o) => marketsOver(rest).details([EPIC], o)],
  ['markets.snapshots', (rest, o) => marketsOver(rest).snapshots([EPIC], { ...o, onUnknown: 'leave-out' })],
  ['markets.search', (rest, o) => marketsOver(rest).search('x', o)],
  ['markets.categories', (rest, o) => marketsOver(rest).categories(o)],
  ['markets.instruments', (rest, o) => firstOf(marketsOver(rest).instruments('x', o))],
  ['markets.sentiment', (rest, o) => marketsOver(rest).sentiment('x', o)],
  ['markets.sentiments', (rest, o) => marketsOver(rest).sentiments(['x'], o)],
  ['markets.relatedSentiments', (rest, o) => marketsOver(rest).relatedSentiments('x', o)],
  ['prices.candles', (rest, o) => firstOf(pricesOver(rest, ignore).candles(count, o))],
  ['prices.pages', (rest, o) => firstOf(pricesOver(rest, ignore).pages(time, o))],
  ['prices.list', (rest, o) => pricesOver(rest, ignore).list(count, o)],
  ['prices.latest', (rest, o) => pricesOver(rest, ignore).latest(count, o)],
  ['prices.between', (rest, o) => pricesOver(rest, ignore).between(time, o)],
  ['prices.betweenV1', (rest, o) => pricesOver(rest, ignore).betweenV1(time, o)],
]

describe('what changes something at IG', () => {
  it.each(WRITES)('%s goes out once, with the caller’s options', async (_name, use) => {
    await goesBy('write', use)
  })
})

describe('what changes nothing at IG', () => {
  it.each(READS)('%s may be repeated, and has the caller’s options', async (_name, use) => {
    await goesBy('read', use)
  })

  it('costs.document asks for the answer itself', async () => {
    await goesBy('answer', (rest, o) => costsOver(rest).document('Q', o))
  })
})

/** One call, by that way, with the very signal and timeout that were given. */
async function goesBy(way: keyof Rest, use: Use): Promise<void> {
  const seen: [keyof Rest, AbortSignal | undefined, number | undefined][] = []
  const stop = new Error('far enough')
  const take = (by: keyof Rest) => async (_call: unknown, options: CallOptions | undefined) => {
    seen.push([by, options?.signal, options?.timeoutMs])
    throw stop
  }
  const { signal } = new AbortController()
  const rest: Rest = { read: take('read'), write: take('write'), answer: take('answer') }
  await expect(use(rest, { signal, timeoutMs: 1234 })).rejects.toBe(stop)
  expect(seen).toEqual([[way, signal, 1234]])
}

async function firstOf<T>(rows: AsyncIterable<T>): Promise<T | null> {
  for await (const row of rows) return row
  return null
}
