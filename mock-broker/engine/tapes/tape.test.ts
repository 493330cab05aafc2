import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markets } from '../market-catalogue.ts'
import type { Tick } from '../tick.ts'
import { openTape, type Tape, type TapeOptions } from './tape.ts'

const LEAN = '27000000,1.38626,1.38627\n27001492,1.38600,1.38610\n27060000,1.3859,1.386\n'
const DUKASCOPY =
  'timestamp,askPrice,bidPrice,askVolume,bidVolume\n1549238400994,1.14545,1.14543,1,2.06\n1549238401271,1.14546,1.14544,1,1\n'
const BINANCE = [1723161255088169167n, 1723161255188181667n]
  .map(
    (at, index) =>
      `${at} {"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","s":"BTCUSDT","b":"6180${index}.20","B":"2.5","a":"6180${index}.30","A":"1"}}\n`,
  )
  .join('')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tape-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function readAll(tape: Tape): Promise<readonly Tick[]> {
  const ticks: Tick[] = []
  for (let batch = await tape.read(); batch; batch = await tape.read()) {
    for (const input of batch) if (input.kind === 'tick') ticks.push(input)
  }
  return ticks
}

const open = (path: string, options: Partial<TapeOptions> = {}) => openTape(path, { markets, ...options })
const failure = (path: string, options: Partial<TapeOptions> = {}) =>
  open(path, options)
    .then(readAll)
    .then(
      () => expect.fail('expected the tape to be refused'),
      (cause: unknown) => cause,
    )

describe.each([
  ['plain', (text: string) => text],
  ['gzipped', (text: string) => gzipSync(text)],
  ['with Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['without a last line end', (text: string) => text.trimEnd()],
  ['with a byte order mark', (text: string) => `\ufeff${text}`],
])('a tape %s', (_how, encode) => {
  it('in Lean form counts from midnight in UTC-5 of the date in its name', async () => {
    const tape = await open(await file('fxcm-eurusd-20140502.whatever', encode(LEAN)))
    expect(tape.markets.map(({ name }) => name)).toEqual(['EUR/USD'])
    expect(await readAll(tape)).toEqual([
      tick('CS.D.EURUSD.CFD.IP', '2014-05-02T12:30:00.000Z', 138_626, 138_627),
      tick('CS.D.EURUSD.CFD.IP', '2014-05-02T12:30:01.492Z', 138_600, 138_610),
      tick('CS.D.EURUSD.CFD.IP', '2014-05-02T12:31:00.000Z', 138_590, 138_600),
    ])
  })

  it('in dukascopy form has the ask first', async () => {
    expect(await readAll(await open(await file('eurusd-day.txt', encode(DUKASCOPY))))).toEqual([
      tick('CS.D.EURUSD.CFD.IP', '2019-02-04T00:00:00.994Z', 114_543, 114_545),
      tick('CS.D.EURUSD.CFD.IP', '2019-02-04T00:00:01.271Z', 114_544, 114_546),
    ])
  })

  it('in Binance form names its instrument itself', async () => {
    expect(await readAll(await open(await file('capture', encode(BINANCE))))).toEqual([
      tick('CS.D.BITCOIN.CFD.IP', '2024-08-08T23:54:15.088Z', 6_180_020, 6_180_030),
      tick('CS.D.BITCOIN.CFD.IP', '2024-08-08T23:54:15.188Z', 6_180_120, 6_180_130),
    ])
  })
})

function tick(epic: string, at: string, bidUnits: number, offerUnits: number): Tick {
  return { kind: 'tick', epic, atMs: Date.parse(at), bidUnits, offerUnits }
}

describe('a start time', () => {
  it.each([
    ['12:30', '12:30:00.000'],
    ['12:30:01', '12:30:01.492'],
    ['12:31', '12:31:00.000'],
    ['11:00', '12:30:00.000'],
  ])('of %s begins with the first quote from then on, at %s', async (from, first) => {
    const tape = await open(await file('eurusd-20140502.csv', LEAN), { from })
    expect((await readAll(tape))[0]?.atMs).toBe(Date.parse(`2014-05-02T${first}Z`))
  })

  it('earlier than a tape that runs over midnight means the next day', async () => {
    const overnight = await file('eurusd-20140503.csv', '64800000,1.1,1.2\n72000000,1.1,1.3\n')
    expect((await readAll(await open(overnight, { from: '00:30' })))[0]?.offerUnits).toBe(130_000)
  })

  it('beyond the end is refused with the span of the tape', async () => {
    expect(await failure(await file('eurusd-20140502.csv', LEAN), { from: '12:32' })).toMatchObject({
      name: 'TapeError',
      code: 'from-beyond-end',
      message: expect.stringContaining('runs from 2014-05-02 12:30:00 to 2014-05-02 12:31:00 UTC'),
    })
  })

  it.each(['25:00', '12', '12:60', 'noon', '12:30:99', ''])('written %j is refused', async from => {
    expect(await failure(await file('eurusd-20140502.csv', LEAN), { from })).toMatchObject({ code: 'bad-from' })
  })
})

describe('a bad line', () => {
  const bad = (line: string) => LEAN.replace('27001492,1.38600,1.38610', line)

  it.each([
    ['no quote at all', 'rubbish'],
    ['too few fields', '27001492,1.386'],
    ['a price that is no number', '27001492,1.38x,1.38610'],
    ['a price finer than the market', '27001492,1.386001,1.38610'],
    ['a price of nothing', '27001492,0,1.38610'],
    ['a time beyond the day', '90000000,1.38600,1.38610'],
    ['a time that goes back', '26999999,1.38600,1.38610'],
  ])('with %s is skipped and counted with its line number', async (_what, line) => {
    const tape = await open(await file('eurusd-20140502.csv', bad(line)))
    expect(await readAll(tape)).toHaveLength(2)
    expect(tape.skipped()).toMatchObject({ count: 1, first: expect.stringContaining('line 2 of ') })
  })

  it.each([
    ['a foreign tape', 'eurusd-20140502.csv', LEAN, '27060001,1.3859,1.386\n'],
    ['a tape of our own', 'day.tape', 'scalpdesk-tape,1,0,CS.D.EURUSD.CFD.IP:5\n0,1,138626,1\n', '0,2,138626,1\n'],
  ])('longer than any is cut off, and the next is read, on %s', async (_what, name, before, after) => {
    const count = before.split('\n').length - (name.endsWith('tape') ? 2 : 1)
    const tape = await open(await file(name, `${before}${'x,'.repeat(150_000)}\n${after}`))
    expect(await readAll(tape)).toHaveLength(count + 1)
    expect(tape.skipped().count).toBe(1)
  })

  it('is refused when reading strictly', async () => {
    expect(await failure(await file('eurusd-20140502.csv', bad('rubbish')), { strict: true })).toMatchObject({
      code: 'bad-line',
      message: expect.stringMatching(/line 2 of .*rubbish/),
    })
  })

  it.each([
    ['no JSON', '{"stream":'],
    ['no quote', '{"stream":"btcusdt@bookTicker","data":{}}'],
    ['another instrument', '{"stream":"btcusdt@bookTicker","data":{"s":"ETHUSDT","b":"1","a":"2"}}'],
  ])('of a Binance capture with %s is counted', async (_what, json) => {
    const tape = await open(await file('capture', `${BINANCE}1723161256088169167 ${json}\n`))
    expect(await readAll(tape)).toHaveLength(2)
    expect(tape.skipped().count).toBe(1)
  })

  it('is not what a message of another Binance stream is', async () => {
    const other = '1723161256088169167 {"stream":"btcusdt@trade","data":{"p":"1"}}\n'
    const tape = await open(await file('capture', BINANCE + other))
    expect(await readAll(tape)).toHaveLength(2)
    expect(tape.skipped().count).toBe(0)
  })

  it('keeps letters that steer a terminal out of the message', async () => {
    const tape = await open(await file('eurusd-20140502.csv', bad('\u001b[2Jgone')))
    await readAll(tape)
    expect(tape.skipped().first).toContain('\\u001b[2Jgone')
  })
})

describe('a file that cannot be played', () => {
  it.each([
    ['nothing in it', 'eurusd-20140502.csv', '', 'empty', 'holds none'],
    ['only a header', 'eurusd.csv', 'timestamp,askPrice,bidPrice\n', 'empty', 'holds none'],
    ['only blank lines', 'eurusd-20140502.csv', '\n \n', 'empty', 'holds none'],
    ['only unusable lines', 'eurusd-20140502.csv', '1,1.1234567,1.2\n', 'empty', 'at most 5 decimals'],
    ['none of the formats', 'eurusd.csv', 'time;bid;ask\n1;2;3\n', 'unknown-format', '"time;bid;ask"'],
    ['binary rubbish', 'eurusd.csv', '\u0000\u0001\u0002\n', 'unknown-format', '\\u0000\\u0001'],
    ['no date in a Lean name', 'eurusd.csv', LEAN, 'no-date', 'eurusd-20140508.csv'],
    ['an impossible date', 'eurusd-20140231.csv', LEAN, 'no-date', 'eurusd-20140508.csv'],
    ['an instrument that we have not', 'eurnok-20140502.csv', LEAN, 'unknown-symbol', 'eurusd, gbpusd'],
  ])('for %s says so', async (_what, name, content, code, words) => {
    const path = await file(name, content)
    const error = await failure(path)
    expect(error).toMatchObject({ name: 'TapeError', code, file: path })
    expect(String(error)).toContain(words)
    expect(String(error)).toMatch(/expected .*, but .*; /s)
  })

  it('names every format that was tried', async () => {
    const message = String(await failure(await file('eurusd.csv', 'what is this\n')))
    for (const format of ['Lean', 'dukascopy', 'Binance']) expect(message).toContain(format)
  })

  it('cuts a very long first line', async () => {
    expect(String(await failure(await file('eurusd.csv', 'x'.repeat(1_000_000)))).length).toBeLessThan(600)
  })

  it('is unreadable when it does not exist, is a folder, or is a broken gzip', async () => {
    const broken = gzipSync(LEAN.repeat(1000)).subarray(0, 40)
    for (const path of [join(folder, 'none'), folder, await file('eurusd-20140502.gz', broken)]) {
      expect(await failure(path)).toMatchObject({ code: 'unreadable' })
    }
  })
})

const ticksFolder = fileURLToPath(new URL('../../../../shared/ticks/', import.meta.url))
const recorded = [
  ['lean-fxcm-eurusd-20140508.csv.gz', 167_466, '2014-05-08T05:00:17.007Z', '2014-05-09T04:59:59.235Z'],
  ['dukascopy-btcusd-20230220-12h.csv.gz', 14_716, '2023-02-20T12:00:00.084Z', '2023-02-20T13:59:59.233Z'],
  ['binance-usdm-btcusdt-20240808.jsonl.gz', 66_089, '2024-08-08T23:54:15.088Z', '2024-08-08T23:59:59.439Z'],
] as const

it('reads real recordings whole, where ../shared/ticks is present', async ({ annotate }) => {
  if (!existsSync(ticksFolder)) {
    await annotate('../shared/ticks is absent: no real recording was read')
    return
  }
  for (const [name, count, first, last] of recorded) {
    const tape = await open(join(ticksFolder, name))
    const ticks = await readAll(tape)
    expect(tape.skipped()).toEqual({ count: 0, first: null })
    expect([ticks.length, ticks[0]?.atMs, ticks.at(-1)?.atMs]).toEqual([count, Date.parse(first), Date.parse(last)])
  }
})
