import { mkdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { afterScreen, expectRestored } from './testing/after-screen.ts'
import { startCommand } from './testing/running-command.ts'
import { openDesk, type RunningDesk } from './testing/running-desk.ts'
import { openGate } from './testing/sandbox.ts'
import { signInRig } from './testing/sign-in-rig.ts'
import { PASSPHRASE, USER } from './testing/signing-in.ts'
import { typeApart } from './testing/typed-keys.ts'

/** The screen at IG's demo and live, where a mock broker stands in IG's place. */

const rig = signInRig()
const { open } = rig
beforeEach(() => void mkdirSync(rig.at.env.SCALPDESK_HOME ?? '', { recursive: true, mode: 0o700 }))

function desk(args: string, env: Readonly<Record<string, string>> = rig.at.envWithPassphrase): RunningDesk {
  const home = rig.at.env.SCALPDESK_HOME ?? ''
  const running = openDesk({ args: args.split(' ').filter(arg => arg !== ''), env, home })
  open.push(running)
  return running
}

async function refusal(running: RunningDesk, status: number): Promise<string> {
  expect((await running.exited).code).toBe(status)
  await expectRestored(running)
  expect(running.raw()).not.toMatch(/canary/)
  return afterScreen(running)
}

describe('demo', () => {
  it('trades once it is armed, with the login of the store, in a journal of its own', async () => {
    expect(await rig.login()).toMatchObject({ status: 0 })
    const running = desk('--env demo')
    await running.waitForScreen(/DEMO[\s\S]*FLAT/)
    expect(running.screen()).toContain('DISARMED')
    await typeApart(running, ['a', 'b'])
    await running.waitForScreen('FILLED: BOUGHT')
    running.type(' ')
    await running.waitForScreen('FLAT: the broker')
    expect(running.journal()).toContainEqual(expect.objectContaining({ kind: 'started', environment: 'demo' }))
    expect(running.raw()).not.toContain(USER.password)
  })

  it('is begun by the settings alone', async () => {
    await rig.keepLogin()
    const set = startCommand(['config', 'set', 'environment', 'demo'], rig.at.envWithPassphrase)
    open.push(set)
    expect(await set.ended).toMatchObject({ status: 0 })
    await desk('').waitForScreen(/DEMO[\s\S]*FLAT/)
  })

  it('asks for the passphrase of the vault on the terminal, unseen, and goes on', async () => {
    await rig.keepLogin()
    const running = desk('--env demo', rig.at.env)
    await running.waitForScreen(/assphrase/)
    running.type(`quite wrong q\r`)
    await running.waitForScreen('That was another one')
    running.type(`${PASSPHRASE}\r`)
    await running.waitForScreen(/DEMO[\s\S]*FLAT/)
    expect(running.raw()).not.toContain(PASSPHRASE)
    running.type('q')
    expect((await running.exited).code).toBe(0)
  })

  it('without a login ends with status 3 and how to log in', async () => {
    expect(await refusal(desk('--env demo'), 3)).toMatch(/not signed in to demo .*; run scalpdesk login --env demo/)
  })

  it('refuses flags of the mock broker inside', async () => {
    await rig.keepLogin()
    expect(await refusal(desk('--env demo --seed 4'), 2)).toMatch(
      /--seed drives the embedded mock broker, but this is demo/,
    )
  })

  it("knows the mock broker's key where IG itself is meant, and sends nothing", async () => {
    const { SCALPDESK_URL: _none, ...env } = rig.at.envWithPassphrase
    const login = { SCALPDESK_API_KEY: 'mock-api-key', SCALPDESK_USERNAME: 'someone', SCALPDESK_PASSWORD: 'canary' }
    expect(await refusal(desk('--env demo', { ...env, ...login }), 3)).toMatch(
      /this one is the mock broker's; nothing was sent/,
    )
  })

  it('explains a key that was made for the other environment', async () => {
    const login = { SCALPDESK_API_KEY: 'canary-key', SCALPDESK_USERNAME: 'someone', SCALPDESK_PASSWORD: 'canary' }
    expect(await refusal(desk('--env demo', { ...rig.at.envWithPassphrase, ...login }), 3)).toMatch(
      /api-key-invalid.*if this one was made for live, log in with --env live/,
    )
  })
})

it("mock refuses a key that is not the mock broker's, and sends nothing", async () => {
  const before = rig.broker.requests().length
  const env = { ...rig.at.envWithPassphrase, SCALPDESK_API_KEY: 'canary-key' }
  expect(await refusal(desk('--env mock', env), 3)).toMatch(/log in with --env demo or --env live/)
  expect(rig.broker.requests()).toHaveLength(before)
})

describe('live', () => {
  it('is locked until the sandbox is done: nothing is sent, and status 5 says so', async () => {
    await rig.keepLogin('live')
    const before = rig.broker.requests().length
    const words = await refusal(desk('--env live'), 5)
    expect(words).toMatch(/live is locked[\s\S]*drill flatten[\s\S]*drill disconnect[\s\S]*20 more clean trades/)
    expect(rig.broker.requests()).toHaveLength(before)
  })

  it('is begun by no variable', async () => {
    openGate(rig.at.env.SCALPDESK_HOME ?? '')
    const words = await refusal(desk('', { ...rig.at.envWithPassphrase, SCALPDESK_ENV: 'live' }), 2)
    expect(words).toMatch(/--env live each time, but only SCALPDESK_ENV names it/)
  })

  it('takes no entry before the sentence is typed, once the sandbox is done', async () => {
    openGate(rig.at.env.SCALPDESK_HOME ?? '')
    await rig.keepLogin('live')
    const orders = rig.broker.orders().length
    const running = desk('--env live')
    await running.waitForScreen(/LIVE[\s\S]*FLAT/)
    running.type('b')
    await running.waitForScreen('DENIED BUY')
    expect(rig.broker.orders()).toHaveLength(orders)
    running.type('a')
    await running.waitForScreen('TRADE LIVE')
    await typeApart(running, [...'TRADE LIVE', '\r'])
    await running.waitForScreen(/LIVE +ARMED/)
    running.type('b')
    await running.waitForScreen('FILLED: BOUGHT')
    running.type(' ')
    await running.waitForScreen('FLAT: the broker')
    expect(running.journal()).toContainEqual(expect.objectContaining({ kind: 'gate', what: 'live' }))
  })
})

describe('no settings at all', () => {
  it('begin on the mock broker inside, which says so and how to go on', async () => {
    const running = openDesk()
    open.push(running)
    await running.waitForScreen(/MADE-UP MONEY[\s\S]*scalpdesk init/)
    await running.waitForScreen('FLAT')
    running.type('b')
    await running.waitForScreen('FILLED: BOUGHT')
  })
})
