import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { holdKey, openDesk, ROOT, type RunningDesk } from './testing/running-desk.ts'

/** What a person does at the terminal, and what they then see; orders are counted where they arrive. */

const open = closedAfterEach()

async function deskOnBroker(options: { kitty?: boolean } = {}): Promise<{ desk: RunningDesk; broker: MockBroker }> {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const desk = openDesk({ ...options, env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  return { desk, broker }
}

const opens = (broker: MockBroker) => broker.orders().filter(({ method }) => method === 'POST')
const closes = (broker: MockBroker) => broker.orders().filter(({ method }) => method === 'DELETE')

const REAL_TICKS = join(ROOT, '../shared/ticks/lean-fxcm-eurusd-20140508.csv.gz')

it('trades real ticks: b opens with its stop, P/L follows the price, Space flattens, the journal tells the story', async () => {
  const tape = existsSync(REAL_TICKS) ? REAL_TICKS : ownTape()
  if (tape !== REAL_TICKS) process.stderr.write('no recorded ticks beside the project: trading on a made-up tape\n')
  const desk = openDesk({ args: ['--replay', tape, '--from', '12:30', '--speed', '5'] })
  open.push(desk)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  expect(desk.screen()).toMatch(/MOCK/)
  expect(desk.screen()).toMatch(/12:3\d:\d\d/)

  desk.type('b')
  const opened = await desk.waitForScreen(/OPEN[\s\S]*BUY/)
  expect(opened).toMatch(/FILLED: BOUGHT 1 /)
  expect(opened).not.toContain('no stop')
  const profits = new Set<string>()
  await waitFor('three different results of the open position', () => {
    const result = /[+-]\d+\.\d\d USD/.exec(desk.screen())?.[0]
    if (result) profits.add(result)
    return profits.size >= 3
  })

  desk.type(' ')
  await desk.waitForScreen('FLAT: the broker reports no position and no working order')
  const story = desk.journal().map(record => record.kind)
  const chapters = [
    'about-to-open',
    'acknowledged',
    'filled',
    'flatten',
    'about-to-close',
    'acknowledged',
    'filled',
    'flat',
  ]
  expect(story.filter(kind => chapters.includes(kind) && kind !== 'acknowledged')).toEqual(
    chapters.filter(kind => kind !== 'acknowledged'),
  )
  expect(desk.journal().find(record => record.kind === 'about-to-open')).toMatchObject({ size: '1', stopPoints: '15' })

  desk.type('q')
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  expect(desk.isAlternateScreen).toBe(false)
})

it('sends the stop in the same request as the entry', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('s')
  await desk.waitForScreen('FILLED: SOLD')
  expect(opens(broker)).toHaveLength(1)
  expect(opens(broker)[0]?.body).toMatchObject({ direction: 'SELL', stopDistance: 15, forceOpen: true })
  expect(broker.positions()).toHaveLength(1)
})

it('trades on taps of the bare Ctrl keys where the terminal tells them apart, and not on Ctrl+C', async () => {
  const { desk, broker } = await deskOnBroker({ kitty: true })
  await desk.waitForScreen('Right Ctrl')
  desk.type('\x1b[57448;5u\x1b[57448;5:3u')
  await desk.waitForScreen('FILLED: BOUGHT')
  desk.type('\x1b[32u\x1b[32;1:3u')
  await desk.waitForScreen('FLAT: the broker')
  desk.type('\x1b[57442u\x1b[57442;5:3u')
  await desk.waitForScreen('FILLED: SOLD')
  desk.type('\x1b[57442u\x1b[99;5u\x1b[57442;5:3u\x1b[99;1:3u')
  await desk.waitForScreen('Quit and leave it there?')
  expect(opens(broker).map(({ body }) => (body as { direction: string }).direction)).toEqual(['BUY', 'SELL'])
  expect(desk.keyboardFlags).toBe(31)
  desk.type('\x1b[121u')
  await desk.exited
  expect(desk.keyboardFlags).toBe(0)
})

it('makes one order of a held key, with repeats as bytes and with repeats as events', async () => {
  const bytes = await deskOnBroker()
  await holdKey(bytes.desk, { press: 'b', repeat: 'b', release: '' })
  await bytes.desk.waitForScreen('held key')
  await bytes.desk.waitForScreen('OPEN')
  expect(opens(bytes.broker)).toHaveLength(1)

  const events = await deskOnBroker({ kitty: true })
  await events.desk.waitForScreen('Right Ctrl')
  await holdKey(events.desk, { press: '\x1b[98u', repeat: '\x1b[98;1:2u', release: '\x1b[98;1:3u' })
  await events.desk.waitForScreen('FILLED')
  expect(opens(events.broker)).toHaveLength(1)
})

it('never trades on a key that was pressed before the desk was ready, nor on its repeats afterwards', async () => {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const desk = openDesk({ env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  await waitFor('the first picture', () => desk.raw().includes('starting'))
  const isTold = () => desk.screen().includes('held key')
  await holdKey(desk, { press: 'b', repeat: 'b', release: '' }, isTold)
  expect(isTold()).toBe(true)
  expect(broker.orders()).toHaveLength(0)
})

it('sends nothing from a bracketed paste of bbb, and says so', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('\x1b[200~bbb\x1b[201~')
  await desk.waitForScreen('pasted text')
  expect(broker.orders()).toHaveLength(0)
})

it('sends nothing from a raw burst of eight b, and says so', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('bbbbbbbb')
  await desk.waitForScreen('8 keys at once')
  expect(broker.orders()).toHaveLength(0)
})

it('takes b and Space in one read one by one: one order, then FLAT', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('b ')
  await desk.waitForScreen('FLAT: the broker')
  expect(opens(broker)).toHaveLength(1)
  expect(closes(broker)).toHaveLength(1)
  expect(broker.positions()).toHaveLength(0)
})

it('says that it is checking when the answer to an order is lost, then the truth, and sends it once', async () => {
  const { desk, broker } = await deskOnBroker()
  broker.faults.loseNextReply('open')
  desk.type('b')
  await desk.waitForScreen('UNKNOWN, CHECKING')
  await desk.waitForScreen(/OPEN[\s\S]*FILLED: BOUGHT/)
  expect(opens(broker)).toHaveLength(1)
  expect(broker.positions()).toHaveLength(1)
  desk.type(' ')
  await desk.waitForScreen('FLAT: the broker')
})

it('reaches FLAT when the answer to a close is lost, with one close', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('b')
  await desk.waitForScreen('FILLED')
  broker.faults.loseNextReply('close')
  desk.type(' ')
  await desk.waitForScreen('FLAT: the broker')
  expect(closes(broker)).toHaveLength(1)
  expect(broker.positions()).toHaveLength(0)
})

it('calls prices old and takes FLAT away when the stream is lost, and comes back by itself', async () => {
  const { desk, broker } = await deskOnBroker()
  broker.faults.goSilent()
  const lost = await desk.waitForScreen('STALE')
  expect(lost).not.toMatch(/\bFLAT\b/)
  desk.type('b')
  await desk.waitForScreen('DENIED BUY')
  expect(opens(broker)).toHaveLength(0)
  broker.faults.speak()
  await desk.waitForScreen(screen => /\bFLAT\b/.test(screen) && !screen.includes('STALE'))
})

it('shows a position that its stop closed at the broker as gone, in words', async () => {
  const { desk, broker } = await deskOnBroker()
  broker.pause()
  broker.injectTick('CS.D.EURUSD.CFD.IP', '1.10000', '1.10006')
  await desk.waitForScreen('1.10006')
  desk.type('b')
  await desk.waitForScreen(/FILLED: BOUGHT 1 EUR\/USD at 1.10006/)
  broker.injectTick('CS.D.EURUSD.CFD.IP', '1.09800', '1.09806')
  await desk.waitForScreen('CLOSED BY THE BROKER')
  await desk.waitForScreen('FLAT')
})

it('asks before it quits with a position open, and leaves the terminal as it was', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('b')
  await desk.waitForScreen('FILLED')
  desk.type('q')
  await desk.waitForScreen('Quit and leave it there?')
  desk.type('n')
  await desk.waitForScreen(screen => !screen.includes('Quit and leave'))
  desk.type('q')
  await desk.waitForScreen('Quit and leave it there?')
  desk.type('y')
  expect((await desk.exited).code).toBe(0)
  expect(desk.isAlternateScreen).toBe(false)
  expect(desk.isCursorVisible).toBe(true)
  expect(broker.positions()).toHaveLength(1)
  expect(desk.screen()).toMatch(/scalpdesk: left open at the broker: BUY 1 EUR\/USD \(stop \d\.\d+\)/)
})

it('hears and writes down what became of an order that was under way when the trader quit', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('b')
  await waitFor('the order at the broker', () => opens(broker).length === 1)
  desk.type('q')
  await desk.waitForScreen('Quit and leave it there?')
  desk.type('y')
  await desk.exited
  expect(desk.journal().map(record => record.kind)).toContain('filled')
  expect(desk.screen()).toContain('left open at the broker')
})

it('leaves a terminal that it was stopped and continued in as it was, keyboard flags included', async () => {
  const { desk } = await deskOnBroker({ kitty: true })
  await desk.waitForScreen('Right Ctrl')
  desk.kill('SIGSTOP')
  desk.kill('SIGCONT')
  await waitFor('the modes set again', () => desk.raw().split('\x1b[?1049h').length > 2)
  expect(desk.keyboardFlags).toBe(31)
  desk.kill('SIGTERM')
  await desk.exited
  expect(desk.keyboardFlags).toBe(0)
  expect(desk.isAlternateScreen).toBe(false)
})

it('draws on after its painting thread meets a full terminal, and never holds a key up for it', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.pause()
  desk.type('b')
  await waitFor('the order at the broker', () => opens(broker).length === 1)
  desk.resume()
  await desk.waitForScreen('FILLED')
})

it.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('leaves the terminal as it was on %s', async (signal, code) => {
  const { desk } = await deskOnBroker()
  desk.kill(signal)
  expect(await desk.exited).toMatchObject({ code })
  expect(desk.isAlternateScreen).toBe(false)
  expect(desk.isCursorVisible).toBe(true)
})

it('keeps its figures through a resize, says what it needs when too small, and still closes', async () => {
  const { desk, broker } = await deskOnBroker()
  desk.type('b')
  await desk.waitForScreen('FILLED')
  desk.resize(40, 10)
  await desk.waitForScreen('40x12')
  desk.type(' ')
  desk.resize(100, 30)
  await desk.waitForScreen('FLAT: the broker')
  expect(broker.positions()).toHaveLength(0)
})

/** Three minutes of ticks around 12:30 UTC in the form of Lean's tick files. */
function ownTape(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tape-')), 'eurusd-20140508.csv')
  const halfPastSeven = 7.5 * 3_600_000
  const lines = Array.from({ length: 3_600 }, (_, index) => {
    const bid = (139_200 + Math.round(20 * Math.sin(index / 15))) / 100_000
    return `${halfPastSeven + index * 50},${bid.toFixed(5)},${(bid + 0.00002).toFixed(5)}`
  })
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'leaves the terminal as it was on %s while it is still loading',
  async signal => {
    const desk = openDesk()
    open.push(desk)
    await waitFor('the first picture', () => desk.raw().includes('starting'))
    desk.kill(signal)
    expect((await desk.exited).code).toBeGreaterThan(128)
    expect(desk.isAlternateScreen).toBe(false)
    expect(desk.isCursorVisible).toBe(true)
  },
)
