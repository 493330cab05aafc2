import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { type TapeEntry, tapeReader } from '@scalpdesk/mock-broker/engine'
import { connectIg, Decimal, dealReference, epic } from '@scalpdesk/sdk'
import { openTerminal, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { expectFitsSchema } from '../testing/output-schema.ts'
import { type RunningCommand, startCommand } from '../testing/running-command.ts'
import { PROGRAM, ROOT } from '../testing/running-desk.ts'

/** `scalpdesk record`, as a program of its own. */

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DAX = 'IX.D.DAX.IFD.IP'
const open = closedAfterEach()

const newOut = (): string => join(mkdtempSync(join(tmpdir(), 'tape-')), 'day.tape')

async function broker(): Promise<MockBroker> {
  const started = await startMockBroker({ seed: 7 })
  open.push(started)
  return started
}

function record(url: string, out: string, ...args: readonly string[]): RunningCommand {
  const command = startCommand(['record', EURUSD, DAX, '--out', out, ...args], { SCALPDESK_URL: url })
  open.push(command)
  return command
}

function readTape(out: string): readonly TapeEntry[] {
  const reader = tapeReader(out)
  try {
    return reader.read(readFileSync(out))
  } catch {
    return []
  }
}

const until = (out: string, what: string, isThere: (entries: readonly TapeEntry[]) => boolean) =>
  waitFor(what, () => (statSync(out, { throwIfNoEntry: false }) && isThere(readTape(out)) ? true : undefined))
const hasTicks = (count: number) => (entries: readonly TapeEntry[]) =>
  entries.filter(({ kind }) => kind === 'tick').length >= count
const hasEvent = (name: string) => (entries: readonly TapeEntry[]) =>
  entries.some(entry => entry.kind === 'event' && entry.name === name)

describe('record', () => {
  it('writes prices, trades and the account, and says at Ctrl-C what was written', async () => {
    const mock = await broker()
    const out = newOut()
    const recording = record(mock.url, out)
    await until(out, 'prices', hasTicks(5))
    const { apiKey, username, password, url } = mock
    const ig = await connectIg({ environment: new URL(url), credentials: { apiKey, identifier: username, password } })
    open.push(ig)
    const market = await ig.markets.get(epic(EURUSD))
    await ig.positions.open({ reference: dealReference('TAPE-1'), market, direction: 'BUY', size: new Decimal(1) })
    await until(out, 'trades', hasEvent('trade'))
    recording.kill('SIGINT')
    const { status, stdout, stderr } = await recording.ended
    expect([status, stderr]).toEqual([130, ''])
    expect(stdout).toMatch(
      /^recorded \d+ ticks, \d+ trades?, \d+ changes? of the account, 0 gaps from .* UTC; .*day\.tape \(.*kB\)\n$/,
    )
    const entries = readTape(out)
    expect(entries.at(-1)).toMatchObject({ name: 'recording-end', data: { reason: 'interrupted' } })
    expect(JSON.stringify(entries)).toContain('TAPE-1')
    for (const secret of [apiKey, 'CST', 'X-SECURITY-TOKEN', '"mock"'])
      expect(readFileSync(out, 'utf8')).not.toContain(secret)
  })

  it('ends at SIGTERM with 0 and one document for scripts', async () => {
    const out = newOut()
    const recording = record((await broker()).url, out, '--json')
    await until(out, 'prices', hasTicks(3))
    recording.kill('SIGTERM')
    const { status, stdout, stderr } = await recording.ended
    expect([status, stderr]).toEqual([0, ''])
    const told = JSON.parse(stdout) as Record<string, unknown>
    expectFitsSchema('record', told)
    expect(told).toMatchObject({ files: [out], bytes: statSync(out).size, trades: 0, gaps: 0 })
    expect(told.ticks).toBe(readTape(out).filter(({ kind }) => kind === 'tick').length)
  })

  it('killed at any moment leaves whole lines and at most a torn one, and goes on after it', async () => {
    const mock = await broker()
    const out = newOut()
    for (let kill = 0; kill < 3; kill++) {
      const recording = record(mock.url, out)
      await until(out, 'more prices', hasTicks((kill + 1) * 6))
      recording.kill('SIGKILL')
      await recording.ended
    }
    const reader = tapeReader(out)
    reader.read(readFileSync(out))
    expect(reader.report().skipped.count).toBe(0)
    const recording = record(mock.url, out)
    await waitFor('what was found', () => recording.stderr().includes('broke off') || undefined)
    expect(recording.stderr()).toMatch(
      /^scalpdesk: goes on with .*: \d+ ticks until .* UTC, where the recording broke off/,
    )
    recording.kill('SIGINT')
    await recording.ended
    const gaps = readTape(out).flatMap(entry => (entry.kind === 'event' && entry.name === 'gap' ? [entry.data] : []))
    expect(gaps).toMatchObject([{ kind: 'broken-off' }, { kind: 'broken-off' }, { kind: 'broken-off' }])
  })

  it('tells a stream that broke as a gap without prices, and its end', async () => {
    const mock = await broker()
    const out = newOut()
    const recording = record(mock.url, out)
    await until(out, 'prices', hasTicks(4))
    mock.faults.dropStream()
    await until(out, 'the end of the gap', hasEvent('gap-end'))
    const entries = readTape(out)
    const at = entries.findIndex(entry => entry.kind === 'event' && entry.name === 'gap')
    expect(entries.slice(0, at).filter(({ kind }) => kind === 'quote-loss')).toHaveLength(2)
    recording.kill('SIGINT')
    expect((await recording.ended).stdout).toMatch(/, [1-9]\d* gaps? from/)
  })

  it('shows its progress on a terminal, in one line that is gone at the end', async () => {
    const mock = await broker()
    const terminal = openTerminal({
      command: process.execPath,
      args: [PROGRAM, 'record', EURUSD, '--out', newOut()],
      columns: 120,
      rows: 10,
      cwd: ROOT,
      env: {
        SCALPDESK_URL: mock.url,
        SCALPDESK_HOME: mkdtempSync(join(tmpdir(), 'home-')),
        PATH: process.env.PATH ?? '',
      },
      kitty: false,
    })
    await terminal.waitForScreen(/recording day\.tape: \d\d:\d\d:\d\d UTC, \d+ ticks, .*; Ctrl-C ends it/)
    terminal.type('\x03')
    expect((await terminal.exited).code).toBe(130)
    const screen = await terminal.waitForScreen(/recorded \d+ ticks?/)
    expect(screen).not.toContain('Ctrl-C ends it')
  })

  it('records the mock broker inside, and says so', async () => {
    const out = newOut()
    const recording = startCommand(['record', EURUSD, '--out', out])
    open.push(recording)
    await until(out, 'prices', hasTicks(2))
    recording.kill('SIGINT')
    expect((await recording.ended).stderr).toBe(
      'scalpdesk: the mock broker inside makes its prices up; --env or SCALPDESK_URL name another broker\n',
    )
  })

  it('on a full disk keeps whole lines, says so and ends with 1', async () => {
    const mock = await broker()
    const out = newOut()
    const limited = spawn(
      'sh',
      [
        '-c',
        'trap "" XFSZ; ulimit -f 1; exec "$@"',
        'sh',
        process.execPath,
        PROGRAM,
        'record',
        EURUSD,
        DAX,
        '--out',
        out,
      ],
      {
        env: {
          SCALPDESK_URL: mock.url,
          SCALPDESK_HOME: mkdtempSync(join(tmpdir(), 'home-')),
          PATH: process.env.PATH ?? '',
        },
      },
    )
    let [stdout, stderr] = ['', '']
    limited.stdout.on('data', text => (stdout += String(text)))
    limited.stderr.on('data', text => (stderr += String(text)))
    const status = await new Promise(resolve => limited.once('close', resolve))
    expect(status).toBe(1)
    expect(stderr).toMatch(/^scalpdesk: expected the disk to take the tape .*day\.tape, but EFBIG/)
    expect(stdout).toMatch(/^recorded \d+ ticks/)
    expect(readFileSync(out, 'utf8').endsWith('\n')).toBe(true)
  })
})

describe('record is refused', () => {
  const refused = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    startCommand(['record', ...args], env).ended

  it.each<[args: readonly string[], status: number, problem: RegExp]>([
    [['--out', 'x'], 2, /missing required argument 'epic'/],
    [[EURUSD], 2, /required option '--out <file>' not specified/],
    [[EURUSD, EURUSD, '--out', 'x'], 2, /named once, but got CS\.D\.EURUSD/],
    [['not an epic', '--out', 'x'], 2, /expected EPIC to be an epic such as/],
    [['CS.D.NOWHERE.CFD.IP', '--out', 'x'], 2, /the broker knows none called CS\.D\.NOWHERE/],
    [[EURUSD, '--out', '/nowhere/day.tape'], 1, /ENOENT.*make the folder/],
    [[EURUSD, '--out', 'x', '--rotate', '5 apples'], 2, /expected --rotate to be day, or a size from 1kB/],
    [[EURUSD, '--out', 'x', '--size', '2'], 2, /record takes no --size/],
    [[EURUSD, '--out', 'x', '--speed', 'max'], 2, /--speed is about tick files/],
  ])('%j', async (args, status, problem) => {
    const ended = await refused(args)
    expect(ended.stderr).toMatch(problem)
    expect([ended.status, ended.stdout]).toEqual([status, ''])
  })

  it('on a file that is no tape, which stays as it is', async () => {
    const out = newOut()
    writeFileSync(out, 'my notes\n')
    const { status, stderr } = await refused([EURUSD, '--out', out])
    expect([status, readFileSync(out, 'utf8')]).toEqual([2, 'my notes\n'])
    expect(stderr).toContain('nothing was changed')
  })

  it('where nobody answers, and where nobody is signed in', async () => {
    const silent = await refused([EURUSD, '--out', newOut()], { SCALPDESK_URL: 'http://127.0.0.1:9/gateway/deal' })
    expect([silent.status, silent.stderr]).toEqual([1, expect.stringMatching(/^scalpdesk: expected .*127\.0\.0\.1/)])
    const stranger = await refused(['--env', 'demo', EURUSD, '--out', newOut()])
    expect([stranger.status, stranger.stderr]).toEqual([3, expect.stringContaining('not signed in to demo')])
  })
})
