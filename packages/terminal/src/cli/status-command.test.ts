import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deadUrl, signInRig } from '../testing/sign-in-rig.ts'
import { brokerWithUser, USER } from '../testing/signing-in.ts'

/** `status` as a process, on the mock broker in IG's place. */

const rig = signInRig()

describe('status', () => {
  it('says where this machine is signed in, and with what', async () => {
    await rig.login()
    const { status, stdout, stderr } = await rig.run('status --env demo')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^environment: demo \(at 127\.0\.0\.1\)\naccount: {5}FIRST1 · Mine · GBP\n/)
    expect(stdout).toMatch(/funds: {7}5000 GBP available; cash 5000, margin 0, open profit 0\n/)
    expect(stdout).toMatch(
      /session: {5}signed in at \d{4}-.*\nlogin from: {2}the vault\nstored: {6}demo .* in the vault\n/,
    )
    expect(stdout).toMatch(
      /keychain: {4}not available: SCALPDESK_KEYCHAIN says off\nvault: {7}in use, .*\nkeyboard: {4}not known/,
    )
  })

  it('says the same to scripts as one JSON document', async () => {
    await rig.keepLogin()
    const { stdout } = await rig.run('status --env demo --json')
    expect(JSON.parse(stdout)).toEqual({
      environment: 'demo',
      server: '127.0.0.1',
      session: {
        kind: 'signed-in',
        from: 'vault',
        account: {
          id: 'FIRST1',
          name: 'Mine',
          currency: 'GBP',
          funds: { cash: '5000', deposit: '0', profitLoss: '0', available: '5000' },
        },
        signedInAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        ageMs: expect.any(Number),
        signInMs: expect.any(Number),
      },
      stored: [{ environment: 'demo', server: '127.0.0.1', store: 'vault' }],
      keychain: { state: 'missing', why: 'SCALPDESK_KEYCHAIN says off' },
      vault: { path: rig.at.vault, state: 'in use' },
      keyboard: { kind: 'unknown', why: 'input or output is no terminal' },
      problem: null,
    })
  })

  it('acts on the account that was chosen', async () => {
    await rig.keepLogin('demo', 'OTHER2')
    const { stdout } = await rig.run('status --env demo --json')
    expect(JSON.parse(stdout).session.account).toMatchObject({ id: 'OTHER2', currency: 'EUR' })
  })

  it('takes the variables of this run before what is stored', async () => {
    await rig.keepLogin()
    const variables = {
      SCALPDESK_API_KEY: 'mock-api-key',
      SCALPDESK_USERNAME: USER.username,
      SCALPDESK_PASSWORD: 'canary',
    }
    const { status, stdout, stderr } = await rig.run('status --env demo', { ...rig.at.envWithPassphrase, ...variables })
    expect([status, stderr]).toEqual([3, expect.stringMatching(/invalid-details/)])
    expect(stdout).toMatch(/session: {5}not signed in/)
  })

  it('signs in to the mock broker inside with nothing, and to one elsewhere with what every mock broker takes', async () => {
    const { SCALPDESK_URL: _none, ...env } = rig.at.env
    expect(await rig.run('status', env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('mock broker inside'),
    })
    // This one has another user.
    expect(await rig.run('status')).toMatchObject({ status: 3, stderr: expect.stringMatching(/prints its user/) })
  })

  it('asks nobody with --offline, not even for a passphrase', async () => {
    await rig.keepLogin()
    const before = rig.broker.requests().length
    const { status, stdout } = await rig.run('status --env demo --offline', rig.at.env)
    expect([status, rig.broker.requests().length]).toEqual([0, before])
    expect(stdout).toMatch(/session: {5}not asked for\nstored: {6}demo/)
  })

  it.each<[string, (text: string) => string, RegExp]>([
    ['is truncated', text => text.slice(0, -9), /end is missing/],
    ['was changed', text => text.replace('"r":8', '"r":9'), /somebody changed/],
    ['is something else', () => 'Dear diary', /something else is there/],
    ['is of a newer program', text => text.replace('"version":1', '"version":9'), /version 9/],
  ])('says so when the vault %s, with status 1', async (_what, change, words) => {
    await rig.keepLogin()
    writeFileSync(rig.at.vault, change(readFileSync(rig.at.vault, 'latin1')))
    const { status, stdout, stderr } = await rig.run('status --env demo')
    expect([status, stderr]).toEqual([1, expect.stringMatching(words)])
    expect(stdout).toMatch(/vault: {7}unusable: /)
  })

  it('says so when the passphrase is another one, with status 3', async () => {
    await rig.keepLogin()
    writeFileSync(rig.at.envWithPassphrase.SCALPDESK_VAULT_PASSPHRASE_FILE ?? '', 'canary other one\n')
    expect(await rig.run('status --env demo')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^(?!.*canary).*but this is another one/),
    })
  })

  it('says so when the password was changed at the broker, with status 3', async () => {
    await rig.keepLogin()
    const changed = await brokerWithUser('another one')
    rig.open.push(changed)
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_URL: changed.url }
    expect(await rig.run('status --env demo', env)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/invalid-details/),
    })
    expect(changed.requests().filter(({ path }) => path.endsWith('/session'))).toHaveLength(1)
  })

  it('goes on when the tokens expire meanwhile', async () => {
    await rig.keepLogin()
    rig.broker.faults.plan({ fault: 'expireToken', match: '/accounts', when: { onRequest: 1 } })
    expect((await rig.run('status --env demo')).status).toBe(0)
    expect(rig.broker.faults.planned()).toEqual([])
  })

  it('with no network says so, and what it knows, with status 1', async () => {
    await rig.keepLogin()
    const env = { ...rig.at.envWithPassphrase, SCALPDESK_URL: await deadUrl() }
    const { status, stdout, stderr } = await rig.run('status --env demo --json', env)
    expect([status, stderr]).toEqual([1, expect.stringMatching(/expected/)])
    expect(JSON.parse(stdout)).toMatchObject({ stored: [{ environment: 'demo' }], problem: expect.any(String) })
  })
})
