import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTickCache } from './cache-feed.ts'
import { cachedTicks } from './cached-ticks.ts'
import { openTicks } from './tape-feed.ts'
import type { TickFeed } from './tick-feed.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bots-ticks-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DAX = 'IX.D.DAX.IFD.IP'
const MIDNIGHT_MS = Date.UTC(2026, 0, 5)

const write = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return path
}
const HEADER = 'timestamp,askPrice,bidPrice,askVolume,bidVolume'
const row = (afterMs: number, offer: string, bid: string): string => `${MIDNIGHT_MS + afterMs},${offer},${bid},1,1`

async function all(feed: TickFeed): Promise<readonly (readonly [string, number, number, number])[]> {
  const ticks: [string, number, number, number][] = []
  for (let batch = await feed.read(); batch; batch = await feed.read()) {
    if (batch.kind === 'inputs')
      for (const input of batch.inputs)
        ticks.push([
          input.epic,
          input.atMs - MIDNIGHT_MS,
          ...(input.kind === 'tick' ? ([input.bidUnits, input.offerUnits] as const) : ([0, 0] as const)),
        ])
    else
      for (let at = 0; at < batch.count; at++)
        ticks.push([batch.epic, batch.atMs[at]! - MIDNIGHT_MS, batch.bidUnits[at]!, batch.offerUnits[at]!])
  }
  await feed.close()
  return ticks
}

it('plays files of one market one after the other and leaves out what both tell', async () => {
  const first = write('a.csv', [HEADER, row(0, '1.1', '1.09'), row(500, '1.1', '1.09')])
  const second = write('b.csv', [HEADER, row(100, '1.2', '1.19'), row(900, '1.3', '1.29')])
  const feed = await openTicks([`${EURUSD}=${first}`, `${EURUSD}=${second}`])
  const ticks = await all(feed)
  expect(ticks.map(([, atMs]) => atMs)).toEqual([0, 500, 900])
  expect(feed.remarks()).toEqual(['1 quote of a file lies before the end of the file before it: left out'])
})

it('plays files of several markets by their times', async () => {
  const eurusd = write('e.csv', [HEADER, row(0, '1.1', '1.09'), row(500, '1.1', '1.09'), row(501, '1.1', '1.09')])
  const dax = write('d.csv', [
    HEADER,
    row(100, '18001', '18000'),
    row(500, '18002', '18001'),
    row(600, '18002', '18001'),
  ])
  const ticks = await all(await openTicks([`${EURUSD}=${eurusd}`, `${DAX}=${dax}`]))
  expect(ticks.map(([epic, atMs]) => [epic === EURUSD ? 'E' : 'D', atMs])).toEqual([
    ['E', 0],
    ['D', 100],
    ['E', 500],
    ['D', 500],
    ['E', 501],
    ['D', 600],
  ])
})

it('says what it left out: lines out of order, and lines that are none', async () => {
  const file = write('a.csv', [
    HEADER,
    row(0, '1.1', '1.09'),
    row(500, '1.1', '1.09'),
    row(400, '1.1', '1.09'),
    'x',
    row(600, '1', '1'),
  ])
  const feed = await openTicks([`${EURUSD}=${file}`])
  expect(await all(feed)).toHaveLength(3)
  expect(feed.remarks()).toEqual([expect.stringMatching(/2 lines skipped; the first: line 4 of .*time goes back from/)])
})

it.each([
  [[], 'expected a file of ticks, but got none; name one with --replay'],
  [['EMPTY'], 'expected quotes, but'],
  [['NONE'], 'cannot be read'],
  [['ONE', 'ONE'], 'expected each file once, but'],
  [['LATE', 'ONE'], 'expected the files of a market in the order of time, but'],
] as const)('refuses %j with a sentence', async (names, sentence) => {
  const files = {
    EMPTY: write('empty.csv', [HEADER]),
    NONE: join(folder, 'none.csv'),
    ONE: write('one.csv', [HEADER, row(0, '1.1', '1.09')]),
    LATE: write('late.csv', [HEADER, row(9000, '1.1', '1.09')]),
  }
  await expect(openTicks(names.map(name => `${EURUSD}=${files[name]}`))).rejects.toThrow(sentence)
})

it('keeps ticks as a cache that tells the same, made once for the same files', async () => {
  const lines = Array.from({ length: 40_000 }, (_, index) =>
    row(index * 7, `1.${10_010 + (index % 90)}`, `1.${10_000 + (index % 90)}`),
  )
  const eurusd = write('e.csv', [HEADER, ...lines])
  const dax = write('d.csv', [HEADER, row(100, '18001', '18000'), row(5000, '18002', '18001')])
  const files = [`${EURUSD}=${eurusd}`, `${DAX}=${dax}`]
  const path = await cachedTicks(files, { folder })
  const cache = openTickCache(path)
  expect(cache.header).toMatchObject({ ticks: 40_002, startMs: MIDNIGHT_MS, epics: [EURUSD, DAX] })
  expect(await all(cache)).toEqual(await all(await openTicks(files)))
  const written = readFileSync(path)
  expect(await cachedTicks(files, { folder })).toBe(path)
  expect(readFileSync(path).equals(written)).toBe(true)
  const later = await all(openTickCache(path, { fromMs: MIDNIGHT_MS + 35_000 * 7 }))
  expect(later.length).toBeLessThan(10_000)
  expect(later.at(-1)).toEqual([EURUSD, 39_999 * 7, 110_039, 110_049])
})

it('refuses a cache that is cut off, and makes it again', async () => {
  const files = [`${EURUSD}=${write('e.csv', [HEADER, row(0, '1.1', '1.09'), row(500, '1.1', '1.09')])}`]
  const path = await cachedTicks(files, { folder })
  truncateSync(path, readFileSync(path).length - 3)
  expect(() => openTickCache(path)).toThrow('it is cut off; delete it, it is made again')
  expect(await all(openTickCache(await cachedTicks(files, { folder })))).toHaveLength(2)
  writeFileSync(path, 'nonsense')
  expect(() => openTickCache(path)).toThrow('it does not begin as one')
  expect(await all(openTickCache(await cachedTicks(files, { folder })))).toHaveLength(2)
})

it('maps prices of another instrument onto the usual level of the market that is to play them, over all of its files', async () => {
  const first = write('a.csv', [HEADER, row(0, '1.10010', '1.10000'), row(500, '1.11110', '1.11100')])
  const second = write('b.csv', [HEADER, row(900, '1.10010', '1.10000')])
  const feed = await openTicks([`${DAX}~${first}`, `${DAX}~${second}`])
  const [begin, risen, back] = (await all(feed)).map(([, , bid]) => bid)
  expect(back).toBe(begin)
  // By one percent.
  expect(risen! / begin!).toBeCloseTo(1.01, 3)
  expect(begin).toBeGreaterThan(100_000)
})
