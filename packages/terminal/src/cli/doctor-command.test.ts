import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dayFiles } from '../session/journal-folder.ts'
import { ECHOES, startEchoingBroker } from '../testing/echoing-broker.ts'
import { shaped } from '../testing/json-shape.ts'
import { tradesIn } from '../testing/sandbox.ts'
import { deadUrl, signInRig } from '../testing/sign-in-rig.ts'
import { type TypedCommand, typeCommand, USER } from '../testing/signing-in.ts'

/** `doctor` as a process, on a machine that is well and on ones that are not. */

const rig = signInRig()

interface Told {
  readonly status: number | null
  of(name: string): { readonly state: string; readonly says: string; readonly remedy: string | null } | undefined
  readonly text: string
}

async function doctor(args: string, env: Readonly<Record<string, string>> = rig.at.envWithPassphrase): Promise<Told> {
  const { status, stdout, stderr } = await rig.run(`doctor --json ${args}`.trim(), env)
  const { findings } = shaped('doctor', stdout) as {
    findings: { name: string; state: string; says: string; remedy: string | null }[]
  }
  for (const { state, remedy } of findings) expect(remedy === null).toBe(state === 'ok')
  return { status, of: name => findings.find(finding => finding.name === name), text: stdout + stderr }
}

const home = (): string => {
  const folder = rig.at.env.SCALPDESK_HOME ?? ''
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

describe('with no network and no account', () => {
  it('says what works, and ends with status 0', async () => {
    const { SCALPDESK_URL: _none, ...env } = rig.at.env
    const { status, of } = await doctor('', env)
    expect(status).toBe(0)
    expect(of('versions')).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/scalpdesk \d+\.\d+\.\d+, Node \d+/),
    })
    expect(of('terminal')).toMatchObject({ state: 'warning' })
    expect(of('keychain')).toMatchObject({ says: expect.stringContaining('SCALPDESK_KEYCHAIN says off') })
    expect(of('settings')).toMatchObject({ state: 'warning', remedy: expect.stringContaining('scalpdesk init') })
    expect(of('broker')).toMatchObject({ state: 'ok', says: expect.stringContaining('mock broker inside') })
    expect(of('disk')?.says).toMatch(/\d+ MiB free/)
    expect(of('live')?.says).toMatch(/locked/)
  })

  it('asks nobody with --offline', async () => {
    const before = rig.broker.requests().length
    const { of } = await doctor('--env demo --offline')
    expect(of('broker')?.says).toMatch(/not asked/)
    expect(rig.broker.requests()).toHaveLength(before)
  })

  it('says which part of the way is broken, and what then was not tried', async () => {
    const { status, of } = await doctor('--env demo', { ...rig.at.env, SCALPDESK_URL: await deadUrl() })
    expect(status).toBe(1)
    expect(of('latency')).toMatchObject({ state: 'problem', says: expect.stringContaining('ECONNREFUSED') })
    expect(of('session')).toMatchObject({ state: 'warning', says: expect.stringContaining('not tried') })
  })

  it('says that a name is not found', async () => {
    const { of } = await doctor('--env demo', { ...rig.at.env, SCALPDESK_URL: 'https://nobody.invalid/gateway/deal' })
    expect(of('name')).toMatchObject({ state: 'problem', says: expect.stringMatching(/nobody\.invalid was not found/) })
  })
})

describe('with a broker', () => {
  it('measures the way, signs in once, and says what is left', async () => {
    await rig.keepLogin()
    const { status, of, text } = await doctor('--env demo')
    expect(status).toBe(0)
    expect(of('latency')?.says).toMatch(/p50 [\d.]+ ms, p95 [\d.]+ ms of 8 requests/)
    expect(of('clock')).toMatchObject({ state: 'ok' })
    expect(of('session')).toMatchObject({ state: 'ok', says: expect.stringContaining('login of the vault') })
    // A server in IG's place has allowances of its own, if any.
    expect(of('allowances')?.says).toMatch(/not counted/)
    expect(text).not.toMatch(/FIRST1|canary/)
  })

  it('without a login says how to log in, and is no failure', async () => {
    const { status, of } = await doctor('--env demo')
    expect(status).toBe(0)
    expect(of('session')).toMatchObject({ state: 'warning', remedy: 'scalpdesk login --env demo' })
  })

  it('explains a refused login', async () => {
    const login = { SCALPDESK_API_KEY: 'canary-key', SCALPDESK_USERNAME: 'canary', SCALPDESK_PASSWORD: 'canary no' }
    const { status, of, text } = await doctor('--env demo', { ...rig.at.envWithPassphrase, ...login })
    expect(status).toBe(1)
    expect(of('session')).toMatchObject({ state: 'problem', says: expect.stringMatching(/api-key-invalid/) })
    expect(text).not.toContain('canary')
  })

  it.each(ECHOES)('shows nothing of what a rude server sends back (%s)', async echo => {
    const rude = await startEchoingBroker(echo, echo === 'page', 'canary-token')
    rig.open.push(rude)
    const login = { SCALPDESK_API_KEY: 'canary-key-1', SCALPDESK_USERNAME: 'canary', SCALPDESK_PASSWORD: USER.password }
    const { text } = await doctor('--env demo', { ...rig.at.envWithPassphrase, ...login, SCALPDESK_URL: rude.url })
    expect(text).not.toContain('canary')
  })

  it.each([
    ['http://example.org/gateway/deal', /https/],
    ['not an address', /web address/],
    ['https://someone:canary@example.org', /without a login in it/],
  ])('refuses the address %s as the rest of the program does', async (url, words) => {
    const { status, of, text } = await doctor('--env demo', { ...rig.at.env, SCALPDESK_URL: url })
    expect([status, of('broker')?.state]).toEqual([1, 'problem'])
    expect(of('broker')?.says).toMatch(words)
    expect(text).not.toContain('canary')
  })
})

describe('what is wrong on the disk is told:', () => {
  it('a folder that others can read', async () => {
    chmodSync(home(), 0o755)
    expect((await doctor('--offline')).of('folder')).toMatchObject({
      state: 'warning',
      remedy: expect.stringContaining('chmod 700'),
    })
  })

  it('a file in the place of the folder', async () => {
    writeFileSync(join(rig.at.home, 'taken'), '')
    const { status, of } = await doctor('--offline', { ...rig.at.env, SCALPDESK_HOME: join(rig.at.home, 'taken') })
    expect([status, of('folder')?.state]).toEqual([1, 'problem'])
  })

  it('settings with a fault, by line', async () => {
    writeFileSync(join(home(), 'settings.json'), '{\n "mode": "both"\n}', { mode: 0o600 })
    const { status, of } = await doctor('--offline')
    expect(status).toBe(1)
    expect(of('settings')).toMatchObject({
      state: 'problem',
      says: expect.stringMatching(/settings\.json:2:\d+: mode/),
    })
  })

  it('a journal that was changed', async () => {
    tradesIn(home(), 2)
    expect((await doctor('--offline')).of('journal')?.says).toMatch(/\d+ records of one account, whole/)
    const folder = join(home(), 'journal/mock/ABC12')
    const file = join(folder, dayFiles(folder)[0] ?? '')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"size":"1"', '"size":"9"'))
    const { status, of } = await doctor('--offline')
    expect([status, of('journal')?.state]).toEqual([1, 'problem'])
  })

  it('a vault that was damaged', async () => {
    await rig.keepLogin()
    appendFileSync(rig.at.vault, 'more')
    const { of } = await doctor('--offline')
    expect(of('logins')).toMatchObject({ state: 'problem' })
  })
})

it('takes no word after it, and does not repeat it', async () => {
  const { status, stderr } = await rig.run('doctor canary')
  expect(status).toBe(2)
  expect(stderr).not.toContain('canary')
})

describe('on a terminal', () => {
  function type(kitty: boolean): TypedCommand {
    const { SCALPDESK_URL: _none, ...env } = rig.at.env
    const command = typeCommand(['doctor'], { ...env, TERM: 'xterm-256color', LANG: 'C.UTF-8' }, { kitty })
    rig.open.push(command)
    return command
  }

  it('asks to press the keys, and says which came through', async () => {
    const command = type(true)
    await command.waitForScreen(/Press Left Ctrl, then Right Ctrl/)
    command.type('\x1b[57442;5u\x1b[57442;1:3u\x1b[57448;5u\x1b[57448;1:3u\x1b[98u')
    await command.waitForScreen(/Left Ctrl and Right Ctrl came through[\s\S]*status 0/)
    expect(command.screen()).toMatch(/terminal:\s+200x60, TERM xterm-256color/)
    expect(command.screen()).toMatch(/character width:\s+lines, blocks and dots are one cell wide/)
    expect(command.keyboardFlags).toBe(0)
  })

  it('goes on after Enter where no bare keys are', async () => {
    const command = type(false)
    await command.waitForScreen(/Press Left Ctrl/)
    command.type('\r')
    await command.waitForScreen(/no kitty protocol[\s\S]*status 0[\s\S]*echoctl/)
    expect(command.screen()).toMatch(/(^|\s)icanon\b/m)
  })
})
