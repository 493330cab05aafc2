import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { PROGRAM } from '../testing/running-desk.ts'
import { deadUrl, refusal, signInRig } from '../testing/sign-in-rig.ts'
import { loginJson } from '../testing/signing-in.ts'

/** `login` as a process: bad input of every kind, after which nothing is kept. */

const rig = signInRig()

describe('login keeps nothing, and says why, with', () => {
  afterEach(() => {
    expect(existsSync(rig.at.vault)).toBe(false)
  })

  it.each<[what: string, changes: Readonly<Record<string, unknown>>, status: number, sentence: RegExp]>([
    ['a wrong password', { password: 'canary no' }, 3, /invalid-details.*passwords of their own/],
    ['a wrong user', { username: 'canary_who' }, 3, /invalid-details/],
    ['a key that the broker does not know', { apiKey: 'canary-key' }, 3, /api-key-invalid.*--env live/],
    ['an account of somebody else', { account: 'NOBODY1' }, 3, /NOBODY1.*FIRST1, OTHER2/],
    ['no password', { password: '' }, 2, /expected a password.*nothing/],
    ['no key', { apiKey: null }, 2, /expected an API key.*nothing/],
    ['an e-mail address', { username: 'canary@example.org' }, 2, /no e-mail address/],
    ['a number as password', { password: 7 }, 2, /something else than a text in password/],
    ['a field too many', { pasword: 'canary' }, 2, /the field pasword/],
    ['a secret as a field', { 'canary word': '' }, 2, /another field/],
  ])('%s', async (_what, changes, status, sentence) => {
    expect(await refusal(rig.login(rig.at.envWithPassphrase, loginJson(changes)), status)).toMatch(sentence)
  })

  it.each([
    ['nothing', ''],
    ['prose', 'canary is my password'],
    ['half a JSON', '{"password":"canary'],
    ['a list', '["canary"]'],
    ['bytes', '\x00\xff canary'],
  ])('%s on stdin', async (_what, input) => {
    expect(await refusal(rig.login(rig.at.envWithPassphrase, input), 2)).toMatch(/one JSON object/)
  })

  it('nothing at all, in a pipe', async () => {
    expect(await refusal(rig.run('login --env demo'), 2)).toMatch(/SCALPDESK_PASSWORD.*--stdin/)
  })

  it('some of the variables, in a pipe', async () => {
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_PASSWORD: 'canary' }
    expect(await refusal(rig.run('login', env), 2)).toMatch(/SCALPDESK_API_KEY and SCALPDESK_USERNAME/)
  })

  it('no network', async () => {
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_URL: await deadUrl() }
    expect(await refusal(rig.login(env), 1)).toMatch(/expected .*, but/)
  })

  it("the mock broker's key for IG itself", async () => {
    const { SCALPDESK_URL: _none, ...env } = rig.at.envWithPassphrase
    expect(await refusal(rig.login(env), 3)).toMatch(/is the mock broker's; nothing was sent/)
  })

  it("another key than the mock broker's for a mock broker", async () => {
    const input = loginJson({ apiKey: 'canary-key' })
    expect(await refusal(rig.run('login --env mock --stdin', rig.at.envWithPassphrase, input), 3)).toMatch(
      /nothing was sent/,
    )
  })

  it('no passphrase for the vault, and has sent nothing', async () => {
    const before = rig.broker.requests().length
    expect(await refusal(rig.login(rig.at.env), 3)).toMatch(/SCALPDESK_VAULT_PASSPHRASE_FILE/)
    expect(rig.broker.requests().length).toBe(before)
  })

  it('a passphrase too short', async () => {
    const input = loginJson({ passphrase: 'canary' })
    expect(await refusal(rig.login(rig.at.env, input), 3)).toMatch(/at least 8/)
  })

  it('a keychain that is asked for and not there', async () => {
    const ended = rig.run('login --store keychain --stdin', rig.at.envWithPassphrase, loginJson())
    expect(await refusal(ended, 1)).toMatch(/there is none: SCALPDESK_KEYCHAIN says off/)
  })

  it('a home that cannot be made', async () => {
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_HOME: '/dev/null/home' }
    expect(await refusal(rig.login(env), 1)).toMatch(/vault \/dev\/null\/home.*ENOTDIR/)
  })

  it('a disk without room', async () => {
    // A process that may write no byte to any file.
    const limited = spawn(
      '/bin/sh',
      ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, PROGRAM, 'login', '--stdin'],
      {
        env: { PATH: process.env.PATH, ...rig.at.envWithPassphrase },
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    )
    limited.stdin.end(loginJson())
    const [said, [status]] = await Promise.all([readAll(limited.stderr), once(limited, 'close')])
    expect([status, said]).toEqual([1, expect.stringMatching(/no room left; free some/)])
  })

  it.each([
    ['--password canary'],
    ['--password=canary'],
    ['--password'],
    ['--api-key=canary'],
    ['--username canary'],
    ['--passphrase=canary'],
    ['--token canary'],
  ])('%s among the arguments', async flag => {
    expect(await refusal(rig.run(`login ${flag}`), 2)).toMatch(/no secret among the arguments.*login --stdin/)
  })

  it.each([
    ['login canary', /without a word after it/],
    ['login --pasword=canary', /unknown option '--pasword=…'/],
    ['login --env paper', /mock or demo or live, but got paper/],
    ['login --env mock', /needs no login/],
    ['login --store disk', /--store.*keychain or vault, but got disk/],
    ['login --account a.b', /account id such as/],
  ])('%s', async (args, words) => {
    const { SCALPDESK_URL: _none, ...env } = rig.at.envWithPassphrase
    expect(await refusal(rig.run(args, env), 2)).toMatch(words)
  })

  it('an address that a password must not be sent to', async () => {
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_URL: 'http://broker.example/gateway/deal' }
    expect(await refusal(rig.login(env), 2)).toMatch(/https.*broker\.example/)
  })
})
