import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { startHeldServer } from '../testing/held-server.ts'
import { signInRig } from '../testing/sign-in-rig.ts'
import { PASSPHRASE, type TypedCommand, typeCommand, USER } from '../testing/signing-in.ts'

/** `login` and `status` with a person at a terminal. */

const rig = signInRig()
const { open } = rig

function type(args: string, env: Readonly<Record<string, string>> = rig.at.env, kitty = false): TypedCommand {
  const command = typeCommand(args.split(' '), env, { kitty })
  open.push(command)
  return command
}

async function answer(command: TypedCommand, question: RegExp, text: string): Promise<void> {
  await command.waitForScreen(question)
  command.type(text)
}

/** The program has ended with this status, and the terminal echoes and makes signals of its keys as before. */
async function ended(command: TypedCommand, status: number): Promise<void> {
  await command.waitForScreen(/status \d+[\s\S]*echoctl/)
  await command.exited
  expect(command.screen()).toMatch(new RegExp(`status ${status}\\b`))
  const modes = command.screen().split(/status \d+/)[1] ?? ''
  for (const mode of ['isig', 'icanon', 'echo']) expect(modes).toMatch(new RegExp(`(^|\\s)${mode}\\b`, 'm'))
}

async function logIn(command: TypedCommand): Promise<void> {
  await answer(command, /API key for demo.*not shown.*:$/m, 'mock-api-key\r')
  await answer(command, /User name:$/m, `${USER.username}\r`)
  await answer(command, /Password \(not shown\):$/m, `${USER.password}\r`)
  await answer(command, /A passphrase for the new vault.*:$/m, `${PASSPHRASE}\r`)
  await answer(command, /The same once more:$/m, `${PASSPHRASE}\r`)
}

describe('login', () => {
  it('asks for all of it, shows no secret, lists the accounts and lets one choose', async () => {
    const command = type('login')
    await logIn(command)
    await answer(command, /1 {2}FIRST1 · Mine · cfd · GBP · preferred\s+2 {2}OTHER2[\s\S]*Enter for FIRST1\):$/m, 'x\r')
    await answer(command, /There is no account x/, '2\r')
    await ended(command, 0)
    expect(command.screen()).toMatch(/Logged in to demo \(at 127\.0\.0\.1\) with the account OTHER2/)
    expect(command.raw()).toContain(USER.username)
    for (const secret of ['mock-api-key', USER.password, PASSPHRASE]) expect(command.raw()).not.toContain(secret)
    expect(existsSync(rig.at.vault)).toBe(true)
  })

  it('takes all of it from one paste', async () => {
    const command = type('login', { ...rig.at.envWithPassphrase, SCALPDESK_ACCOUNT: 'OTHER2' })
    await answer(command, /API key/, `\x1b[200~mock-api-key\r${USER.username}\r${USER.password}\r\x1b[201~`)
    await ended(command, 0)
    expect(command.raw()).not.toContain(USER.password)
  })

  it('asks again for what cannot be right, before anything is sent', async () => {
    const before = rig.broker.requests().length
    const command = type('login', rig.at.envWithPassphrase)
    await answer(command, /API key for.*:$/m, '\r')
    await answer(command, /expected an API key, but got nothing[\s\S]*API key for.*:$/m, ' mock-api-key \r')
    await answer(command, /User name:$/m, 'me@example.org\r')
    await answer(command, /no e-mail address here[\s\S]*User name:$/m, `${USER.username}\r`)
    await answer(command, /Password \(not shown\):$/m, '\r')
    await command.waitForScreen(/expected a password, but got nothing/)
    expect(rig.broker.requests().length).toBe(before)
    command.type(`${USER.password}\r\r`)
    await ended(command, 0)
  })

  it('asks only for what the variables leave out', async () => {
    const variables = { SCALPDESK_API_KEY: 'mock-api-key', SCALPDESK_USERNAME: USER.username }
    const command = type('login --account FIRST1', { ...rig.at.envWithPassphrase, ...variables })
    await answer(command, /^Password/m, `${USER.password}\r`)
    await ended(command, 0)
    expect(command.screen()).not.toMatch(/API key for|User name/)
  })

  it('tries a refused password once, and keeps nothing', async () => {
    const before = rig.broker.requests().length
    const command = type('login', rig.at.envWithPassphrase)
    await answer(command, /API key/, `mock-api-key\r${USER.username}\rcanary wrong\r`)
    await ended(command, 3)
    expect(command.screen()).toMatch(/invalid-details/)
    expect(command.raw()).not.toContain('canary wrong')
    expect(rig.broker.requests().length).toBe(before + 1)
    expect(existsSync(rig.at.vault)).toBe(false)
  })

  it.each([
    ['the key', 0],
    ['the user name', 1],
    ['the password', 2],
    ['the passphrase', 3],
  ])('Ctrl-C at %s ends it with 130, stores nothing, and leaves the terminal whole', async (_what, answers) => {
    const command = type('login')
    const given = ['mock-api-key\r', `${USER.username}\r`, `${USER.password}\r`].slice(0, answers)
    await command.waitForScreen(/API key/)
    command.type(given.join(''))
    await command.waitForScreen([/API key.*:$/m, /User name:$/m, /Password.*:$/m, /passphrase.*:$/m][answers] ?? /x/)
    command.type('half\x03')
    await ended(command, 130)
    expect(command.screen()).toMatch(/given up; nothing was stored/)
    expect(existsSync(rig.at.vault)).toBe(false)
  })

  it('Ctrl-D on an empty line gives up, too', async () => {
    const command = type('login')
    await answer(command, /API key/, '\x04')
    await ended(command, 130)
  })

  it('Ctrl-C while the broker is asked ends it, too', async () => {
    const held = await startHeldServer()
    open.push(held)
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_URL: `http://127.0.0.1:${held.port}/gateway/deal` }
    const command = type('login', env)
    await answer(command, /API key/, `mock-api-key\r${USER.username}\r${USER.password}\r`)
    await held.called
    command.type('\x03')
    await ended(command, 130)
    expect(existsSync(rig.at.vault)).toBe(false)
  })

  it('a signal while it asks leaves the terminal whole', async () => {
    const command = type('login')
    await command.waitForScreen(/API key/)
    process.kill(childOf(command), 'SIGTERM')
    await ended(command, 143)
  })
})

describe('status', () => {
  it('asks for the passphrase unseen, again when it was wrong, and three times at most', async () => {
    const first = type('login --account FIRST1')
    await logIn(first)
    await ended(first, 0)
    const right = type('status --env demo')
    await answer(right, /^Passphrase of the vault:$/m, 'canary wrong\r')
    await answer(right, /That was another one\. Passphrase:$/m, `${PASSPHRASE}\r`)
    await ended(right, 0)
    expect(right.screen()).toMatch(/account: +FIRST1/)
    expect(right.raw()).not.toContain('canary')
    const wrong = type('status --env demo')
    await answer(wrong, /^Passphrase/m, 'one\rtwo\rthree\r')
    await ended(wrong, 3)
    expect(wrong.screen()).toMatch(/but this is another one/)
  })

  it.each([
    [true, /keyboard: +speaks the kitty protocol/],
    [false, /keyboard: +no kitty protocol/],
  ])('says what the keyboard can do where it is asked (kitty: %s)', async (kitty, words) => {
    const command = type('status --offline', rig.at.env, kitty)
    await ended(command, 0)
    expect(command.screen()).toMatch(words)
  })
})

/** The program below the shell that watches the terminal. */
function childOf({ processId }: TypedCommand): number {
  return Number(execFileSync('pgrep', ['-P', String(processId)], { encoding: 'utf8' }).trim())
}
