import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { expect, it } from 'vitest'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { EURUSD } from './testing/desk-on-broker.ts'
import { type DeskOptions, openDesk } from './testing/running-desk.ts'

/** The linear mode as a person's screen reader gets it: the real program on a pseudo-terminal, read as a transcript. */

const open = closedAfterEach()

/** A session at 1.10000 to 1.10006, whose prices move only when they are told to. */
async function started(options: DeskOptions) {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  broker.pause()
  broker.injectTick(EURUSD, '1.10000', '1.10006')
  const desk = openDesk({ rows: 60, ...options, env: { SCALPDESK_URL: broker.url, ...options.env } })
  open.push(desk)
  const dealt = () => broker.dealingRequests().map(({ method }) => method)
  return { broker, desk, dealt, transcript: () => linesOf(desk.raw()) }
}

/** Everything that was written, without what only asks the terminal for keys. */
function linesOf(raw: string): readonly string[] {
  let text = raw
  for (const modes of [ENTER, LEAVE]) text = text.replaceAll(modes, '')
  return text.split('\r\n').filter(line => line !== '')
}

const ENTER = '\x1b[?1004h\x1b[?2004h\x1b[>31u\x1b[?u\x1b[c'
const LEAVE = '\x1b[<u\x1b[?2004l\x1b[?1004l'

/** What stands in the transcript from the first line that begins so, with figures of time taken out. */
function from(lines: readonly string[], first: string): readonly string[] {
  const at = lines.findIndex(line => line.startsWith(first))
  // Whether a price stands long enough to be called live is a matter of the machine's speed.
  const told = lines.slice(at).filter(line => !/^(prices of|STALE: the price of) /.test(line))
  return told.map(line => line.replaceAll(/\d+ ms/g, 'N ms').replaceAll(/[+-]\d+[.,]\d+ EUR/g, 'X EUR'))
}

it('tells a round trip as lines, with the keys of the screen, and never moves the cursor', async () => {
  const { broker, desk, dealt, transcript } = await started({ args: ['--linear'], kitty: true })
  await desk.waitForScreen('FLAT')
  desk.type(RIGHT_CTRL)
  await desk.waitForScreen('FILLED: BOUGHT')
  broker.injectTick(EURUSD, '1.10020', '1.10026')
  desk.type(' ')
  await desk.waitForScreen(/^FLAT: the broker/m)
  desk.type('q')
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  expect(dealt()).toEqual(['POST', 'DELETE'])
  const lines = transcript()
  expect(lines.slice(0, 2)).toEqual([
    'scalpdesk begins, as lines; ? tells the keys, Ctrl+L says again what is true now',
    'MOCK, no real money. MOCK1 · EUR',
  ])
  expect(from(lines, 'SENT')).toEqual([
    'SENT BUY 1 EUR/USD, stop 15 points',
    'CHECKING',
    'FILLED: BOUGHT 1 EUR/USD at 1.10006, stop 1.09856',
    'OPEN',
    'CLOSING 1 position',
    'CHECKING',
    'closing BUY 1 EUR/USD',
    'CLOSED: BUY 1 at 1.10020, result +14.00 USD',
    'FLAT: the broker reports no position and no working order',
    'The session: 1 deal, 1 won, 0 lost',
    '  realised X EUR, charges 0.00 EUR',
    '  0 denied, 0 rejected',
    '  key to confirmed: p50 N ms, p95 N ms',
    '  nothing is open at the broker',
  ])
  expect(lines.join('')).not.toContain('\x1b')
  expect(desk.keyboardFlags).toBe(0)
})

it('is chosen by the settings, speaks French, and answers a key that asks what is true', async () => {
  const { desk, transcript } = await started({ settings: { screen: { linear: true, language: 'fr' } } })
  await desk.waitForScreen(/^À PLAT$/m)
  desk.type('a')
  await desk.waitForScreen('DÉSARMÉ')
  const { length } = transcript()
  desk.type('\x0c')
  await desk.waitForScreen(() => transcript().slice(length).includes('À PLAT'))
  desk.type('q')
  await desk.exited
  expect(transcript()[0]).toBe('scalpdesk commence, en lignes ; ? dit les touches, Ctrl+L redit la situation présente')
  expect(transcript().slice(length, length + 6)).toEqual([
    'FICTIF, pas d’argent réel. MOCK1 · EUR',
    'marché EUR/USD : acheteur 1.10000, vendeur 1.10006',
    'les positions sont tenues côte à côte',
    'taille 1, stop 15 points, sans limite',
    'DÉSARMÉ : par le trader',
    'À PLAT',
  ])
  expect(transcript().join('')).not.toContain('\x1b')
})

it('needs no size, reads no paste as keys, and gives the terminal back when it is told to end', async () => {
  const { desk, dealt, transcript } = await started({ args: ['--linear'], columns: 20, rows: 5 })
  await desk.waitForScreen('FLAT')
  desk.type('\x1b[200~bsb\x1b[201~')
  await desk.waitForScreen(() => transcript().some(line => line.startsWith('pasted text (3 bytes)')))
  desk.kill('SIGTERM')
  expect(await desk.exited).toEqual({ code: 143, signal: null })
  expect(dealt()).toEqual([])
  expect(desk.raw()).toContain(LEAVE)
  expect(transcript().join('')).not.toContain('\x1b')
})

it('says the price by itself where the settings ask for it', async () => {
  const screen = { linear: true, linearPrice: { points: 3 } }
  const { broker, desk, transcript } = await started({ settings: { screen } })
  await desk.waitForScreen('FLAT')
  await desk.waitForScreen(/bid 1\.10000|prices of EUR\/USD are live/)
  broker.injectTick(EURUSD, '1.10050', '1.10056')
  await desk.waitForScreen(() => transcript().includes('bid 1.10050, offer 1.10056'))
})

it('leaves a picture that was begun for settings written in a way of their own', async () => {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const home = mkdtempSync(join(tmpdir(), 'scalpdesk-'))
  writeFileSync(join(home, 'settings.json'), '{"screen": {"l\\u0069near": true}}', { mode: 0o600 })
  const desk = openDesk({ home, env: { SCALPDESK_URL: broker.url } })
  open.push(desk)
  await desk.waitForScreen('FLAT')
  expect(desk.isAlternateScreen).toBe(false)
  expect(desk.isCursorVisible).toBe(true)
  desk.type('q')
  expect((await desk.exited).code).toBe(0)
})

const RIGHT_CTRL = '\x1b[57448;5u\x1b[57448;1:3u'
