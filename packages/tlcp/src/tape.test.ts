import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { FakeServer, ServerSession } from './testing/fake-server.ts'
import { Network } from './testing/network.ts'

const FIELDS = ['bid', 'offer', 'time'] as const
type Quote = readonly [bid: string, offer: string, time: string]

/** Sends a tape as a server would: only what changed against the quote before. */
class Tape {
  readonly #server: FakeServer
  /** Where the tape is; the quotes before it have been sent. */
  at = 1
  readonly quotes: readonly Quote[]

  constructor(server: FakeServer, quotes: readonly Quote[]) {
    this.#server = server
    this.quotes = quotes
    server.rowsFor = subId => [`U,${subId},1,${this.now.join('|')}`]
  }

  get now(): Quote {
    return this.quotes[this.at - 1] ?? ['', '', '']
  }

  play(count: number): void {
    for (let left = count; left > 0 && this.at < this.quotes.length; left--) {
      const before = this.now
      this.at++
      const values = this.now.map((value, field) => (value === before[field] ? '' : value)).join('|')
      for (const session of this.#server.sessions.values()) this.#push(session, values)
    }
  }

  #push(session: ServerSession, values: string): void {
    for (const subId of session.subscriptions.keys()) this.#server.push([`U,${subId},1,${values}`], session)
  }
}

/** A day of quotes that a seed makes up: prices that repeat, and a time that does not. */
function madeUpDay(network: Network, count: number): readonly Quote[] {
  const quotes: Quote[] = []
  let bid = 108_501
  let spread = 6
  for (let index = 0; index < count; index++) {
    bid += Math.round((network.random.next() - 0.5) * 6)
    if (network.random.next() < 0.1) spread = 5 + Math.floor(network.random.next() * 5)
    quotes.push([String(bid), String(bid + spread), String(index)])
  }
  return quotes
}

/** Plays the tape through drops, stalls, forgotten sessions and rebinds; every row is compared with the tape. */
async function playThrough(network: Network, quotes: readonly Quote[]) {
  const { client, server, random } = network
  const tape = new Tape(server, quotes)
  const faults: string[] = []
  const seen: string[] = []
  let book: readonly (string | null)[] = []
  let place = 0
  client.subscribe(
    { mode: 'MERGE', items: ['QUOTE'], fields: FIELDS, isSnapshotWanted: true },
    {
      active: () => seen.push('active'),
      inactive: () => seen.push('inactive'),
      update(row) {
        book = FIELDS.map((_, field) => row.value(field))
        if (row.isSnapshot) {
          place = Math.max(1, quotes.findIndex((quote, at) => at + 1 >= place && quote.join() === book.join()) + 1)
        } else {
          place++
        }
        const expected = quotes[place - 1]?.join()
        if (expected !== book.join()) faults.push(`at ${place}: ${book.join()} instead of ${expected}`)
      },
    },
  )
  await network.heal()
  while (tape.at < quotes.length) {
    tape.play(1 + Math.floor(random.next() * 40))
    const luck = random.next()
    if (luck < 0.05) network.wire?.drop()
    else if (luck < 0.08) network.isStalled = true
    else if (luck < 0.1) server.sessions.clear()
    else if (luck < 0.13) for (const session of server.sessions.values()) server.loop(session)
    else if (luck < 0.3) network.wire?.deliver(1 + Math.floor(random.next() * 200))
    else if (luck < 0.5) network.isStalled = false
    await network.pass(100 + Math.floor(random.next() * 900))
    server.repeats = Math.floor(random.next() * 4)
  }
  await network.heal()
  const statuses = network.statuses.flatMap(status => (status.kind === 'live' ? [status.continuity] : []))
  const last = tape.now
  await network.close()
  return { book, last, faults, statuses }
}

it.each([1, 2, 3, 4, 5])('a day through drops and stalls: the book equals the tape (seed %i)', async seed => {
  const network = new Network(seed)
  const { book, last, faults, statuses } = await playThrough(network, madeUpDay(network, 20_000))
  expect(faults).toEqual([])
  expect(book).toEqual(last)
  // Each kind of trouble did happen.
  expect(new Set(statuses)).toEqual(new Set(['new', 'preserved', 'recovered', 'replaced']))
})

const REAL_DAY = new URL('../../../../shared/ticks/dukascopy-eurusd-20190204.csv.gz', import.meta.url)

it(`a real day, where its file is (${existsSync(REAL_DAY) ? 'it is' : 'absent: nothing compared'})`, async () => {
  if (!existsSync(REAL_DAY)) return
  const rows = gunzipSync(readFileSync(REAL_DAY)).toString().trim().split('\n').slice(1)
  const quotes = rows.map((row): Quote => {
    const [time = '', ask = '', bid = ''] = row.split(',')
    return [bid, ask, time]
  })
  const { book, last, faults } = await playThrough(new Network(42), quotes)
  expect(faults).toEqual([])
  expect(book).toEqual(last)
})
