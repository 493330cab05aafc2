import { readFileSync } from 'node:fs'
import { waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { GUARD, type GuardDocument } from './documents/documents.ts'
import { afterScreen, expectRestored } from './testing/after-screen.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { type CommandRig, commandRig, EURUSD } from './testing/command-rig.ts'
import { type RunningCommand, readyLine } from './testing/running-command.ts'
import { openDesk, type RunningDesk } from './testing/running-desk.ts'

/** `scalpdesk guard` as people run it: a process of its own, and screens that come, die and come back. */

const open = closedAfterEach()

interface RunningGuard {
  readonly command: RunningCommand
  readonly pid: number
}

async function startGuard(rig: CommandRig, args = ''): Promise<RunningGuard> {
  const command = rig.start(`guard --json ${args}`)
  const { guard } = GUARD.parse(JSON.parse(await readyLine(command)))
  return { command, pid: guard?.pid ?? 0 }
}

function screenOf(rig: CommandRig): RunningDesk {
  const screen = openDesk({ home: rig.home, env: rig.env })
  open.push(screen)
  return screen
}

async function status(rig: CommandRig): Promise<GuardDocument['guard']> {
  const { document } = await rig.json('guard status')
  return GUARD.parse(document).guard
}

const kindsOf = (rig: CommandRig, kind: string) => rig.journal().filter(record => record.kind === kind)

it('goes on when its screen dies in the middle of an order, and shows the next one the same state', async () => {
  const rig = await commandRig(open)
  const guard = await startGuard(rig)
  const screen = screenOf(rig)
  await screen.waitForScreen(/DISARMED[\s\S]*FLAT/)
  screen.type('a')
  await screen.waitForScreen(/MOCK +ARMED/)
  rig.broker.faults.slowReply(1_500, 'open')
  rig.broker.faults.confirmLate(1_500, 'open')
  screen.type('b')
  await waitFor('the order', () => rig.dealt().length === 1 || undefined)
  screen.kill('SIGKILL')
  await screen.exited
  // Nobody looks: no entry of anybody, until a screen is there and arms them.
  expect(await rig.run(`buy ${EURUSD}`)).toMatchObject({ status: 5, stdout: expect.stringMatching(/DENIED/) })
  await waitFor('the outcome', () => kindsOf(rig, 'filled').length === 1 || undefined)

  const again = screenOf(rig)
  await again.waitForScreen(/no screen for [\d.]+ s: \d+ things happened, last /)
  await again.waitForScreen(/DISARMED[\s\S]*BUY +1 [\s\S]*FILLED: BOUGHT 1 EUR\/USD/)
  expect(await status(rig)).toMatchObject({ pid: guard.pid, screens: 1, entries: 'disarmed', positions: 1 })

  // The one that came last has the keys; the one before looks on, and may flatten.
  const third = screenOf(rig)
  await third.waitForScreen(/DISARMED[\s\S]*BUY +1 /)
  await again.waitForScreen('VIEW ONLY')
  third.type('a')
  await third.waitForScreen(/MOCK +ARMED/)
  again.type('s')
  again.type(' ')
  await third.waitForScreen('FLAT: the broker')
  expect(rig.dealt()).toEqual(['POST /positions/otc', 'DELETE /positions/otc'])
  third.type('q')
  expect((await third.exited).code).toBe(0)
  await expectRestored(third)
  expect(await afterScreen(third)).toMatch(/the guard \(process \d+\) goes on; scalpdesk attaches to it again/)
  // Who looked on has the keys now.
  await again.waitForScreen(/DISARMED(?![\s\S]*VIEW ONLY)/)

  guard.command.kill('SIGHUP')
  guard.command.kill('SIGTERM')
  const ended = await guard.command.ended
  expect(ended).toMatchObject({ status: 0, stderr: '' })
  expect((await again.exited).code).toBe(1)
  await expectRestored(again)
  expect(await afterScreen(again)).toMatch(/the guard \(process \d+\) was ended\. What is open stays at the broker/)
  expect(rig.journal().at(-1)).toMatchObject({
    kind: 'stopped',
    reason: 'the guard was ended by SIGTERM; nothing was open',
  })
  expect(kindsOf(rig, 'screen').map(({ what, screens }) => `${what} ${screens}`)).toEqual([
    ...['attached 1', 'left 0', 'attached 1', 'attached 2', 'left 1'],
    'left 0',
  ])
})

it('killed, it leaves a socket and a journal that the next one takes over; ended, it leaves what is open, says so, and writes the report of the day', async () => {
  const rig = await commandRig(open)
  rig.settings({ version: 1, reports: { atSessionEnd: 'html', withinMs: 30_000 } })
  const killed = await startGuard(rig)
  const screen = screenOf(rig)
  await screen.waitForScreen(/DISARMED[\s\S]*FLAT/)
  killed.command.kill('SIGKILL')
  expect((await screen.exited).code).toBe(1)
  await expectRestored(screen)
  expect(await afterScreen(screen)).toMatch(/the guard \(process \d+\) is gone\. What is open stays at the broker/)
  const none = await rig.run('guard status')
  expect(none).toEqual({ status: 1, stdout: expect.stringMatching(/^no guard of mock runs/), stderr: '' })

  const guard = await startGuard(rig, '--stay-armed')
  const second = await rig.run('guard')
  expect(second).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/process \d+ is one/) })
  // Armed without a screen: for commands and bots.
  expect(await rig.run(`buy ${EURUSD} --size 1`)).toMatchObject({ status: 0 })
  const flagged = openDesk({ home: rig.home, env: rig.env, args: ['--size', '2'] })
  open.push(flagged)
  expect((await flagged.exited).code).toBe(2)
  expect(await afterScreen(flagged)).toMatch(/--size is for a desk of this screen's own, but a guard/)
  const stopped = await rig.run('guard stop')
  expect(stopped).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/has ended; left open at the broker: BUY 1/),
  })
  const { status: left, stderr: last } = await guard.command.ended
  expect(left).toBe(0)
  expect(last).toMatch(/ended; no position is closed by that\. left open at the broker: BUY 1/)
  const page = /^scalpdesk: the report of the day is (.+\.html)$/m.exec(last)?.[1] ?? last
  expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*EUR\/USD[\s\S]*<\/html>\n$/)
  expect(rig.journal().at(-1)).toMatchObject({
    kind: 'stopped',
    reason: expect.stringMatching(/^the guard was ended by scalpdesk guard stop; left open at the broker: BUY 1/),
  })
  expect(rig.broker.positions()).toHaveLength(1)
})
