import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { type CommandRig, commandRig } from '../testing/command-rig.ts'
import { openDesk } from '../testing/running-desk.ts'

// `bot run` as a person has it: on a terminal with keys, killed, and started again.

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

/** Is always in the market, as far as it may. */
const HOLDER = `
import { buy, defineStrategy } from '@scalpdesk/bots'
export default defineStrategy({
  name: 'holder',
  state: () => ({ asked: 0 }),
  decide({ state, position, isBusy }) {
    state.asked++
    return isBusy || position ? null : buy(1, { stop: 50 })
  },
})
`

function holderIn({ home }: CommandRig): string {
  const file = join(home, 'holder.ts')
  writeFileSync(file, HOLDER)
  return file
}

const closes = (rig: CommandRig): readonly unknown[] =>
  rig.journal().flatMap(record => (record.kind === 'about-to-close' ? [record.by] : []))

it('takes keys: p pauses and lets go on, f flattens and wins, q ends by the exit policy; the state is read at every width', async () => {
  const rig = await commandRig(open)
  const args = ['bot', 'run', holderIn(rig), '--max-loss', '500']
  const screen = openDesk({ home: rig.home, env: rig.env, args, columns: 80 })
  open.push(screen)
  const held = /holder {2}running .*1 held/
  await screen.waitForScreen(held)
  expect(screen.screen()).toContain('keys: p pause, f flatten the account, q quit')
  screen.type('p')
  await screen.waitForScreen(/holder {2}PAUSED .* booked .* open {2}1 held/)
  expect(screen.screen()).toContain('keys: p go on, f flatten the account, q quit')
  screen.resize(60, 24)
  screen.type('f')
  await screen.waitForScreen(/^holder {2}FLATTENED {2}P\/L [+-]\S+ {2}0 held {2}1 order$/m)
  // What it wants from now on is refused, and that is said once, not with each price.
  await screen.waitForScreen(/denied: flattened: everything was flattened\s+by hand; the bot waits to be let go on/)
  expect(rig.broker.positions()).toEqual([])
  expect(closes(rig)).toEqual(['command'])
  screen.resize(120, 24)
  screen.type('p')
  await screen.waitForScreen(/holder {2}running .* 1 held {2}2 orders {2}today [+-]\S+, stops at -500\.00$/m)
  screen.type('q')
  expect((await screen.exited).code).toBe(0)
  expect(screen.screen()).toMatch(
    /holder stops: it was asked to[\s\S]*holder stopped, and holds nothing[\s\S]*holder end: /,
  )
  expect(screen.raw().match(/denied: flattened/g)).toHaveLength(1)
  expect(rig.broker.positions()).toEqual([])
  expect(closes(rig)).toEqual(['command', 'bot:holder'])
})

it('finds its position after it was killed, also where the desk is another process by then, and is held where a person flattens that', async () => {
  const rig = await commandRig(open)
  const file = holderIn(rig)
  const first = rig.start(`bot run ${file}`)
  const opened = await waitFor('a position', () => /opened BUY 1 EUR\/USD at \S+ \((\S+)\)/.exec(first.stdout()))
  first.kill('SIGKILL')
  await first.ended
  const guard = rig.start('guard --stay-armed')
  await waitFor('the guard', () => guard.stdout().includes('listens at'))
  const second = rig.start(`bot run ${file}`)
  const earlier = `goes on from its run before: BUY 1 EUR/USD (${opened[1]})`
  await waitFor('its position of before', () => second.stdout().includes(earlier))
  expect(second.stderr()).toContain(`through the desk of process`)
  // The name is taken: the two could not tell their positions apart.
  const twin = await rig.run(`bot run ${file}`)
  expect([twin.status, twin.stderr]).toEqual([1, expect.stringContaining('expected holder to run once on an account')])
  // A person flattens elsewhere: that wins here, too.
  expect((await rig.run('flatten')).status).toBe(0)
  await waitFor('the bot to be held', () => second.stdout().includes('holder flattened by hand'))
  await waitFor('what it wants to be refused', () => second.stdout().includes('denied: flattened: '))
  second.kill('SIGINT')
  const { status, stdout } = await second.ended
  expect(status).toBe(130)
  expect(stdout).toMatch(
    /holder closed BUY 1 EUR\/USD at \S+ by another hand or the broker: [\s\S]*holder stopped, and holds nothing/,
  )
  expect(rig.broker.positions()).toEqual([])
  expect(rig.journal().filter(({ kind }) => kind === 'about-to-open')).toHaveLength(1)
  expect(closes(rig)).toEqual(['command'])
})
