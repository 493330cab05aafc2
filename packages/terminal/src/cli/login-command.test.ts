import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { signInRig } from '../testing/sign-in-rig.ts'
import { loginJson, PASSPHRASE, USER } from '../testing/signing-in.ts'

/** `login` as a process, on the mock broker in IG's place: what it keeps. */

const rig = signInRig()

describe('login', () => {
  it('checks a login from stdin, keeps it in the vault, and says so', async () => {
    const { status, stdout } = await rig.login()
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^Logged in to demo \(at 127\.0\.0\.1\) with the account FIRST1 · Mine · cfd · GBP · preferred\.\n/,
    )
    expect(stdout).toContain(`kept in the vault ${rig.at.vault}; scalpdesk logout removes it.`)
    expect(existsSync(rig.at.vault)).toBe(true)
  })

  it('says the same to scripts as one JSON document', async () => {
    const { stdout } = await rig.run(
      'login --env demo --stdin --json',
      rig.at.envWithPassphrase,
      loginJson({ account: 'OTHER2' }),
    )
    const account = (id: string, name: string, currency: string, isPreferred: boolean) => ({
      id,
      name,
      type: 'cfd',
      currency,
      isPreferred,
    })
    expect(JSON.parse(stdout)).toEqual({
      environment: 'demo',
      server: '127.0.0.1',
      account: account('OTHER2', 'Also mine', 'EUR', false),
      accounts: [account('FIRST1', 'Mine', 'GBP', true), account('OTHER2', 'Also mine', 'EUR', false)],
      store: 'vault',
    })
  })

  it('takes it from the variables, and the passphrase from stdin beside a login', async () => {
    const variables = {
      SCALPDESK_API_KEY: 'mock-api-key',
      SCALPDESK_USERNAME: USER.username,
      SCALPDESK_PASSWORD: USER.password,
    }
    expect(await rig.run('login --env demo', { ...rig.at.envWithPassphrase, ...variables })).toMatchObject({
      status: 0,
    })
    const other = await rig.login(rig.at.env, loginJson({ passphrase: PASSPHRASE, account: 'OTHER2' }))
    expect(other).toMatchObject({ status: 0, stdout: expect.stringContaining('OTHER2') })
  })

  it('means demo when nothing is said, and never live', async () => {
    await rig.run('login --stdin', rig.at.envWithPassphrase, loginJson())
    expect(readFileSync(rig.at.vault, 'latin1')).toContain('"entry":"demo@127.0.0.1"')
  })

  it('takes the environment before the command as well', async () => {
    expect(await rig.run('--env live login --stdin', rig.at.envWithPassphrase, loginJson())).toMatchObject({
      status: 0,
    })
    expect(readFileSync(rig.at.vault, 'latin1')).toContain('"entry":"live@127.0.0.1"')
  })

  it('loses nothing when two log in at once', async () => {
    const both = await Promise.all(
      ['demo', 'live'].map(env => rig.run(`login --env ${env} --stdin`, rig.at.envWithPassphrase, loginJson())),
    )
    const statuses = both.map(({ status }) => status)
    // Who comes second to make a vault with the same passphrase opens the one of the first.
    expect(statuses).toEqual([0, 0])
    const { stdout } = await rig.run('status --json --offline')
    expect(
      JSON.parse(stdout)
        .stored.map((entry: { environment: string }) => entry.environment)
        .toSorted(),
    ).toEqual(['demo', 'live'])
  })
})

it('on Linux without libsecret or without D-Bus the vault is used, and it is said', async ({ annotate }) => {
  if (process.platform !== 'linux') {
    await annotate(`this is ${process.platform}: its keychain is left alone`)
    return
  }
  const { SCALPDESK_KEYCHAIN: _off, ...env } = rig.at.envWithPassphrase
  const { status, stderr } = await rig.login(env)
  expect(status).toBe(0)
  expect(stderr).toMatch(/^scalpdesk: there is no system keychain: .*(libsecret|D-Bus).*encrypted vault/)
  expect(existsSync(rig.at.vault)).toBe(true)
})

it.each(['login', 'logout', 'status'])('%s --help teaches by examples', async name => {
  const { status, stdout } = await rig.run(`${name} --help`)
  expect(status).toBe(0)
  expect(stdout).toMatch(new RegExp(`Examples:\\n(.|\\n)*scalpdesk ${name}`))
  expect(stdout).not.toMatch(/--pass/)
})
