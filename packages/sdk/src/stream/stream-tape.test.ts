import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { manualClock, seededRandom } from '@scalpdesk/testkit'
import { openTlcp } from '@scalpdesk/tlcp'
import { expect, it } from 'vitest'
import { accountId, epic } from '../ids.ts'
import type { Quote } from '../quote.ts'
import { TapeServer } from '../testing/tape-server.ts'
import { LazyIgStream } from './ig-stream.ts'

const EURUSD = { epic: epic('CS.D.EURUSD.CFD.IP'), decimals: 5, state: 'tradeable' } as const
const PRICES = `PRICE:ABC12:${EURUSD.epic}`
const TICKS = `CHART:${EURUSD.epic}:TICK`

/** Units of 10^-5, and milliseconds. */
type Tick = readonly [bid: number, offer: number, time: number]

/** Through drops, stalls, rebinds and forgotten sessions: what each kind of reader sees is compared with the tape. */
async function play(tape: readonly Tick[], seed: number) {
  const clock = manualClock()
  const random = seededRandom(seed)
  const server = new TapeServer(random)
  const stream = new LazyIgStream({
    open: () => openTlcp({ server: 'http://server', clock, random, dial: server.dial }),
    account: () => accountId('ABC12'),
    server: () => 'http://server',
    clock,
  })
  const price = (units: number): string => `${Math.floor(units / 100_000)}.${String(units % 100_000).padStart(5, '0')}`
  const texts = tape.map(([bid, offer, time]) => [price(bid), price(offer), String(time)] as const)
  const places = new Map(tape.map(([, , time], place) => [time, place]))
  const faults: string[] = []
  const continuities: string[] = []
  let at = 0
  server.firstRow = item => (item === PRICES ? `${texts[at]?.join('|')}|DEAL  |0` : null)

  const isOnTape = (bid: number | null, offer: number | null, time: number | null): boolean => {
    const tick = tape[places.get(time ?? -1) ?? -1]
    return tick !== undefined && tick[0] === bid && tick[1] === offer
  }
  let book: Quote | null = null
  stream.prices([EURUSD], quote => {
    const { bidUnits, offerUnits, brokerTimeMs, gap } = quote
    if (gap === null && !isOnTape(bidUnits, offerUnits, brokerTimeMs))
      faults.push(`quote ${bidUnits} at ${brokerTimeMs}`)
    if (gap !== null && (bidUnits !== null || offerUnits !== null)) faults.push('a gap with a price')
    if ((brokerTimeMs ?? Number.MAX_VALUE) < (book?.brokerTimeMs ?? 0)) faults.push('a quote goes back in time')
    book = quote
  })
  let last = -1
  let isGapTold = true
  stream.chartTicks(EURUSD, event => {
    if (event.kind === 'gap') {
      isGapTold = true
      return
    }
    const { bidUnits, offerUnits, brokerTimeMs } = event.tick
    const place = places.get(brokerTimeMs ?? -1) ?? -1
    if (!isOnTape(bidUnits, offerUnits, brokerTimeMs)) faults.push(`tick ${bidUnits} at ${brokerTimeMs}`)
    if (place <= last) faults.push(`tick ${place} after ${last}`)
    if (!isGapTold && place !== last + 1) faults.push(`ticks are missing in silence before ${place}`)
    last = place
    isGapTold = false
  })
  const reader = stream.prices([EURUSD])
  let read: Quote | null = null
  const reading = (async () => {
    for await (const quote of reader) {
      read = quote
      if (quote.gap === null && !isOnTape(quote.bidUnits, quote.offerUnits, quote.brokerTimeMs))
        faults.push('slow quote')
      // Not before the next exchange.
      for (let turn = 0; turn < 40; turn++) await Promise.resolve()
    }
  })()
  stream.onStatus(status => {
    if (status.kind === 'live') continuities.push(status.continuity)
  })

  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500)
      server.probe()
      await server.exchange()
    }
  }
  const changed = (place: number): readonly string[] =>
    (texts[place] ?? []).map((text, field) => (text === texts[place - 1]?.[field] ? '' : text))
  function push(): void {
    at++
    const [bid, offer, time] = changed(at)
    server.push(PRICES, `${bid}|${offer}|${time}|^2`)
    server.push(TICKS, `${texts[at]?.[0]}|${texts[at]?.[1]}|#|#|#|${texts[at]?.[2]}|#|#|#|#|#`)
  }
  await pass(4_000)
  while (at < tape.length - 2) {
    for (let left = 1 + Math.floor(random.next() * 40); left > 0 && at < tape.length - 2; left--) push()
    const luck = random.next()
    if (luck < 0.05) server.drop()
    else if (luck < 0.08) server.isStalled = true
    else if (luck < 0.1) server.forget()
    else if (luck < 0.13) server.loop()
    else if (luck < 0.3) server.deliver(1 + Math.floor(random.next() * 200))
    else if (luck < 0.5) server.isStalled = false
    await pass(100 + Math.floor(random.next() * 900))
  }
  server.isStalled = false
  await pass(60_000)
  // The last one comes undisturbed: ticks of a lost session are not told again.
  push()
  await pass(1_000)
  const closed = stream.close()
  await server.exchange()
  clock.advance(500)
  await closed
  await reading
  const shown = (quote: Quote | null) => [quote?.bidUnits, quote?.offerUnits, quote?.brokerTimeMs]
  return { faults, continuities, book: shown(book), read: shown(read), last, skipped: reader.skipped }
}

/** A day that a seed makes up: prices that repeat, and a time that does not. */
function madeUpDay(seed: number, count: number): readonly Tick[] {
  const random = seededRandom(seed)
  let bid = 108_501
  let spread = 6
  return Array.from({ length: count }, (_, index) => {
    bid += Math.round((random.next() - 0.5) * 6)
    if (random.next() < 0.1) spread = 5 + Math.floor(random.next() * 5)
    return [bid, bid + spread, index + 1] as const
  })
}

it.each([1, 2, 3])('a day through drops and stalls: what the consumer sees is the tape (seed %i)', async seed => {
  const tape = madeUpDay(seed, 15_000)
  const { faults, continuities, book, read, last, skipped } = await play(tape, seed)
  expect(faults).toEqual([])
  expect([book, read]).toEqual([tape.at(-1), tape.at(-1)])
  expect(last).toBe(tape.length - 1)
  expect(skipped).toBeGreaterThan(0)
  // Each kind of trouble did happen.
  expect(new Set(continuities)).toEqual(new Set(['new', 'preserved', 'recovered', 'replaced']))
})

const REAL_DAY = new URL('../../../../../shared/ticks/dukascopy-eurusd-20190204.csv.gz', import.meta.url)

it(`a real day, where its file is (${existsSync(REAL_DAY) ? 'it is' : 'absent: nothing compared'})`, async () => {
  if (!existsSync(REAL_DAY)) return
  const rows = gunzipSync(readFileSync(REAL_DAY)).toString().trim().split('\n').slice(1)
  const tape = rows.map((row, index): Tick => {
    const [, ask = '', bid = ''] = row.split(',')
    const units = (text: string): number => Math.round(Number(text) * 100_000)
    return [units(bid), units(ask), index + 1]
  })
  const { faults, book, read } = await play(tape, 42)
  expect(faults).toEqual([])
  expect([book, read]).toEqual([tape.at(-1), tape.at(-1)])
})
