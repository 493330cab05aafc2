import { dealId, systemClock } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { callHost } from './host/host-client.ts'
import type { Press } from './host/press-text.ts'
import { socketsOf } from './host/socket-path.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { commandRig, EURUSD } from './testing/command-rig.ts'
import { readyLine } from './testing/running-command.ts'
import { openGate } from './testing/sandbox.ts'
import { typeCommand } from './testing/signing-in.ts'

/** Orders by command at IG's live, where a mock broker stands in IG's place. */

const open = closedAfterEach()

it('takes an order on live after two deliberate acts, in a pipe, on a terminal and through a guard, and keeps them in the journal', async () => {
  const rig = await commandRig(open)
  const env = { ...rig.env, SCALPDESK_API_KEY: 'mock-api-key', SCALPDESK_USERNAME: 'mock', SCALPDESK_PASSWORD: 'mock' }
  const buy = `--env live buy ${EURUSD} --size 1 --stop 20`
  const lone = await rig.run(buy, env)
  expect(lone).toMatchObject({ status: 5, stdout: '', stderr: expect.stringMatching(/live is locked/) })
  openGate(rig.home)
  const unconfirmed = await rig.run(buy, env)
  expect(unconfirmed).toMatchObject({ status: 2, stderr: expect.stringMatching(/--confirm-live ACCOUNT:EPIC/) })
  // Neither asks the broker for anything.
  expect(rig.broker.requests()).toEqual([])
  const other = await rig.run(`${buy} --confirm-live MOCK1:IX.D.DAX.IFD.IP`, env)
  expect(other).toMatchObject({ status: 5, stderr: expect.stringMatching(/another one; nothing was sent/) })
  expect(rig.dealt()).toEqual([])

  const bought = await rig.run(`${buy} --confirm-live MOCK1:${EURUSD}`, env)
  expect(bought).toMatchObject({ status: 0, stdout: expect.stringMatching(/^FILLED: BOUGHT 1/) })
  const typed = typeCommand(buy.split(' '), env)
  open.push(typed)
  await typed.waitForScreen(/REAL MONEY, account MOCK1: BUY 1 CS\.D\.EURUSD\.CFD\.IP[\s\S]*Type TRADE LIVE/)
  typed.type('TRADE LIVE\r')
  await typed.waitForScreen(/FILLED: BOUGHT 1[\s\S]*status 0/)

  // Through a desk that runs: the same acts, and disarmed is disarmed all the same.
  const guard = rig.start('--env live guard --json', env)
  await readyLine(guard)
  const stayed = await rig.run('--env live guard --stay-armed', env)
  expect(stayed).toMatchObject({ status: 2, stderr: expect.stringMatching(/live without --stay-armed/) })
  expect(await rig.run(buy, env)).toMatchObject({ status: 2 })
  const denied = await rig.run(`${buy} --confirm-live MOCK1:${EURUSD}`, env)
  expect(denied).toMatchObject({ status: 5, stdout: expect.stringMatching(/DENIED BUY: the desk is disarmed/) })
  const [path = ''] = socketsOf(rig.home, 'live-at-127-0-0-1')
  const client = await callHost(path, systemClock)
  const [held] = rig.broker.positions()
  const target = { dealId: dealId(held?.position.dealId ?? '') }
  const bare: Press = { by: 'command', intent: { kind: 'breakeven', target } }
  await expect(client?.press(bare, () => {})).rejects.toThrow(/second deliberate act/)
  client?.close()
  // A look at the state ends no session of the desk that runs.
  const signIns = () =>
    rig.broker.requests().filter(({ method, path }) => `${method} ${path}` === 'POST /session').length
  const before = signIns()
  const state = await rig.run('--env live status --json', env)
  expect(JSON.parse(state.stdout).session).toMatchObject({ kind: 'in-use', desk: 'guard', account: 'MOCK1' })
  const health = await rig.run('--env live doctor --json', env)
  expect(health.stdout).toMatch(
    /"session","state":"ok","says":"of a guard that runs \(process \d+\); not signed in beside it/,
  )
  expect(signIns()).toBe(before)
  // Getting out is asked for nothing more than its environment.
  expect(await rig.run('flatten', { ...env, SCALPDESK_ENV: 'live' })).toMatchObject({ status: 2 })
  expect(await rig.run('--env live flatten', env)).toMatchObject({ status: 0, stdout: expect.stringMatching(/FLAT/) })
  expect(rig.broker.positions()).toEqual([])

  const records = rig.journal().filter(({ by, what }) => by === 'command' || what === 'live-order')
  expect(records.map(({ kind, words = null }) => [kind, words])).toEqual([
    ['gate', `MOCK1:${EURUSD}`],
    ['about-to-open', null],
    ['gate', 'TRADE LIVE'],
    ['about-to-open', null],
    ['gate', `MOCK1:${EURUSD}`],
    ['flatten', null],
    ['about-to-close', null],
    ['about-to-close', null],
  ])
})
