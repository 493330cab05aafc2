import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deadUrl, refusal, signInRig } from '../testing/sign-in-rig.ts'
import { filesUnder, PASSPHRASE, type TypedCommand, typeCommand, USER } from '../testing/signing-in.ts'

/** `init` as a process: in a pipe by flags and variables, on a terminal by questions. */

const rig = signInRig()
const LOGIN = {
  SCALPDESK_API_KEY: 'mock-api-key',
  SCALPDESK_USERNAME: USER.username,
  SCALPDESK_PASSWORD: USER.password,
}

const file = (): string => join(rig.at.env.SCALPDESK_HOME ?? '', 'settings.json')
const settings = (): Record<string, unknown> => JSON.parse(readFileSync(file(), 'utf8'))

function write(text: string): void {
  mkdirSync(rig.at.env.SCALPDESK_HOME ?? '', { recursive: true, mode: 0o700 })
  writeFileSync(file(), text, { mode: 0o600 })
}

function type(args: string, env: Readonly<Record<string, string>> = rig.at.env): TypedCommand {
  const command = typeCommand(args.split(' '), env)
  rig.open.push(command)
  return command
}

async function answer(command: TypedCommand, question: RegExp, text: string): Promise<void> {
  await command.waitForScreen(question)
  command.type(text)
}

/** On the mock broker inside. */
function onMock(args: string) {
  const { SCALPDESK_URL: _none, ...env } = rig.at.envWithPassphrase
  return rig.run(args, env)
}

describe('in a pipe', () => {
  it('with nothing said it sets up the mock broker with its usual market', async () => {
    const { status, stdout } = await onMock('init --json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      environment: 'mock',
      markets: ['CS.D.EURUSD.CFD.IP'],
      start: 'scalpdesk',
    })
    expect(settings()).toMatchObject({ environment: 'mock', markets: [{ epic: 'CS.D.EURUSD.CFD.IP' }] })
    expect(settings()).not.toHaveProperty('guard')
  })

  it('takes every answer by flag and variable: login in the store, the rest in the settings, no secret in them', async () => {
    const env = { ...rig.at.envWithPassphrase, ...LOGIN }
    const args =
      'init --env demo --account OTHER2 --epic IX.D.DAX.IFD.IP --epic CS.D.EURUSD.CFD.IP --size 0.5 --stop 12 --limit 20 --max-day-loss 200 --max-positions 2 --max-size 3'
    const { status, stdout } = await rig.run(args, env)
    expect(status).toBe(0)
    expect(stdout).toMatch(/All is set for demo \(at 127\.0\.0\.1\), with the account OTHER2/)
    expect(settings()).toMatchObject({
      environment: 'demo',
      markets: [
        { epic: 'IX.D.DAX.IFD.IP', presets: [{ sizes: { 1: 0.5 }, stop: { points: 12 }, limit: 20 }] },
        { epic: 'CS.D.EURUSD.CFD.IP' },
      ],
      guard: { maxDayLoss: 200, maxOpenPositions: 2, everyMarket: { maxOrderSize: 3 } },
    })
    expect(existsSync(rig.at.vault)).toBe(true)
    for (const [name, content] of filesUnder(rig.at.home)) expect(`${name} ${content}`).not.toContain('canary')
    const again = await rig.run('status --env demo --json', rig.at.envWithPassphrase)
    expect(JSON.parse(again.stdout)).toMatchObject({ session: { account: { id: 'OTHER2' } } })
  })

  it('never writes live into the settings, and says what stands before it', async () => {
    const { status, stdout } = await rig.run('init --env live --json', { ...rig.at.envWithPassphrase, ...LOGIN })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ start: 'scalpdesk gate, then scalpdesk --env live' })
    expect(settings()).not.toHaveProperty('environment')
  })

  it('keeps what else the settings say, comments too', async () => {
    write('{\n  // mine\n  "version": 1,\n  "mode": "net",\n  "guard": {"maxLossStreak": 3}\n}\n')
    expect((await onMock('init --env mock --max-day-loss 50')).status).toBe(0)
    expect(readFileSync(file(), 'utf8')).toMatch(/\/\/ mine/)
    expect((await rig.run('config get guard.maxLossStreak')).stdout).toBe('3\n')
    expect((await rig.run('config get guard.maxDayLoss')).stdout).toBe('50\n')
  })

  it.each<[what: string, args: string, status: number, sentence: RegExp]>([
    ['an environment that there is not', '--env paper', 2, /mock or demo or live, but got paper/],
    ['an unknown epic', '--env mock --epic CS.D.NOBODY.CFD.IP', 2, /knows none called CS\.D\.NOBODY/],
    ['a word for an epic', '--env mock --epic nonsense!', 2, /knows none called nonsense!/],
    ['a size below the smallest', '--env mock --size 0.01', 2, /0\.01/],
    ['size 0', '--env mock --size 0', 2, /--size/],
    ['NaN', '--env mock --stop NaN', 2, /--stop/],
    ['a stop too near', '--env mock --stop 0.1', 2, /stop/],
    ['a loss that is none', '--env mock --max-day-loss -5', 2, /number above 0.*-5/],
    ['half a position', '--env mock --max-positions 1.5', 2, /whole number.*1\.5/],
    ['a size limit below the preset', '--env mock --size 2 --max-size 1', 2, /enters with 2, which is more than 1/],
    ['a word', 'canary-word', 2, /without a word after it/],
    ['an account that is none', '--env demo --account a/b', 2, /an account id such as ABC12/],
    ['a password as a flag', '--env demo --password=canary', 2, /password/],
    ['demo without a login', '--env demo', 2, /SCALPDESK_PASSWORD.*--stdin/],
  ])('%s is refused, and told', async (_what, args, status, sentence) => {
    const run = args.includes('--env demo') ? rig.run(`init ${args}`) : onMock(`init ${args}`)
    expect(await refusal(run, status)).toMatch(sentence)
  })

  it.each<[what: string, changes: Readonly<Record<string, string>>, status: number, sentence: RegExp]>([
    ['a wrong password', { SCALPDESK_PASSWORD: 'canary no' }, 3, /invalid-details/],
    ['a key of another environment', { SCALPDESK_API_KEY: 'canary-key' }, 3, /if this one was made for live/],
  ])('%s is refused before anything is kept', async (_what, changes, status, sentence) => {
    const env = { ...rig.at.envWithPassphrase, ...LOGIN, ...changes }
    expect(await refusal(rig.run('init --env demo', env), status)).toMatch(sentence)
    expect([existsSync(rig.at.vault), existsSync(file())]).toEqual([false, false])
  })

  it('no network is told', async () => {
    const env = { ...rig.at.envWithPassphrase, ...LOGIN, SCALPDESK_URL: await deadUrl() }
    expect(await refusal(rig.run('init --env demo', env), 1)).toMatch(/expected .*, but/)
  })

  it('settings of a newer version, or with faults, are left alone', async () => {
    write('{"version": 99}')
    expect(await refusal(rig.run('init --env mock'), 2)).toMatch(/version 1 or older, but got 99/)
    expect(readFileSync(file(), 'utf8')).toBe('{"version": 99}')
  })

  it('a file where the folder should be is told', async () => {
    writeFileSync(join(rig.at.home, 'taken'), '')
    chmodSync(join(rig.at.home, 'taken'), 0o400)
    const env = { ...rig.at.env, SCALPDESK_HOME: join(rig.at.home, 'taken') }
    expect((await rig.run('init --env mock', env)).status).not.toBe(0)
  })
})

describe('on a terminal', () => {
  async function throughLogin(command: TypedCommand): Promise<void> {
    await answer(command, /Environment.*Enter for mock\):$/m, 'dmeo\r')
    await answer(command, /but got dmeo[\s\S]*Enter for mock\):$/m, 'demo\r')
    await answer(command, /API key for demo.*:$/m, 'mock-api-key\r')
    await answer(command, /User name:$/m, `${USER.username}\r`)
    await answer(command, /Password \(not shown\):$/m, `${USER.password}\r`)
    await answer(command, /A passphrase for the new vault.*:$/m, `${PASSPHRASE}\r`)
    await answer(command, /The same once more:$/m, `${PASSPHRASE}\r`)
    await answer(command, /Enter for FIRST1\):$/m, '2\r')
  }

  it('asks for everything, searches markets, and asks again for what the broker does not take', async () => {
    const command = type('init')
    await throughLogin(command)
    await answer(command, /Markets: EUR\/USD\. Another one.*:$/m, 'nothing like it\r')
    await answer(command, /knows none like nothing like it[\s\S]*:$/m, 'germany\r')
    await answer(command, /1 {2}Germany 40[\s\S]*by its number:$/m, '1\r')
    await answer(command, /Markets: EUR\/USD, Germany 40\..*:$/m, '\r')
    await answer(command, /Size of an entry in EUR\/USD.*:$/m, '0.01\r')
    await answer(command, /0\.01[\s\S]*Size of an entry in EUR\/USD.*:$/m, '2\r')
    await answer(command, /Distance of the stop.*Enter for 15\):$/m, '\r')
    await answer(command, /Distance of its limit.*Enter for none\):$/m, '30\r')
    await answer(command, /Size of an entry in Germany 40.*:$/m, '\r')
    await answer(command, /Germany 40[\s\S]*Distance of the stop.*Enter for 20\):$/m, '\r')
    await answer(command, /Germany 40[\s\S]*Distance of its limit.*Enter for none\):$/m, '\r')
    await answer(command, /Largest loss of a day in EUR.*:$/m, '150\r')
    await answer(command, /Most positions at once.*:$/m, '3\r')
    await answer(command, /Largest size of one order.*:$/m, '\r')
    await command.waitForScreen(/All is set for demo[\s\S]*status 0/)
    expect(command.raw()).not.toContain(USER.password)
    expect(settings()).toMatchObject({
      environment: 'demo',
      markets: [{ presets: [{ sizes: { 1: 2 }, limit: 30 }] }, { epic: 'IX.D.DAX.IFD.IP' }],
      guard: { maxDayLoss: 150, maxOpenPositions: 3 },
    })
  })

  it('given up it keeps what was answered, and goes on from there', async () => {
    const command = type('init')
    await throughLogin(command)
    await answer(command, /Markets: EUR\/USD\..*:$/m, '\x03')
    await command.waitForScreen(/what was answered so far is kept[\s\S]*status 130/)
    const again = type('init', rig.at.envWithPassphrase)
    await answer(again, /Environment.*Enter for demo\):$/m, '\r')
    await again.waitForScreen(/the login of demo .* in the vault is kept/)
    await answer(again, /Asking demo .* OTHER2[\s\S]*Markets: EUR\/USD\..*:$/m, '\x04')
    await again.waitForScreen(/status 130/)
  })
})
