import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { text as readAll } from 'node:stream/consumers'
import type { MockBroker } from '@scalpdesk/mock-broker'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EndedCommand, startCommand } from '../testing/running-command.ts'
import { PROGRAM } from '../testing/running-desk.ts'
import { brokerWithUser, loginJson, PASSPHRASE, type SignInHome, signInHome, USER } from '../testing/signing-in.ts'

/** `login`, `logout` and `status` as processes, on the mock broker in IG's place. */

let broker: MockBroker
let at: SignInHome
const open: AsyncDisposable[] = []
beforeAll(async () => {
  broker = await brokerWithUser()
})
afterAll(() => broker.close())
beforeEach(() => {
  at = signInHome(broker.url)
})
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

function run(
  args: string,
  env: Readonly<Record<string, string>> = at.envWithPassphrase,
  input?: string,
): Promise<EndedCommand> {
  const command = startCommand(args.split(' '), env, input)
  open.push(command)
  return command.ended
}

const login = (env = at.envWithPassphrase, input = loginJson()) => run('login --env demo --stdin', env, input)

/** All there is to be seen, when there should be one sentence and no result. */
async function refusal(ended: Promise<EndedCommand>, status: number): Promise<string> {
  const { stdout, stderr, status: got } = await ended
  expect([got, stdout]).toEqual([status, ''])
  expect(stderr).not.toMatch(/canary|\n\s+at /)
  return stderr.trimEnd().split('\n').at(-1) ?? ''
}

describe('login', () => {
  it('checks a login from stdin, keeps it in the vault, and says so', async () => {
    const { status, stdout } = await login()
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^Logged in to demo \(at 127\.0\.0\.1\) with the account FIRST1 · Mine · cfd · GBP · preferred\.\n/,
    )
    expect(stdout).toContain(`kept in the vault ${at.vault}; scalpdesk logout removes it.`)
    expect(existsSync(at.vault)).toBe(true)
  })

  it('says the same to scripts as one JSON document', async () => {
    const { stdout } = await run(
      'login --env demo --stdin --json',
      at.envWithPassphrase,
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
    expect(await run('login --env demo', { ...at.envWithPassphrase, ...variables })).toMatchObject({ status: 0 })
    const other = await login(at.env, loginJson({ passphrase: PASSPHRASE, account: 'OTHER2' }))
    expect(other).toMatchObject({ status: 0, stdout: expect.stringContaining('OTHER2') })
  })

  it('means demo when nothing is said, and never live', async () => {
    await run('login --stdin', at.envWithPassphrase, loginJson())
    expect(readFileSync(at.vault, 'latin1')).toContain('"entry":"demo@127.0.0.1"')
  })

  it('takes the environment before the command as well', async () => {
    expect(await run('--env live login --stdin', at.envWithPassphrase, loginJson())).toMatchObject({ status: 0 })
    expect(readFileSync(at.vault, 'latin1')).toContain('"entry":"live@127.0.0.1"')
  })

  it('loses nothing when two log in at once', async () => {
    const both = await Promise.all(
      ['demo', 'live'].map(env => run(`login --env ${env} --stdin`, at.envWithPassphrase, loginJson())),
    )
    const statuses = both.map(({ status }) => status)
    // Who comes second to make a vault with the same passphrase opens the one of the first.
    expect(statuses).toEqual([0, 0])
    const { stdout } = await run('status --json --offline')
    expect(
      JSON.parse(stdout)
        .stored.map((entry: { environment: string }) => entry.environment)
        .toSorted(),
    ).toEqual(['demo', 'live'])
  })
})

describe('login keeps nothing, and says why, with', () => {
  afterEach(() => {
    expect(existsSync(at.vault)).toBe(false)
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
    expect(await refusal(login(at.envWithPassphrase, loginJson(changes)), status)).toMatch(sentence)
  })

  it.each([
    ['nothing', ''],
    ['prose', 'canary is my password'],
    ['half a JSON', '{"password":"canary'],
    ['a list', '["canary"]'],
    ['bytes', '\x00\xff canary'],
  ])('%s on stdin', async (_what, input) => {
    expect(await refusal(login(at.envWithPassphrase, input), 2)).toMatch(/one JSON object/)
  })

  it('nothing at all, in a pipe', async () => {
    expect(await refusal(run('login --env demo'), 2)).toMatch(/SCALPDESK_PASSWORD.*--stdin/)
  })

  it('some of the variables, in a pipe', async () => {
    const env = { ...at.envWithPassphrase, SCALPDESK_PASSWORD: 'canary' }
    expect(await refusal(run('login', env), 2)).toMatch(/SCALPDESK_API_KEY and SCALPDESK_USERNAME/)
  })

  it('no network', async () => {
    const env = { ...at.envWithPassphrase, SCALPDESK_URL: `http://127.0.0.1:${await closedPort()}/gateway/deal` }
    expect(await refusal(login(env), 1)).toMatch(/expected .*, but/)
  })

  it("the mock broker's key for IG itself", async () => {
    const { SCALPDESK_URL: _none, ...env } = at.envWithPassphrase
    expect(await refusal(login(env), 3)).toMatch(/is the mock broker's; nothing was sent/)
  })

  it("another key than the mock broker's for a mock broker", async () => {
    const input = loginJson({ apiKey: 'canary-key' })
    expect(await refusal(run('login --env mock --stdin', at.envWithPassphrase, input), 3)).toMatch(/nothing was sent/)
  })

  it('no passphrase for the vault, and has sent nothing', async () => {
    const before = broker.requests().length
    expect(await refusal(login(at.env), 3)).toMatch(/SCALPDESK_VAULT_PASSPHRASE_FILE/)
    expect(broker.requests().length).toBe(before)
  })

  it('a passphrase too short', async () => {
    const input = loginJson({ passphrase: 'canary' })
    expect(await refusal(login(at.env, input), 3)).toMatch(/at least 8/)
  })

  it('a keychain that is asked for and not there', async () => {
    const ended = run('login --store keychain --stdin', at.envWithPassphrase, loginJson())
    expect(await refusal(ended, 1)).toMatch(/there is none: SCALPDESK_KEYCHAIN says off/)
  })

  it('a home that cannot be made', async () => {
    const env = { ...at.envWithPassphrase, SCALPDESK_HOME: '/dev/null/home' }
    expect(await refusal(login(env), 1)).toMatch(/vault \/dev\/null\/home.*ENOTDIR/)
  })

  it('a disk without room', async () => {
    // A process that may write no byte to any file.
    const limited = spawn(
      '/bin/sh',
      ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, PROGRAM, 'login', '--stdin'],
      {
        env: { PATH: process.env.PATH, ...at.envWithPassphrase },
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
    expect(await refusal(run(`login ${flag}`), 2)).toMatch(/no secret among the arguments.*login --stdin/)
  })

  it.each([
    ['login canary', /without a word after it/],
    ['login --pasword=canary', /unknown option '--pasword=…'/],
    ['login --env paper', /mock or demo or live, but got paper/],
    ['login --env mock', /needs no login/],
    ['login --store disk', /--store.*keychain or vault, but got disk/],
    ['login --account a.b', /account id such as/],
  ])('%s', async (args, words) => {
    const { SCALPDESK_URL: _none, ...env } = at.envWithPassphrase
    expect(await refusal(run(args, env), 2)).toMatch(words)
  })

  it('an address that a password must not be sent to', async () => {
    const env = { ...at.envWithPassphrase, SCALPDESK_URL: 'http://broker.example/gateway/deal' }
    expect(await refusal(login(env), 2)).toMatch(/https.*broker\.example/)
  })
})

describe('status', () => {
  it('says where this machine is signed in, and with what', async () => {
    await login()
    const { status, stdout, stderr } = await run('status --env demo')
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
    await login()
    const { stdout } = await run('status --env demo --json')
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
      vault: { path: at.vault, state: 'in use' },
      keyboard: { kind: 'unknown', why: 'input or output is no terminal' },
      problem: null,
    })
  })

  it('acts on the account that was chosen', async () => {
    await login(at.envWithPassphrase, loginJson({ account: 'OTHER2' }))
    const { stdout } = await run('status --env demo --json')
    expect(JSON.parse(stdout).session.account).toMatchObject({ id: 'OTHER2', currency: 'EUR' })
  })

  it('takes the variables of this run before what is stored', async () => {
    await login()
    const variables = {
      SCALPDESK_API_KEY: 'mock-api-key',
      SCALPDESK_USERNAME: USER.username,
      SCALPDESK_PASSWORD: 'canary',
    }
    const { status, stdout, stderr } = await run('status --env demo', { ...at.envWithPassphrase, ...variables })
    expect([status, stderr]).toEqual([3, expect.stringMatching(/invalid-details/)])
    expect(stdout).toMatch(/session: {5}not signed in/)
  })

  it('signs in to the mock broker inside with nothing, and to one elsewhere with what every mock broker takes', async () => {
    const { SCALPDESK_URL: _none, ...env } = at.env
    expect(await run('status', env)).toMatchObject({ status: 0, stdout: expect.stringContaining('mock broker inside') })
    // This one has another user.
    expect(await run('status')).toMatchObject({ status: 3, stderr: expect.stringMatching(/prints its user/) })
  })

  it('asks nobody with --offline, not even for a passphrase', async () => {
    await login()
    const before = broker.requests().length
    const { status, stdout } = await run('status --env demo --offline', at.env)
    expect([status, broker.requests().length]).toEqual([0, before])
    expect(stdout).toMatch(/session: {5}not asked for\nstored: {6}demo/)
  })

  it.each<[string, (text: string) => string, RegExp]>([
    ['is truncated', text => text.slice(0, -9), /end is missing/],
    ['was changed', text => text.replace('"r":8', '"r":9'), /somebody changed/],
    ['is something else', () => 'Dear diary', /something else is there/],
    ['is of a newer program', text => text.replace('"version":1', '"version":9'), /version 9/],
  ])('says so when the vault %s, with status 1', async (_what, change, words) => {
    await login()
    writeFileSync(at.vault, change(readFileSync(at.vault, 'latin1')))
    const { status, stdout, stderr } = await run('status --env demo')
    expect([status, stderr]).toEqual([1, expect.stringMatching(words)])
    expect(stdout).toMatch(/vault: {7}unusable: /)
  })

  it('says so when the passphrase is another one, with status 3', async () => {
    await login()
    writeFileSync(at.envWithPassphrase.SCALPDESK_VAULT_PASSPHRASE_FILE ?? '', 'canary other one\n')
    expect(await run('status --env demo')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/^(?!.*canary).*but this is another one/),
    })
  })

  it('says so when the password was changed at the broker, with status 3', async () => {
    await login()
    const changed = await brokerWithUser('another one')
    open.push(changed)
    const env = { ...at.envWithPassphrase, SCALPDESK_URL: changed.url }
    expect(await run('status --env demo', env)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/invalid-details/),
    })
    expect(changed.requests().filter(({ path }) => path.endsWith('/session'))).toHaveLength(1)
  })

  it('goes on when the tokens expire meanwhile', async () => {
    await login()
    broker.faults.plan({ fault: 'expireToken', match: '/accounts', when: { onRequest: 1 } })
    expect((await run('status --env demo')).status).toBe(0)
    expect(broker.faults.planned()).toEqual([])
  })

  it('with no network says so, and what it knows, with status 1', async () => {
    await login()
    const env = { ...at.envWithPassphrase, SCALPDESK_URL: `http://127.0.0.1:${await closedPort()}/gateway/deal` }
    const { status, stdout, stderr } = await run('status --env demo --json', env)
    expect([status, stderr]).toEqual([1, expect.stringMatching(/expected/)])
    expect(JSON.parse(stdout)).toMatchObject({ stored: [{ environment: 'demo' }], problem: expect.any(String) })
  })
})

describe('logout', () => {
  it('removes the login of one environment, without a passphrase, and says from where', async () => {
    await login()
    await run('login --env live --stdin', at.envWithPassphrase, loginJson())
    expect(await run('logout --env live', at.env)).toMatchObject({
      status: 0,
      stdout: 'Removed the login for live (at 127.0.0.1) from the vault.\n',
      stderr: expect.stringMatching(/keychain was not looked into: SCALPDESK_KEYCHAIN says off/),
    })
    expect((await run('status --env live')).status).toBe(3)
    expect((await run('status --env demo')).status).toBe(0)
  })

  it('removes all of them without a word, and the vault with them', async () => {
    await login()
    const { stdout } = await run('logout --json', at.env)
    expect(JSON.parse(stdout)).toEqual({ removed: [{ environment: 'demo', server: '127.0.0.1', store: 'vault' }] })
    expect(existsSync(at.vault)).toBe(false)
  })

  it('says so when there was none, and which variables are still set', async () => {
    const { status, stdout, stderr } = await run('logout', { ...at.env, SCALPDESK_PASSWORD: 'canary' })
    expect([status, stdout]).toEqual([0, 'No login was stored for mock, demo, live.\n'])
    expect(stderr).toMatch(/SCALPDESK_PASSWORD are still set/)
  })

  it('says so when the vault is damaged, and leaves it', async () => {
    await login()
    writeFileSync(at.vault, 'Dear diary')
    expect(await run('logout', at.env)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/something else/),
    })
    expect(readFileSync(at.vault, 'utf8')).toBe('Dear diary')
  })
})

it('on Linux without libsecret or without D-Bus the vault is used, and it is said', async ({ annotate }) => {
  if (process.platform !== 'linux') {
    await annotate(`this is ${process.platform}: its keychain is left alone`)
    return
  }
  const { SCALPDESK_KEYCHAIN: _off, ...env } = at.envWithPassphrase
  const { status, stderr } = await login(env)
  expect(status).toBe(0)
  expect(stderr).toMatch(/^scalpdesk: there is no system keychain: .*(libsecret|D-Bus).*encrypted vault/)
  expect(existsSync(at.vault)).toBe(true)
})

it.each(['login', 'logout', 'status'])('%s --help teaches by examples', async name => {
  const { status, stdout } = await run(`${name} --help`)
  expect(status).toBe(0)
  expect(stdout).toMatch(new RegExp(`Examples:\\n(.|\\n)*scalpdesk ${name}`))
  expect(stdout).not.toMatch(/--pass/)
})

/** A port of this machine where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address ? address.port : 1
}
