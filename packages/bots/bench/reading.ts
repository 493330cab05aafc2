/** One way to play a file of ticks, in a process of its own: `node reading.ts KIND FILE calm|busy`. Prints what it measured as one line of JSON. */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { backtest } from '../src/backtest/backtest.ts'
import { openTickCache } from '../src/ticks/cache-feed.ts'
import { openTicks } from '../src/ticks/tape-feed.ts'
import bot from './bot.ts'
import { FAST, GAP_UNITS, type Pace, PlainBot, SLOW } from './plain-bot.ts'

const [kind = '', file = '', told = ''] = process.argv.slice(2)
const pace: Pace = told === 'busy' ? 'busy' : 'calm'
const EPIC = 'CS.D.EURUSD.CFD.IP'
const started = { wall: performance.now(), cpu: process.cpuUsage() }
const done = await KINDS()[kind]!()
const cpu = process.cpuUsage(started.cpu)
const figures = { wallMs: performance.now() - started.wall, cpuMs: (cpu.user + cpu.system) / 1000 }
console.log(JSON.stringify({ ...figures, rssMb: process.resourceUsage().maxRSS / 1024, ...done }))

interface Done {
  readonly ticks: number
  readonly trades: number
  readonly orders?: number
}

function KINDS(): Readonly<Record<string, () => Done | Promise<Done>>> {
  return {
    floor: () => {
      const plain = new PlainBot(pace)
      readBytes((atMs, bid, offer) => plain.tick(atMs, bid, offer))
      return plain
    },
    'split-lines': async () => {
      const plain = new PlainBot(pace)
      let [rest, isFirst] = ['', true]
      for await (const chunk of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 18 })) {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop() ?? ''
        for (const line of isFirst ? lines.slice(1) : lines) {
          const [time, offer, bid] = line.split(',')
          plain.tick(Number(time), Math.round(Number(bid) * 1e5), Math.round(Number(offer) * 1e5))
        }
        isFirst = false
      }
      return plain
    },
    grademark,
    csv: async () => counted(await openTicks([`${EPIC}=${file}`])),
    cache: async () => counted(openTickCache(file)),
  }
}

async function counted(feed: Parameters<typeof backtest>[0]['feed']): Promise<Done> {
  const { ticks, counts } = await backtest({ strategy: bot, feed, parameters: { gap: GAP_UNITS[pace] / 1e5 } })
  await feed.close()
  return { ticks, trades: counts.opened, orders: counts.orders }
}

/** The peer: bars of one tick are made before the clock starts; it knows one price, and no accounting but a list of trades. */
async function grademark(): Promise<Done> {
  const [mark, forge] = await Promise.all([import('grademark'), import('data-forge')])
  const bars: { time: Date; open: number; high: number; low: number; close: number; volume: number }[] = []
  readBytes((atMs, bid, offer) => {
    const mid = (bid + offer) / 2
    bars.push({ time: new Date(atMs), open: mid, high: mid, low: mid, close: mid, volume: 1 })
  })
  let [fast, slow, seen] = [0, 0, 0]
  const follow = (mid: number): number => {
    if (seen++ === 0) [fast, slow] = [mid, mid]
    fast += (mid - fast) * (2 / (FAST + 1))
    slow += (mid - slow) * (2 / (SLOW + 1))
    return fast - slow
  }
  const frame = new forge.DataFrame(bars)
  started.wall = performance.now()
  started.cpu = process.cpuUsage()
  const trades = mark.backtest(
    {
      entryRule: (enter, { bar }) => {
        if (follow(bar.close) > GAP_UNITS[pace] && seen >= SLOW) enter()
      },
      exitRule: (exit, { bar }) => {
        if (follow(bar.close) < -GAP_UNITS[pace]) exit()
      },
    },
    frame,
  )
  return { ticks: bars.length, trades: trades.length }
}

/** The floor: time, offer and bid of each line as whole numbers, from a buffer that is used again. Knows just this shape. */
function readBytes(tick: (atMs: number, bid: number, offer: number) => void): void {
  const bytes = Buffer.allocUnsafe((1 << 20) + 256)
  const handle = openSync(file, 'r')
  let [kept, at] = [0, 0]
  let isFirst = true
  for (
    let read = readSync(handle, bytes, 0, 1 << 20, null);
    read > 0;
    read = readSync(handle, bytes, kept, 1 << 20, null)
  ) {
    const end = bytes.lastIndexOf(10, kept + read - 1) + 1
    at = isFirst ? bytes.indexOf(10) + 1 : 0
    isFirst = false
    while (at < end) {
      const atMs = whole()
      const offer = units()
      const bid = units()
      while (bytes[at] !== 10) at++
      at++
      tick(atMs, bid, offer)
    }
    bytes.copyWithin(0, end, kept + read)
    kept = kept + read - end
  }
  closeSync(handle)

  function whole(): number {
    let value = 0
    for (let byte = bytes[at]!; byte !== 44; byte = bytes[++at]!) value = value * 10 + byte - 48
    at++
    return value
  }

  function units(): number {
    let [value, decimals] = [0, -1]
    for (let byte = bytes[at]!; byte !== 44; byte = bytes[++at]!)
      if (byte === 46) decimals = 0
      else {
        value = value * 10 + byte - 48
        if (decimals >= 0) decimals++
      }
    at++
    for (let missing = 5 - Math.max(0, decimals); missing > 0; missing--) value *= 10
    return value
  }
}
