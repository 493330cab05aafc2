import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { openTerminal, seededRandom, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { afterScreen, refusal } from './testing/after-screen.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { startHeldServer } from './testing/held-server.ts'
import { sharedRuns } from './testing/many-runs.ts'
import { type EndedCommand, readyLine, startCommand } from './testing/running-command.ts'
import { type DeskOptions, openDesk, PROGRAM, type RunningDesk } from './testing/running-desk.ts'
import { leanLines, writeTickFile } from './testing/tick-files.ts'

/** What the program says to input that is wrong: one sentence, the exit status, and a terminal as it was. */

const open = closedAfterEach()

/** What ends at once without a terminal: many runs of the same program in one process. */
const runs = sharedRuns()
const run = (args: readonly string[]): Promise<EndedCommand> => runs.run(args)

function desk(options: DeskOptions): RunningDesk {
  const running = openDesk(options)
  open.push(running)
  return running
}

const FOLDER = mkdtempSync(join(tmpdir(), 'bad-input-'))
const EMPTY = writeTickFile('eurusd-20140508.csv', '')
const BLANK = writeTickFile('eurusd-20140508.csv', '\n\n  \n')
const PROSE = writeTickFile('eurusd-20140508.csv', 'Dear diary,\nthe market fell.\n')
const random = seededRandom(1)
const GARBAGE = writeTickFile(
  'eurusd-20140508.csv',
  Uint8Array.from({ length: 4_096 }, () => Math.floor(random.next() * 256)),
)
const BROKEN_GZIP = writeTickFile('eurusd-20140508.csv.gz', gzipSync('27000000,1.39460,1.39465\n').subarray(0, 12))
const BAD_LINE = writeTickFile(
  'eurusd-20140508.csv',
  '27000000,1.39460,1.39465\nrubbish\n27000050,1.39470,1.39475\n27000100,1.3948,abc\n',
)
const NOBODYS = writeTickFile('usdzar-20140508.csv', '27000000,1.39460,1.39465\n')
const NO_JSON = writeTickFile('no.json', '[\n  { "fault": "badRow" },\n]\n')
const NO_FAULT = writeTickFile('fault.json', '[\n  { "fault": "badRow" },\n  { "fault": "oops" }\n]\n')

const USAGE = 2
const FAILED = 1
const REFUSED = 3

describe('without a terminal, in one sentence on stderr and nothing on stdout, the program refuses', () => {
  it.each<[what: string, args: string, status: number, sentence: RegExp]>([
    ['an unknown flag', '--nope', USAGE, /unknown option '--nope'/],
    ['a mistyped flag, and names the one that was meant', '--spede 3', USAGE, /'--spede'.*--speed/],
    ['an unknown flag of mock', 'mock --prot 3', USAGE, /'--prot'.*--port/],
    ['an unknown command', 'fly', USAGE, /unknown command 'fly'/],
    ['help on an unknown command', 'help fly', USAGE, /no command of that name/],
    ['a word too many', 'mock extra', USAGE, /mock takes no extra/],
    ['a flag without its value', '--speed', USAGE, /--speed.*missing/],
    ['a flag of mock without its value', 'mock --port', USAGE, /--port.*missing/],
    ['a flag where a file should be', 'mock --replay --strict', USAGE, /--replay.*but got --strict/],
    ['a speed of nothing', 'mock --speed 0', USAGE, /--speed.*above 0.*got 0/],
    ['a speed that is no number', '--speed fast', USAGE, /--speed.*got fast/],
    ['a negative speed', '--speed -1', USAGE, /--speed.*got -1/],
    ['an hour that no day has', '--from 25:00', USAGE, /--from.*got 25:00/],
    ['a time in words', 'mock --from noon', USAGE, /--from.*got noon/],
    ['a size of nothing', '--size 0', USAGE, /--size.*got 0/],
    ['a negative size', '--size -1', USAGE, /--size.*got -1/],
    ['a size that is no number', '--size big', USAGE, /--size.*got big/],
    ['a stop of nothing', '--stop 0', USAGE, /--stop.*got 0/],
    ['a negative limit', '--limit -3', USAGE, /--limit.*got -3/],
    ['a limit in exponents', '--limit 1e3', USAGE, /--limit.*got 1e3/],
    ['a seed that is no number', 'mock --seed x', USAGE, /--seed.*got x/],
    ['a seed too large', 'mock --seed 4294967296', USAGE, /--seed.*4294967295/],
    ['a port too high', 'mock --port 65536', USAGE, /--port.*65535/],
    ['a port that is no number', 'mock --port http', USAGE, /--port.*got http/],
    ['a host that others reach', 'mock --host 0.0.0.0', USAGE, /loopback.*0\.0\.0\.0/],
    ['an environment that it does not have', '--env paper', USAGE, /--env.*got paper/],
    ['a flag of the screen given to mock', 'mock --size 3', USAGE, /mock takes no --size/],
    ['a time for tick files when there are none', 'mock --from 12:30', USAGE, /--from.*--replay/],
    ['a tick file that is not there', `mock --replay ${FOLDER}/none.csv`, FAILED, /none\.csv cannot be read/],
    ['a folder as tick file', `mock --replay ${FOLDER}`, FAILED, /cannot be read.*directory/],
    ['a device as tick file', 'mock --replay /dev/zero', FAILED, /cannot be read.*device/],
    ['an empty tick file', `mock --replay ${EMPTY}`, FAILED, /holds none/],
    ['a tick file of blank lines', `mock --replay ${BLANK}`, FAILED, /holds none/],
    ['a gzip that breaks off', `mock --replay ${BROKEN_GZIP}`, FAILED, /cannot be read/],
    ['binary garbage as tick file', `mock --replay ${GARBAGE}`, FAILED, /tick formats.*first line/],
    ['a bad line where --strict is given', `mock --strict --replay ${BAD_LINE}`, FAILED, /line 2 of.*"rubbish"/],
    ['a market that is none before a tick file', `mock --replay EURUSD=${PROSE}`, USAGE, /got EURUSD.*\.\/ before/],
    ['an epic that does not exist before a tick file', `mock --replay CS.D.NO.CFD.IP=${PROSE}`, USAGE, /CS\.D\.NO\./],
    [
      'a tick file of another market',
      `mock --replay IX.D.DAX.IFD.IP=${BAD_LINE}`,
      USAGE,
      /EUR\/USD.*IX\.D\.DAX\.IFD\.IP~/,
    ],
    ['a tick file that no market fits', `mock --replay ${NOBODYS}`, FAILED, /EPIC=FILE/],
    ['one tick file twice', `mock --replay ${BAD_LINE} ${BAD_LINE}`, USAGE, /given twice/],
    ['a market without its tick file', 'mock --replay CS.D.EURUSD.CFD.IP=', USAGE, /expected a file/],
    ['minutes that make no gap', `mock --replay ${BAD_LINE} --gap 0`, USAGE, /--gap.*minutes above 0.*got 0/],
    ['a gap when there are no tick files', 'mock --gap 5', USAGE, /--gap.*--replay/],
    ['allowances that it does not know', 'mock --allowances some', USAGE, /--allowances.*off or ig.*got some/],
    ['a faults file that is not there', `mock --faults ${FOLDER}/none.json`, USAGE, /none\.json cannot be read/],
    ['a folder of faults', `mock --faults ${FOLDER}`, USAGE, /cannot be read.*directory/],
    ['a flag where the faults file should be', 'mock --faults --loop', USAGE, /--faults.*but got --loop/],
    ['a faults file that is no JSON', `mock --faults ${NO_JSON}`, USAGE, /no\.json, but line 3, column 1 is none/],
    [
      'a fault that it does not know',
      `mock --faults ${NO_FAULT}`,
      USAGE,
      /entry 2 of .*fault\.json \(line 3, column 3\), but got "oops"/,
    ],
    ['an empty faults file', `mock --faults ${EMPTY}`, USAGE, /expected JSON.*line 1, column 1/],
    ['to draw where input and output are no terminal', '', USAGE, /needs a terminal/],
  ])('%s', async (_what, args, status, sentence) => {
    const ended = await run(args.split(' ').filter(arg => arg !== ''))
    expect(ended).toEqual({ status, stdout: '', stderr: expect.stringMatching(/^scalpdesk: [^\n]+\n$/) })
    expect(ended.stderr).toMatch(sentence)
    expect(ended.stderr.length).toBeLessThan(700)
  })

  it('a file of none of the formats, and says which were tried and what its first line was', async () => {
    const { stderr } = await run(['mock', '--replay', PROSE])
    for (const format of ['Lean', 'dukascopy', 'Binance', '"Dear diary,"']) expect(stderr).toContain(format)
  })

  it('text that would command the terminal, by showing it', async () => {
    const { stderr } = await run(['\x1b[2J\u202efly'])
    expect(stderr).toBe("scalpdesk: unknown command '\\u{1b}[2J\\u{202e}fly'; see scalpdesk --help\n")
  })

  it('a port that is in use', async () => {
    const holder = await startHeldServer()
    open.push(holder)
    const { port } = holder
    const ended = await run(['mock', '--port', String(port)])
    expect(ended).toMatchObject({ status: FAILED, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(`^scalpdesk: [^\\n]*port ${port}[^\\n]*in use[^\\n]*\\n$`))
  })

  it.each([
    ['input', `"$1" "$2" </dev/null`],
    ['output', `"$1" "$2" | cat; exit "\${PIPESTATUS[0]}"`],
  ])('to draw where only %s is no terminal', async (_what, script) => {
    const shell = openTerminal({
      command: 'bash',
      args: ['-c', script, 'bash', process.execPath, PROGRAM],
      env: { PATH: process.env.PATH ?? '', HOME: FOLDER, SCALPDESK_HOME: FOLDER },
      columns: 200,
    })
    expect(await shell.exited).toEqual({ code: USAGE, signal: null })
    expect(shell.raw()).toMatch(/^scalpdesk: [^\r\n]*needs a terminal[^\r\n]*\r\n$/)
  })
})

describe('on a terminal, which is as it was before when the sentence is printed, the program refuses', () => {
  const none = join(FOLDER, 'none.csv')
  const inTheWay = join(FOLDER, 'file')
  writeFileSync(inTheWay, '')

  it.each<[what: string, options: DeskOptions, status: number, sentence: RegExp]>([
    ['an unknown flag', { args: ['--nope'] }, USAGE, /unknown option '--nope'/],
    ['an unknown command after a flag', { args: ['--loop', 'fly'] }, USAGE, /unknown command 'fly'/],
    ['a flag without its value', { args: ['--size'] }, USAGE, /--size.*missing/],
    ['a bad value', { args: ['--size', '0'] }, USAGE, /--size.*got 0/],
    ['a tick file that is not there', { args: ['--replay', none] }, FAILED, /none\.csv cannot be read/],
    ['an empty tick file', { args: ['--replay', EMPTY] }, FAILED, /holds none/],
    ['a file of none of the formats', { args: ['--replay', PROSE] }, FAILED, /Lean.*dukascopy.*Binance.*"Dear diary,"/],
    ['a bad line under --strict', { args: ['--strict', '--replay', BAD_LINE] }, FAILED, /line 2 of.*"rubbish"/],
    ['a market that is none before a tick file', { args: ['--replay', `EURUSD=${PROSE}`] }, USAGE, /got EURUSD/],
    ['a fault that it does not know', { args: ['--faults', NO_FAULT] }, USAGE, /entry 2 of .*line 3.*"oops"/],
    [
      'faults for a broker elsewhere',
      { args: ['--faults', NO_FAULT], ...elsewhere('http://127.0.0.1:1') },
      USAGE,
      /--faults.*SCALPDESK_URL/,
    ],
    ['an epic that does not exist', { args: ['--epic', 'CS.D.NOSUCH.CFD.IP'] }, USAGE, /none called CS\.D\.NOSUCH/],
    ['an ill-formed epic', { args: ['--epic', 'EUR/USD'] }, USAGE, /--epic.*such as CS\.D\..*got EUR\/USD/],
    ['a size below the market’s smallest', { args: ['--size', '0.05'] }, USAGE, /size of at least 0\.1.*got 0\.05/],
    ['a stop nearer than allowed', { args: ['--stop', '1'] }, USAGE, /stop at least 2 points.*got 1/],
    ['a limit nearer than allowed', { args: ['--limit', '1.5'] }, USAGE, /limit at least 2 points.*got 1\.5/],
    ['a broker where nothing listens', elsewhere('http://127.0.0.1:1/gateway/deal'), FAILED, /127\.0\.0\.1:1.*REFUSED/],
    ['an address that is none', elsewhere('127.0.0.1'), USAGE, /SCALPDESK_URL.*got 127\.0\.0\.1/],
    ['an address of another kind', elsewhere('ftp://127.0.0.1/x'), USAGE, /SCALPDESK_URL.*got ftp:/],
    [
      'a tape for a broker elsewhere',
      { args: ['--replay', PROSE], ...elsewhere('http://127.0.0.1:1') },
      USAGE,
      /--replay.*SCALPDESK_URL/,
    ],
    [
      'an API key of blanks',
      { env: { ...elsewhere('http://127.0.0.1:1').env, SCALPDESK_API_KEY: ' ' } },
      USAGE,
      /API key/,
    ],
    ['a home that is a file', { env: { SCALPDESK_HOME: inTheWay } }, USAGE, /settings\.json: expected /],
    [
      'a home that takes no files',
      { env: { SCALPDESK_HOME: readOnlyFolder() } },
      FAILED,
      /journal in .*SCALPDESK_HOME/,
    ],
    ['a narrow terminal', { columns: 39 }, USAGE, /at least 40x12.*39x40/],
    ['a low terminal', { rows: 11 }, USAGE, /at least 40x12.*120x11/],
  ])('%s', async (_what, options, status, sentence) => {
    expect(await refusal(desk(options), status)).toMatch(sentence)
  })

  it('a wrong password, which it does not show', async () => {
    const broker = await startMockBroker({ seed: 7 })
    open.push(broker)
    const refused = desk({ env: { SCALPDESK_URL: broker.url, SCALPDESK_PASSWORD: 'hunter2' } })
    expect(await refusal(refused, REFUSED)).toMatch(/check the login name and the password/)
    expect(refused.raw()).not.toContain('hunter2')
  })

  it.each(['http://mock:hunter2@127.0.0.1:1', 'mock:hunter2@127.0.0.1', 'http://mock:hunter2@:x'])(
    'a login inside the address, which it does not show: %s',
    async url => {
      const refused = desk(elsewhere(url))
      await refusal(refused, USAGE)
      expect(refused.raw()).not.toContain('hunter2')
    },
  )
})

describe('a bad line in a tick file', () => {
  it('is skipped and counted, with its number', async () => {
    const command = startCommand(['mock', '--replay', BAD_LINE, '--speed', 'max'])
    open.push(command)
    await readyLine(command)
    await waitFor('the notice', () => command.stderr().includes('skipped'))
    expect(command.stderr()).toMatch(
      /^scalpdesk: 2 lines of \S+ were skipped; the first: line 2 of [^\n]*"rubbish"[^\n]*\n/,
    )
  })

  it.each([
    ['whose tape has ended', '', 2],
    ['that ends before its tape', leanLines(Array.from({ length: 2_400 }, () => ['1.39460', '1.39465'] as const)), 1],
  ])('is told again after a session %s, when the screen is gone', async (_what, rest, lines) => {
    const tape = writeTickFile('eurusd-20140508.csv', `27000000,1.39460,1.39465\nrubbish\n${rest}`)
    const trading = desk({ args: ['--replay', tape] })
    await trading.waitForScreen(/FLAT[\s\S]*READY/)
    trading.type('q')
    expect(await trading.exited).toEqual({ code: 0, signal: null })
    const told = afterScreen(trading)
      .split('\r\n')
      .filter(line => line.startsWith('scalpdesk: '))
    expect(told[0]).toMatch(/^scalpdesk: 1 line of \S+ was skipped; the first: line 2 of .*"rubbish"/)
    expect(told).toHaveLength(lines)
  })
})

describe('crossed quotes', () => {
  const good = ['1.39460', '1.39465'] as const
  const crossed = ['1.50000', '1.20000'] as const

  it('are neither shown nor filled: orders are filled at the good quotes between them', async () => {
    const quotes = Array.from({ length: 2_400 }, (_, index) => (index % 2 === 0 ? good : crossed))
    const trading = desk({ args: ['--replay', writeTickFile('eurusd-20140508.csv', leanLines(quotes))] })
    await trading.waitForScreen(/FLAT[\s\S]*READY/)
    trading.type('b')
    await trading.waitForScreen('FILLED: BOUGHT 1 EUR/USD at 1.39465')
    trading.type(' ')
    await trading.waitForScreen('FLAT: the broker')
    expect(levels(trading, 'filled')).toEqual(['1.39465', '1.3946'])
    expect(trading.raw()).not.toMatch(/1\.50000|1\.20000|-\d+\.\d points/)
  })

  it('that go on leave the last good price to deal at, and it is seen to grow old', async () => {
    const quotes = [good, ...Array.from({ length: 2_400 }, () => crossed)]
    const trading = desk({ args: ['--replay', writeTickFile('eurusd-20140508.csv', leanLines(quotes))] })
    await trading.waitForScreen(/spread 0\.5[\s\S]* 1\.\d s /)
    trading.type('b')
    await trading.waitForScreen('FILLED: BOUGHT 1 EUR/USD at 1.39465')
    trading.type(' ')
    await trading.waitForScreen('FLAT: the broker')
    expect(levels(trading, 'filled')).toEqual(['1.39465', '1.3946'])
    expect(trading.raw()).not.toMatch(/1\.50000|1\.20000/)
  })
})

function elsewhere(url: string): { env: Record<string, string> } {
  return { env: { SCALPDESK_URL: url } }
}

function levels(trading: RunningDesk, kind: string): readonly unknown[] {
  return trading
    .journal()
    .filter(record => record.kind === kind)
    .map(record => record.level)
}

/** Root may write to every folder of a disk, but not into the kernel's own. */
function readOnlyFolder(): string {
  if (process.getuid?.() === 0) return '/sys'
  const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
  chmodSync(folder, 0o500)
  return folder
}
