import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tapeWriter } from '@scalpdesk/mock-broker/engine'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { faultsFile } from '../testing/kept-session.ts'
import { madeUpTape } from '../testing/made-up-tape.ts'
import { expectFitsSchema } from '../testing/output-schema.ts'
import { startCommand } from '../testing/running-command.ts'
import { openDesk, type RunningDesk } from '../testing/running-desk.ts'
import { writeTickFile } from '../testing/tick-files.ts'

/** `scalpdesk replay`, as a program of its own. */

const open = closedAfterEach()

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'kept-')), 'session')
const run = (...args: readonly string[]) => startCommand(args).ended
const TAPE = madeUpTape(5, [
  [0, 0],
  [20, 8],
])
const [F4, F5, F6, F8, F9] = ['\x1bOS', '\x1b[15~', '\x1b[17~', '\x1b[19~', '\x1b[20~'] as const

function replay(...args: readonly string[]): RunningDesk {
  const desk = openDesk({ args: ['replay', ...args] })
  open.push(desk)
  return desk
}

async function traded(folder: string, ...args: readonly string[]): Promise<void> {
  const desk = replay(TAPE, '--keep', folder, ...args)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  desk.type('b')
  await desk.waitForScreen(/BOUGHT 1|REJECTED/)
  desk.type(' ')
  await desk.waitForScreen(/CLOSED|FLAT/)
  desk.type('q')
  expect(await desk.exited).toEqual({ code: 0, signal: null })
  expect(desk.raw().split('\x1b[?1049l').at(-1)).toContain(`kept in ${folder}`)
}

describe('the screen on a tape', () => {
  it('trades, and comes out the same again, at the speed at which it happened and as fast as can be', async () => {
    const folder = newFolder()
    await traded(folder, '--speed', '4')
    const [atOnce, asItWas] = await Promise.all([
      run('replay', folder, '--check'),
      run('replay', folder, '--check', '--speed', '1'),
    ])
    expect(atOnce).toMatchObject({ status: 0, stderr: '' })
    expect(atOnce.stdout).toMatch(/: the same to the byte: \d+ inputs, 2 orders, \d+ records of the journal\n$/)
    expect(asItWas).toEqual(atOnce)
  })

  it('comes out the same with the broker’s faults', async () => {
    const folder = newFolder()
    const faults = faultsFile([
      { fault: 'rejectNext', args: ['ORDER_DECLINED'], match: 'open' },
      { fault: 'dropStream', afterMs: 1_500 },
    ])
    await traded(folder, '--seed', '9', '--faults', faults)
    expect((await run('replay', folder, '--check')).stdout).toContain('the same to the byte')
  })

  it('is paused, goes on tick by tick, faster, on by a minute, and back by one', async () => {
    const folder = newFolder()
    const desk = replay(TAPE, '--keep', folder)
    await desk.waitForScreen(/13:00:0\d 0% x1/)
    desk.type(F5)
    await desk.waitForScreen(/13:00:0\d 0% paused/)
    desk.type(F6)
    desk.type(F5)
    await desk.waitForScreen(/13:00:\d\d \d% x1/)
    desk.type(F8)
    await desk.waitForScreen(/x2 /)
    desk.type(F9)
    await desk.waitForScreen(/13:01:\d\d \d+% x2/)
    desk.type('b')
    await desk.waitForScreen(/BOUGHT 1/)
    // Back before the order, which then never was; and both are kept, each as it went.
    desk.type(F4)
    await desk.waitForScreen(/13:00:\d\d \d+% x\d[\s\S]*FLAT/)
    expect(desk.screen()).not.toMatch(/BOUGHT 1/)
    desk.type('s')
    await desk.waitForScreen(/SOLD 1/)
    desk.type('q')
    await desk.waitForScreen('Quit and leave')
    desk.type('y')
    await desk.exited
    expect(desk.raw().split('\x1b[?1049l').at(-1)).toContain(`kept in ${folder}-2;`)
    const checks = await Promise.all([folder, `${folder}-2`].map(each => run('replay', each, '--check')))
    for (const check of checks) expect(check).toMatchObject({ status: 0, stdout: expect.stringMatching(/, 1 orders,/) })
  })

  it('is told as lines, in the language of the settings', async () => {
    const folder = newFolder()
    const home = mkdtempSync(join(tmpdir(), 'home-'))
    writeFileSync(join(home, 'settings.json'), '{ "screen": { "language": "fr" } }', { mode: 0o600 })
    const desk = openDesk({ args: ['replay', TAPE, '--keep', folder, '--linear'], env: { SCALPDESK_HOME: home } })
    open.push(desk)
    await desk.waitForScreen(/^À PLAT[\s\S]*non reconnues ici/m)
    desk.type(F5)
    await desk.waitForScreen(/BANDE en pause/)
    desk.type(F8)
    await desk.waitForScreen(/BANDE x2/)
    desk.type('q')
    expect(await desk.exited).toEqual({ code: 0, signal: null })
    expect(desk.isAlternateScreen).toBe(false)
    expect(desk.raw()).not.toMatch(/\x1b\[\?1049h/)
    expect(desk.raw()).toContain(`gardé dans ${folder}\u00a0;`)
  })

  it('begins at a time, or goes on to one', async () => {
    const from = replay(TAPE, '--from', '13:10', '--keep', newFolder())
    await from.waitForScreen(/13:10:\d\d \d+% x1/)
    const until = replay(TAPE, '--until', '13:08:30', '--keep', newFolder())
    await until.waitForScreen(/13:08:3\d \d+% x1/)
  })

  it('is checked as far as it goes when it was killed in the middle of a trade', async () => {
    const folder = newFolder()
    const desk = replay(TAPE, '--keep', folder)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.type('b')
    await desk.waitForScreen(/BOUGHT 1/)
    desk.kill('SIGKILL')
    await desk.exited
    const { status, stdout } = await run('replay', folder, '--check', '--json')
    expect(status).toBe(0)
    expectFitsSchema('replay-check', JSON.parse(stdout))
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'same', orders: 1, isBrokenOff: true, difference: null })
  })

  it('keeps nothing of what was pasted', async () => {
    const folder = newFolder()
    const desk = replay(TAPE, '--keep', folder)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.type('\x1b[200~hunter2-secret\x1b[201~')
    await desk.waitForScreen(/pasted/i)
    desk.type('q')
    await desk.exited
    const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(name => join(folder, name))
      .filter(path => statSync(path).isFile())
    for (const path of kept) expect(readFileSync(path, 'utf8')).not.toMatch(/hunter2/)
    expect(readFileSync(join(folder, 'keys.ndjson'), 'utf8')).toContain('"pasted"')
  })

  it('keeps what it ran with in its home unless told where', async () => {
    const desk = replay(TAPE)
    await desk.waitForScreen(/FLAT[\s\S]*READY/)
    desk.kill('SIGTERM')
    expect((await desk.exited).code).toBe(143)
    const [, folder = ''] = /kept in (\S+);/.exec(desk.raw()) ?? []
    expect(folder.startsWith(join(desk.home, 'replays'))).toBe(true)
    expect((await run('replay', folder, '--check')).status).toBe(0)
  })

  it('plays a tape of its own with several markets, gaps and all', async () => {
    const startMs = Date.UTC(2026, 0, 5, 9)
    const epics = ['CS.D.EURUSD.CFD.IP', 'IX.D.DAX.IFD.IP'] as const
    const tape = tapeWriter({
      startMs,
      markets: [
        { epic: epics[0], decimals: 5 },
        { epic: epics[1], decimals: 1 },
      ],
    })
    const lines = Array.from({ length: 400 }, (_, index) => {
      const atMs = startMs + index * 250
      return [
        tape.line({
          kind: 'tick',
          epic: epics[0],
          atMs,
          bidUnits: 108_400 + (index % 7),
          offerUnits: 108_406 + (index % 7),
        }),
        tape.line({ kind: 'tick', epic: epics[1], atMs, bidUnits: 185_000 + index, offerUnits: 185_010 + index }),
        index === 8 ? tape.line({ kind: 'event', name: 'gap', atMs, data: { kind: 'lost' } }) : '',
      ].join('')
    })
    const desk = replay(writeTickFile('own.tape', tape.header + lines.join('')), '--keep', newFolder())
    await desk.waitForScreen(/Germany 40/)
    await desk.waitForScreen(/1\.0840\d/)
  })
})

describe('a check tells', () => {
  it('where a journal was changed, and fails', async () => {
    const folder = newFolder()
    await traded(folder)
    const keys = join(folder, 'keys.ndjson')
    writeFileSync(keys, readFileSync(keys, 'utf8').replace('"buy"', '"sell"'))
    const { status, stdout } = await run('replay', folder, '--check')
    expect(status).toBe(1)
    expect(stdout).toMatch(/different from line 1 of its orders on .*\n {2}was: .*"BUY.*\n {2}is: {2}.*"SELL/)
  })
})

describe('a replay is refused', () => {
  it.each<[args: readonly string[], problem: RegExp]>([
    [['replay'], /missing required argument 'file'/],
    [['replay', '/nowhere/day.tape'], /needs a terminal/],
    [['replay', '/nowhere', '--check'], /expected a session, but .*ENOENT.*; give the folder that replay said it kept/],
    [['replay', TAPE, '--check'], /expected a session, but/],
    [['replay', 'x', '--check', '--seed', '5'], /--seed would do nothing here: a session says itself/],
    [['replay', 'x', '--json'], /--json would do nothing here: it is about --check/],
    [['replay', 'x', '--replay', 'y'], /--replay would do nothing here/],
    [['replay', 'x', '--until', 'noon'], /expected --until to be a time of day/],
  ])('%j', async (args, problem) => {
    const { status, stdout, stderr } = await run(...args)
    expect(stderr).toMatch(problem)
    expect([status, stdout]).toEqual([2, ''])
  })

  it('on a tape that is none, and leaves the terminal as it was', async () => {
    const desk = replay(writeTickFile('day.tape', 'nonsense\n'))
    expect((await desk.exited).code).toBe(1)
    await desk.waitForScreen(/scalpdesk: expected/)
  })

  it('in a folder that has something in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kept-'))
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    const desk = replay(TAPE, '--keep', folder)
    expect((await desk.exited).code).toBe(1)
    await desk.waitForScreen(/has something in it; name another/)
  })
})
