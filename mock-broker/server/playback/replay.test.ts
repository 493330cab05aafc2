import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type ManualClock, manualClock, waitFor } from '@scalpdesk/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { OPEN, signIn } from '../../testing/rest-client.ts'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { type MockBroker, type MockBrokerOptions, startMockBroker } from '../index.ts'

/** What the option `replay` takes and refuses, and how the holes of tapes are played. */

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DAX = 'IX.D.DAX.IFD.IP'
const { closeLater } = startedBrokers()
const notices: string[] = []
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => {
  notices.length = 0
})

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function start(options: MockBrokerOptions): Promise<{ broker: MockBroker; clock: ManualClock }> {
  const clock = manualClock()
  const broker = await startMockBroker({
    clock,
    delays: { acknowledgeMs: 0, confirmMs: 0 },
    onNotice: text => notices.push(text),
    ...options,
  })
  closeLater(broker)
  return { broker, clock }
}

/** `1.39460/1.39465 TRADEABLE 12:30:00`: what a market shows now. */
function shown(broker: MockBroker, epic: string): string {
  const market = broker.state().markets.find(each => each.epic === epic)
  const time = new Date(market?.timeMs ?? 0).toISOString().slice(11, 19)
  return `${market?.bid}/${market?.offer} ${market?.state} ${time}`
}

const LEAN = '27000000,1.39460,1.39465\n27000500,1.39470,1.39475\n'
const lean = (name = 'eurusd-20140508.csv') => file(name, LEAN)
const dukascopy = (name: string, first = 1_549_238_400_994) =>
  file(name, `timestamp,askPrice,bidPrice\n${first},1.14545,1.14543\n${first + 277},1.14546,1.14544\n`)
const TAPE = `scalpdesk-tape,1,1767603600000,${EURUSD}:5,${DAX}:1\n0,0,108417,6\n1,200,185000,12\n0,500,108420,6\n`

describe('the option replay', () => {
  it('takes several files for several markets, of different formats', async () => {
    const bitcoin = `1723161255088169167 {"stream":"btcusdt@bookTicker","data":{"s":"BTCUSDT","b":"61800.20","a":"61800.30"}}\n`
    const { broker } = await start({ replay: [await lean(), await file('capture', bitcoin)] })
    expect(shown(broker, EURUSD)).toBe('1.39460/1.39465 TRADEABLE 12:30:00')
    expect(shown(broker, 'CS.D.BITCOIN.CFD.IP')).toMatch(/^61800\.20\/61800\.30 /)
  })

  it('takes the market for a file whose name does not say it, written either way', async () => {
    const path = await dukascopy('monday.csv')
    for (const replay of [`${EURUSD}=${path}`, { file: path, epic: EURUSD }]) {
      const { broker } = await start({ replay: [replay] })
      expect(shown(broker, EURUSD)).toBe('1.14543/1.14545 TRADEABLE 00:00:00')
    }
  })

  it('plays a file as another market on request, at that market’s level and spread', async () => {
    const path = await lean()
    for (const replay of [`${DAX}~${path}`, { file: path, epic: DAX, rescaled: true }]) {
      const { broker, clock } = await start({ replay: [replay] })
      expect(shown(broker, DAX)).toBe('18499.5/18500.5 TRADEABLE 12:30:00')
      clock.advance(500)
      expect(shown(broker, DAX)).toMatch(/^18500\.8\/18501\.8 /)
      expect(shown(broker, EURUSD)).not.toMatch(/^1\.39/)
    }
  })

  it('plays an instrument that it does not know as a market that it knows', async () => {
    const { broker } = await start({ replay: [`${DAX}~${await dukascopy('usdzar.csv')}`] })
    expect(shown(broker, DAX)).toMatch(/^18499\.8\/18500\.1 /)
  })

  it('plays the same underlying under another epic as it is, when it is quoted alike', async () => {
    const { broker } = await start({ replay: [`CS.D.EURUSD.MINI.IP=${await lean()}`] })
    expect(shown(broker, 'CS.D.EURUSD.MINI.IP')).toMatch(/^1\.39460\/1\.39465 /)
  })

  it('plays all markets of a tape of its own by one clock', async () => {
    const { broker, clock } = await start({ replay: [await file('day.tape', TAPE)] })
    expect(shown(broker, EURUSD)).toBe('1.08417/1.08423 TRADEABLE 09:00:00')
    clock.advance(200)
    expect(shown(broker, DAX)).toBe('18500.0/18501.2 TRADEABLE 09:00:00')
    expect(broker.replay().tapes).toMatchObject([{ epics: [EURUSD, DAX], atMs: 1_767_603_600_200, hasEnded: false }])
  })

  it('plays one market of a tape of its own, and leaves the others made up', async () => {
    const { broker } = await start({ replay: [`${DAX}=${await file('day.tape', TAPE)}`] })
    expect(shown(broker, DAX)).toBe('18500.0/18501.2 TRADEABLE 09:00:00')
    expect(broker.replay().tapes).toMatchObject([{ epics: [DAX] }])
  })

  it('passes over markets of a tape that the mock broker does not have, and says so', async () => {
    const foreign = TAPE.replace(DAX, 'XX.D.OTHER.CFD.IP')
    const { broker } = await start({ replay: [await file('foreign.tape', foreign)] })
    expect(shown(broker, EURUSD)).toMatch(/^1\.08417/)
    expect(notices).toEqual([expect.stringMatching(/also holds XX\.D\.OTHER\.CFD\.IP.*not played/)])
  })

  it('reads prices of a tape with more decimals than the market has, as long as they are whole units there', async () => {
    const finer = `scalpdesk-tape,1,1767603600000,${DAX}:3\n0,0,18500000,1200\n0,1,18500050,1200\n`
    const { broker } = await start({ replay: [await file('finer.tape', finer)], speed: 'max' })
    await waitFor('the end', () => notices.length === 2)
    expect(shown(broker, DAX)).toMatch(/^18500\.0\/18501\.2 /)
    expect(notices[0]).toContain('prices above 0 with at most 1 decimals')
  })

  it('tells of a tape whose recording broke off, and plays its whole lines', async () => {
    const { broker } = await start({ replay: [await file('torn.tape', `${TAPE}0,900,1084`)], speed: 'max' })
    await waitFor('the end', () => notices.length === 2)
    expect(notices[0]).toMatch(/1 line of \S+torn\.tape was skipped; the first: line 5 .* breaks off .*0,900,1084/)
    expect(shown(broker, EURUSD)).toBe('1.08420/1.08426 EDITS_ONLY 09:00:00')
  })

  it('takes a file whose own name looks like a market and a file, after a path', async () => {
    const path = await lean('eurusd=20140508.csv')
    const { broker } = await start({ replay: [path] })
    expect(shown(broker, EURUSD)).toMatch(/^1\.39460\/1\.39465 /)
  })

  it('plays quotes that repeat the one before as they come', async () => {
    const { broker } = await start({ replay: [await file('eurusd-20140509.csv', `${LEAN}27000500,1.39470,1.39475\n`)] })
    broker.pause()
    await broker.step(2, EURUSD)
    expect(shown(broker, EURUSD)).toMatch(/^1\.39470\/1\.39475/)
    expect(notices.join()).not.toContain('skipped')
  })
})

describe('the option replay refuses', () => {
  const RULE = /^expected .*, but .*; /s
  async function refusal(replay: MockBrokerOptions['replay']): Promise<unknown> {
    const error = await start({ replay }).then(
      () => expect.fail('expected to be refused'),
      (cause: unknown) => cause,
    )
    expect(error).toMatchObject({ name: 'TapeError', message: expect.stringMatching(RULE) })
    expect(String(error).length).toBeLessThan(700)
    return error
  }

  it.each<[what: string, replay: () => Promise<MockBrokerOptions['replay']>, code: string, words: string]>([
    ['a market that it does not have', async () => [`CS.D.NOSUCH.CFD.IP=${await lean()}`], 'unknown-market', 'NOSUCH'],
    ['a symbol in place of an epic', async () => [`eurusd=${await lean()}`], 'unknown-market', 'write ./'],
    ['a market without its file', async () => [`${EURUSD}=`], 'bad-replay', 'expected a file'],
    ['a file of another market', async () => [`${DAX}=${await lean()}`], 'wrong-market', `${DAX}~FILE`],
    ['a bet that is quoted otherwise', async () => [`CS.D.EURUSD.TODAY.IP=${await lean()}`], 'wrong-market', '~FILE'],
    ['a file that no market fits', async () => [await lean('usdzar-20140508.csv')], 'unknown-symbol', 'EPIC=FILE'],
    ['mapping onto a market without prices', async () => [`SE.D.PFE.CASH.IP~${await lean()}`], 'wrong-market', 'level'],
    [
      'the same file twice for a market',
      async () => [await lean(), `${EURUSD}=${await lean()}`],
      'bad-replay',
      'twice',
    ],
    [
      'a file mapped onto a market behind one that is not',
      async () => [await dukascopy('eurusd-b.csv', 1_300_000_000_000), `${EURUSD}~${await lean()}`],
      'bad-replay',
      'write = or ~ before both',
    ],
    [
      'files of a market in the wrong order',
      async () => [await dukascopy('eurusd-b.csv'), await lean()],
      'bad-replay',
      'swap them',
    ],
    [
      'a tape of other markets too, behind one',
      async () => [await lean(), await file('day.tape', TAPE)],
      'bad-replay',
      'EPIC=FILE',
    ],
    [
      'a tape of several markets to be mapped onto one',
      async () => [`CS.D.GBPUSD.CFD.IP~${await file('day.tape', TAPE)}`],
      'wrong-market',
      'one market',
    ],
    [
      'a tape without the market that is wished for',
      async () => [`CS.D.GBPUSD.CFD.IP=${await file('day.tape', TAPE)}`],
      'wrong-market',
      `holds ${EURUSD}, ${DAX}`,
    ],
    [
      'a tape of markets that it does not have',
      async () => [await file('far.tape', 'scalpdesk-tape,1,0,XX.D.FAR.CFD.IP:2\n0,0,1,1\n')],
      'unknown-symbol',
      'EPIC~FILE',
    ],
    [
      'a tape of a later version',
      async () => [await file('late.tape', TAPE.replace('tape,1', 'tape,2'))],
      'unknown-format',
      'version 1',
    ],
    ['a tape without a line', async () => [await file('bare.tape', TAPE.split('\n')[0]!)], 'empty', 'holds none'],
    [
      'a tape of several formats',
      async () => [await file('mixed.tape', `${TAPE.split('\n')[0]}\n${LEAN}`)],
      'empty',
      'line 2',
    ],
    ['no file at all', async () => [''], 'bad-replay', 'expected a file'],
    ['a gzip that breaks off', async () => [await file('a.gz', gzipSync(TAPE).subarray(0, 20))], 'unreadable', 'a.gz'],
  ])('%s', async (_what, replay, code, words) => {
    const error = await refusal(await replay())
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain(words)
  })

  it('minutes that make no gap', async () => {
    await expect(start({ gapMinutes: 0 })).rejects.toMatchObject({ code: 'bad-option' })
  })
})

describe('several files of one market', () => {
  const friday = () => file('eurusd-20140502.csv', '57551000,1.38700,1.38740\n57551500,1.38690,1.38730\n')
  const sunday = () => file('eurusd-20140504.csv', '57600000,1.38500,1.38540\n57600100,1.38520,1.38550\n')

  it('show the weekend between them as a market that takes edits only, and open with the next quote', async () => {
    const { broker, clock } = await start({ replay: [await friday(), await sunday()] })
    clock.advance(500)
    await waitFor('the close', () => shown(broker, EURUSD).includes('EDITS_ONLY'))
    expect(shown(broker, EURUSD)).toBe('1.38690/1.38730 EDITS_ONLY 20:59:50')
    const client = await signIn(broker)
    const refused = await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'weekend' })
    expect(refused.status).toBe(200)
    expect(await client.get('/confirms/weekend', 1)).toMatchObject({ body: { reason: 'MARKET_CLOSED_WITH_EDITS' } })
    clock.advance(10_000)
    expect(shown(broker, EURUSD)).toBe('1.38500/1.38540 TRADEABLE 21:00:00')
  })

  it('fill a stop and an order on the far side of the gap, at the price that is traded there', async () => {
    const { broker, clock } = await start({ replay: [await friday(), await sunday()] })
    const client = await signIn(broker)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, stopLevel: '1.38600', dealReference: 'held' })
    const order = { epic: EURUSD, expiry: '-', direction: 'BUY', size: 1, level: 1.386, type: 'LIMIT' }
    const terms = { currencyCode: 'USD', timeInForce: 'GOOD_TILL_CANCELLED', guaranteedStop: false }
    await client.send('POST', '/workingorders/otc', 2, { ...order, ...terms, dealReference: 'waits' })
    expect([broker.positions().length, broker.workingOrders().length]).toEqual([1, 1])
    clock.advance(500)
    await waitFor('the close', () => shown(broker, EURUSD).includes('EDITS_ONLY'))
    expect([broker.positions().length, broker.workingOrders().length]).toEqual([1, 1])
    clock.advance(10_000)
    expect(broker.workingOrders()).toEqual([])
    expect(broker.positions()).toMatchObject([{ position: { direction: 'BUY', level: 1.3854 } }])
    // Bought at 1.38740 and stopped at 1.38500: 240 dollars, at 1.08 for a euro.
    expect(broker.state().accounts[0]?.cash).toBe('99777.78')
  })

  it('play through at full speed', async () => {
    const { broker } = await start({ replay: [await friday(), await sunday()], speed: 'max' })
    await waitFor('the end', () => notices.length === 1)
    expect(shown(broker, EURUSD)).toBe('1.38520/1.38550 EDITS_ONLY 21:00:00')
    expect(broker.replay().tapes).toMatchObject([{ fraction: 1, hasEnded: true }])
  })

  it('are stepped through tick by tick, the close with the last quote before it', async () => {
    const { broker } = await start({ replay: [await friday(), await sunday()] })
    broker.pause()
    await broker.step(1, EURUSD)
    expect(shown(broker, EURUSD)).toMatch(/^1\.38690\/1\.38730 EDITS_ONLY/)
    await broker.step(1, EURUSD)
    expect(shown(broker, EURUSD)).toMatch(/^1\.38500\/1\.38540 TRADEABLE/)
  })

  it('keep their relation to one another when they are mapped onto another market', async () => {
    const replay = [`${DAX}~${await friday()}`, `${DAX}~${await sunday()}`]
    const { broker } = await start({ replay, speed: 'max' })
    await waitFor('the end', () => notices.length === 1)
    // The mid went from 1.38720 to 1.38535: the same share of 18500.
    expect(shown(broker, DAX)).toMatch(/^18472\.3\/18478\.3 /)
  })

  it('follow on without a pause being lost where one ends and the next begins', async () => {
    const first = await file('eurusd-1-20140502.csv', '27000000,1.38700,1.38740\n')
    const second = await file('eurusd-2-20140502.csv', '27000400,1.38710,1.38740\n')
    const { broker, clock } = await start({ replay: [first, second] })
    await waitFor('the second file', () => broker.replay().tapes[0]?.file === second)
    clock.advance(399)
    expect(shown(broker, EURUSD)).toMatch(/^1\.38700/)
    clock.advance(1)
    expect(shown(broker, EURUSD)).toMatch(/^1\.38710/)
  })

  it('that overlap lose what the first has told already', async () => {
    const first = await file('eurusd-1-20140502.csv', '27000000,1.38700,1.38740\n27000900,1.38700,1.38750\n')
    const second = await file('eurusd-2-20140502.csv', '27000400,1.38710,1.38740\n27001000,1.38720,1.38740\n')
    const { broker } = await start({ replay: [first, second], speed: 'max' })
    await waitFor('the end', () => notices.length === 2)
    expect(notices[0]).toMatch(
      /^1 line of \S+eurusd-2-20140502\.csv was skipped: the file before it goes on until then$/,
    )
    expect(shown(broker, EURUSD)).toMatch(/^1\.38720/)
  })
})

describe('a hole in one file', () => {
  const holed = () => file('eurusd-20140506.csv', '27000000,1.38700,1.38740\n28860001,1.38800,1.38840\n')

  it('of more than half an hour is a closed market', async () => {
    const { broker } = await start({ replay: [await holed()] })
    expect(shown(broker, EURUSD)).toMatch(/^1\.38700\/1\.38740 EDITS_ONLY/)
  })

  it('is a silence when longer ones are allowed', async () => {
    const { broker } = await start({ replay: [await holed()], gapMinutes: 60 })
    expect(shown(broker, EURUSD)).toMatch(/^1\.38700\/1\.38740 TRADEABLE/)
  })
})

it('tells how much of its files was played, zipped or not', async () => {
  const lines = (day: number) =>
    Array.from({ length: 10_000 }, (_, index) => `${27_000_000 + index * 100 + day},1.39460,1.39465\n`)
  const first = await file('eurusd-20140512.csv.gz', gzipSync(lines(1).join('')))
  const second = await file('eurusd-20140513.csv', lines(2).join(''))
  const { broker } = await start({ replay: [first, second] })
  const part = () => broker.replay().tapes[0]?.fraction ?? 0
  broker.pause()
  expect(part()).toBeLessThan(0.01)
  await broker.step(5_000, EURUSD)
  expect(part()).toBeCloseTo(0.25, 2)
  await broker.step(10_000, EURUSD)
  expect(part()).toBeCloseTo(0.75, 2)
  const { broker: later } = await start({ replay: [second], from: '12:45' })
  // As exact as the stretches in which a file is read.
  expect(later.replay().tapes[0]?.fraction).toBeGreaterThan(0.75)
})

it('tells how far a file was read while the time to begin is looked for', async () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `${27_000_000 + index * 100},1.39460,1.39465\n`)
  const heard: number[] = []
  const path = await file('eurusd-20140507.csv', lines.join(''))
  await start({ replay: [path], from: '13:15', onLoading: ({ fraction }) => heard.push(fraction) })
  expect(heard.length).toBeGreaterThan(3)
  expect(heard).toEqual(heard.toSorted((a, b) => a - b))
  expect(heard.at(-1)).toBeLessThanOrEqual(1)
})
