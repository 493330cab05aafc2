import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { afterScreen, expectRestored } from '../testing/after-screen.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { startCommand } from '../testing/running-command.ts'
import { type DeskOptions, openDesk, type RunningDesk } from '../testing/running-desk.ts'
import { leanLines, writeTickFile } from '../testing/tick-files.ts'

/** The trainer as people run it, with real keys on a pseudo-terminal. */

const open = closedAfterEach()

function trainee(args: readonly string[], options: DeskOptions = {}): RunningDesk {
  const running = openDesk({ ...options, args: ['train', ...args] })
  open.push(running)
  return running
}

const LETTERS = { BUY: 'b', SELL: 's', FLAT: ' ', HALF: 'h', 'STOP TO BREAKEVEN': 'e' } as const
const ASKED = />>> {2}([A-Z ]+?) {2}<<</

/** Reads what is asked, as a person does, and answers it. */
async function answer(running: RunningDesk, keys: Readonly<Record<string, string>>): Promise<string> {
  const screen = await running.waitForScreen(ASKED)
  const [, asked = ''] = ASKED.exec(screen) ?? []
  running.type(keys[asked] ?? '')
  await running.waitForScreen(new RegExp(`${asked}: \\d+ ms|(WRONG SIDE|OTHER KEY): ${asked}`))
  return asked
}

it('asks drill by drill, keeps the results and shows them; the terminal is as it was', async () => {
  const running = trainee(['--drills', '3', '--seed', '7'])
  const asked = [await answer(running, LETTERS), await answer(running, LETTERS), await answer(running, LETTERS)]
  expect(await running.exited).toEqual({ code: 0, signal: null })
  await expectRestored(running)
  expect(afterScreen(running)).toMatch(/^scalper: 3 drills, 3 hits: p50 \d+ ms, p95 \d+ ms \(few: 3 hits\); .*missed 0/)
  const record = JSON.parse(readFileSync(join(running.home, 'training.ndjson'), 'utf8'))
  expect(record).toMatchObject({ version: 1, profile: 'scalper', seed: 7, tape: null, early: 0 })
  expect(record.results).toHaveLength(asked.length)

  const history = startCommand(['train', '--history'], { SCALPDESK_HOME: running.home })
  open.push(history)
  const { status, stdout } = await history.ended
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d scalper: 3 drills, 3 hits/)])
})

it('practises arrows over the price of a tape, and taps of bare Ctrl keys', async () => {
  const tape = writeTickFile('eurusd-20140508.csv', leanLines([['1.39460', '1.39465']]))
  const running = trainee(['--profile', 'arrows', '--drills', '2', '--seed', '3', '--replay', tape], { kitty: true })
  await running.waitForScreen(/bid 1\.39460 · offer 1\.39465/)
  const arrows = { ...LETTERS, BUY: '\x1b[C', SELL: '\x1b[D', FLAT: '\x1b[B' }
  await answer(running, arrows)
  await answer(running, { ...arrows, BUY: '\x1b[57448;5u\x1b[57448;5:3u', SELL: '\x1b[57442u\x1b[57442;5:3u' })
  expect(await running.exited).toEqual({ code: 0, signal: null })
  expect(running.keyboardFlags).toBe(0)
  expect(afterScreen(running)).toMatch(/^arrows: 2 drills, 2 hits/)
})

it('tells a wrong side, also where it is told as lines', async () => {
  const spoken = trainee(['--linear'])
  await spoken.waitForScreen(/q ends it\s+TRAINING · nothing is sent · 1 of 40/)
  spoken.type('q')
  expect(await spoken.exited).toEqual({ code: 0, signal: null })
  expect(spoken.raw()).not.toMatch(/\x1b\[\?1049h/)
  const running = trainee(['--drills', '1', '--seed', '7'])
  const asked = await answer(running, { ...LETTERS, BUY: 's', SELL: 'b' })
  expect(['BUY', 'SELL']).toContain(asked)
  await running.exited
  expect(afterScreen(running)).toMatch(
    /wrong side 1 of 1 \(100 %\)[\s\S]*mistakes: (buy asked, sell|sell asked, buy) pressed/,
  )
})

it.each([
  ['q', (running: RunningDesk) => running.type('q'), 0],
  ['Ctrl+C', (running: RunningDesk) => running.type('\x03'), 0],
  ['SIGTERM', (running: RunningDesk) => running.kill('SIGTERM'), 143],
  ['SIGINT', (running: RunningDesk) => running.kill('SIGINT'), 130],
] as const)(
  'ends on %s at once, keeps nothing of nothing, and leaves the terminal as it was',
  async (_what, end, code) => {
    const running = trainee([])
    await running.waitForScreen('1 of 40')
    end(running)
    expect(await running.exited).toEqual({ code, signal: null })
    await expectRestored(running)
    expect(afterScreen(running)).toContain('no drill was answered: nothing is kept')
  },
)

describe('refuses, in one sentence,', () => {
  const inTheWay = join(mkdtempSync(join(tmpdir(), 'train-')), 'home')
  mkdirSync(join(inTheWay, 'training.ndjson'), { recursive: true })

  it.each<[what: string, args: string[], options: DeskOptions, status: number, sentence: RegExp]>([
    ['a profile that it does not have', ['--profile', 'mine'], {}, 2, /--profile.*scalper or arrows.*got mine/],
    ['no drills', ['--drills', '0'], {}, 2, /--drills.*1 to 1000.*got 0/],
    ['a tape that is not there', ['--replay', '/nowhere/x.csv'], {}, 1, /x\.csv cannot be read/],
    ['more words', ['faster'], {}, 2, /train takes no faster/],
    ['a flag of the trading screen', ['--size', '3'], {}, 2, /train takes no --size/],
    ['two tapes', ['--replay', 'a.csv', 'b.csv'], {}, 2, /train takes no more than one --replay/],
    ['a narrow terminal', [], { columns: 39 }, 2, /at least 40x10.*39x40/],
    ['results that cannot be kept', [], { env: { SCALPDESK_HOME: inTheWay } }, 1, /training\.ndjson.*SCALPDESK_HOME/],
  ])('%s', async (_what, args, options, status, sentence) => {
    const running = trainee(args, options)
    expect(await running.exited).toEqual({ code: status, signal: null })
    expect(running.raw().replaceAll('\r\n', ' ')).toMatch(sentence)
    expect(running.isAlternateScreen).toBe(false)
  })

  it('to run where there is no terminal; the history needs none', async () => {
    const command = startCommand(['train'])
    open.push(command)
    expect(await command.ended).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/needs a terminal/),
    })
    const history = startCommand(['train', '--history'])
    open.push(history)
    expect(await history.ended).toMatchObject({ status: 0, stdout: 'no training yet; scalpdesk train begins one\n' })
  })

  it('nothing of a broken history: the rest is shown', async () => {
    const home = mkdtempSync(join(tmpdir(), 'train-'))
    writeFileSync(join(home, 'training.ndjson'), '\x1b[2J not a run\n')
    const history = startCommand(['train', '--history'], { SCALPDESK_HOME: home })
    open.push(history)
    expect((await history.ended).stdout).toBe(
      'no training yet; scalpdesk train begins one\n1 line of training.ndjson is no run and was left out\n',
    )
  })
})
