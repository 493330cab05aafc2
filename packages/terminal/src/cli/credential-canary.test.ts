import { readFileSync } from 'node:fs'
import type { MockBroker } from '@scalpdesk/mock-broker'
import { waitFor } from '@scalpdesk/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { EURUSD } from '../testing/command-rig.ts'
import { ECHOES, startEchoingBroker } from '../testing/echoing-broker.ts'
import { keepLogin } from '../testing/kept-login.ts'
import { sharedRuns } from '../testing/many-runs.ts'
import { startCommand } from '../testing/running-command.ts'
import { openDesk } from '../testing/running-desk.ts'
import {
  brokerWithUser,
  filesUnder,
  PASSPHRASE,
  type SignInHome,
  signInHome,
  typeCommand,
  USER,
} from '../testing/signing-in.ts'
import { COMMAND_NAMES } from './command-names.ts'

/**
 * Secrets are planted, the programs are made to fail with them, and everything that they wrote is searched: outputs, the
 * terminal, every file below their home, and what the system shows of their arguments.
 */

const KEY = 'canary-key-90b1'
const TOKEN = 'canary-token-77'
const SECRETS = [KEY, USER.password, PASSPHRASE, TOKEN, 'canary wrong']

let broker: MockBroker
const seen: { readonly where: string; readonly text: Buffer }[] = []
const open = closedAfterEach()
beforeAll(async () => {
  broker = await brokerWithUser()
})
afterAll(() => broker.close())
beforeEach(() => {
  seen.length = 0
})

/** As it is, and in each dress that a program could put it into. */
function dresses(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const plain = [secret, json, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('base64url')]
  return [...plain, bytes.toString('base64').replaceAll('=', ''), bytes.toString('latin1')]
}

function leaks(): readonly string[] {
  return SECRETS.flatMap(secret =>
    seen
      .filter(({ text }) => dresses(secret).some(dress => text.includes(dress)))
      .map(({ where }) => `${secret} in ${where}`),
  )
}

const take = (where: string, text: string | Buffer): void => void seen.push({ where, text: Buffer.from(text) })

function takeFiles(home: string): void {
  for (const [name, content] of filesUnder(home)) take(name, content)
}

async function run(args: string, env: Readonly<Record<string, string>>, input?: string): Promise<number | null> {
  const command = startCommand(args.split(' '), env, input)
  open.push(command)
  const { status, stdout, stderr } = await command.ended
  take(`the result of ${args}`, stdout)
  take(`the messages of ${args}`, stderr)
  return status
}

const runs = sharedRuns()

/** In one process with the others of its kind. */
async function runHere(args: string, env: Readonly<Record<string, string>>): Promise<number | null> {
  const { status, stdout, stderr } = await runs.run(args.split(' '), env)
  take(`the result of ${args}`, stdout)
  take(`the messages of ${args}`, stderr)
  return status
}

const login = (changes: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ apiKey: KEY, ...USER, ...changes })

it('the search finds a secret in every dress', () => {
  for (const secret of SECRETS)
    for (const dress of dresses(secret)) {
      seen.length = 0
      take('it', `so ${dress} it is`)
      expect(leaks()).toEqual([`${secret} in it`])
    }
})

it.each(ECHOES.flatMap(echo => [[echo, true] as const, [echo, false] as const]))(
  'no secret comes out of a broker that sends back what it was sent (%s, signs in: %s)',
  async (echo, signsIn) => {
    const rude = await startEchoingBroker(echo, signsIn, TOKEN)
    open.push(rude)
    const at = signInHome(rude.url)
    await keepLogin(at, 'live')
    const variables = { SCALPDESK_API_KEY: KEY, SCALPDESK_USERNAME: USER.username, SCALPDESK_PASSWORD: USER.password }
    const inEachFormat = (one: (format: string) => Promise<number | null>) => Promise.all(['', ' --json'].map(one))
    const logins = await inEachFormat(format => run(`login --stdin${format}`, at.envWithPassphrase, login()))
    expect(logins).not.toContain(0)
    const looks = await inEachFormat(format => run(`status --env demo${format}`, { ...at.env, ...variables }))
    expect(looks).not.toContain(0)
    await inEachFormat(format => run(`logout --env demo${format}`, { ...at.env, ...variables }))
    takeFiles(at.home)
    expect(leaks()).toEqual([])
  },
)

it('no secret is left by a day of logging in, trading and failing', async () => {
  const at = signInHome(broker.url)
  await keepLogin(at, 'live')
  const env = at.envWithPassphrase
  const good = login({ apiKey: 'mock-api-key' })
  expect(await run('login --stdin', env, good)).toBe(0)
  expect(await run('login --stdin', env, login({ password: 'canary wrong' }))).toBe(3)
  expect(await run('login --stdin', env, `${good} and more`)).toBe(2)
  expect(await run('login --stdin', { ...env, SCALPDESK_HOME: '/dev/null/home' }, good)).toBe(1)
  expect(await run('login --env live --stdin', { ...at.env, SCALPDESK_VAULT_PASSPHRASE_FILE: '/none' }, good)).toBe(3)
  expect(await run(`login --password ${KEY}`, env)).toBe(2)
  expect(await run(`login --passwort=${KEY}`, env)).toBe(2)
  expect(await run('status --env demo --json', env)).toBe(0)
  broker.faults.plan({ fault: 'htmlBody', match: '/accounts', when: { onRequest: 1 } })
  await run('status --env demo', env)
  expect(await run('init --env demo', env)).toBe(0)
  expect(await run('doctor --env demo --json', env)).toBe(0)
  expect(await run('gate --json', env)).toBe(5)
  await trade(at)
  for (const format of ['html', 'csv', 'json', 'table'])
    expect(await run(`report --env demo --week --format ${format}`, env)).toBe(0)
  takeFiles(at.home)
  await run('logout', env)
  takeFiles(at.home)
  expect(seen.some(({ where }) => where.endsWith('credentials.vault'))).toBe(true)
  for (const kind of ['.ndjson', 'reports.sqlite', '.html', 'trades.csv'])
    expect(seen.some(({ where }) => where.endsWith(kind))).toBe(true)
  expect(leaks()).toEqual([])
})

/** Each command of the program that a login or a broker's answer may come near, in a form that ends by itself. */
const EVERY_COMMAND = [
  ...['status', 'markets EUR', `market ${EURUSD}`, `prices ${EURUSD} --points 2`, `watch ${EURUSD} --count 1`],
  ...[
    'positions',
    'orders',
    `buy ${EURUSD} --size 1`,
    `sell ${EURUSD} --size 1`,
    'close DIAAAA1',
    'stop DIAAAA1 --breakeven',
  ],
  ...[`order place buy ${EURUSD} --level 1`, 'order amend DIAAAA1 --level 1.1', 'order cancel DIAAAA1', 'flatten'],
  ...['guard status', 'guard stop', 'gate', 'config get', 'config check', 'journal verify /none', 'completion bash'],
  ...[
    'init',
    'doctor',
    'record NOTHING --out /none/x.tape',
    'replay /none',
    'train --history',
    'drill flatten',
    'help login',
  ],
  ...['mock --port x', 'logout'],
  ...[
    'report',
    'report verify',
    'report note today slept',
    'report tag DIAAAA1 fomo',
    'bot run /none.ts',
    'backtest /none.ts --replay /none.csv',
  ],
] as const

it('knows each command of the program', () => {
  const known = new Set(EVERY_COMMAND.map(line => line.split(' ')[0]))
  // It reads its input, and is run by itself.
  known.add('login')
  expect(COMMAND_NAMES.filter(name => !known.has(name))).toEqual([])
})

it('no secret comes out of any command, with a broker that works, forgets, breaks off and answers with pages', async () => {
  const at = signInHome(broker.url)
  const variables = {
    ...at.env,
    SCALPDESK_API_KEY: 'mock-api-key',
    SCALPDESK_USERNAME: USER.username,
    SCALPDESK_PASSWORD: USER.password,
  }
  let done = 0
  for (const [number, line] of EVERY_COMMAND.entries()) {
    if (number % 3 === 1) broker.faults.plan({ fault: 'htmlBody', match: '/positions', when: { onRequest: 1 } })
    if (number % 3 === 2) broker.faults.expireToken()
    if ((await runHere(`--env demo ${line}`, variables)) === 0) done += 1
    // The login is one that the broker does not know.
    if (number < 3) await runHere(`--env demo ${line}`, { ...variables, SCALPDESK_PASSWORD: 'canary wrong' })
  }
  takeFiles(at.home)
  expect(done).toBeGreaterThan(12)
  expect(seen.some(({ where }) => where.endsWith('.ndjson'))).toBe(true)
  expect(leaks()).toEqual([])
})

it.each(ECHOES)('no secret comes out of any command that asks a broker which sends it back (%s)', async echo => {
  const rude = await startEchoingBroker(echo, true, TOKEN)
  open.push(rude)
  const at = signInHome(rude.url)
  const login = { SCALPDESK_API_KEY: KEY, SCALPDESK_USERNAME: USER.username, SCALPDESK_PASSWORD: USER.password }
  const asking = EVERY_COMMAND.filter(line =>
    /^(markets?|prices|watch|positions|orders|order amend|init|record) /.test(`${line} `),
  )
  for (const line of [...asking, `record ${EURUSD} --out ${at.home}/x.tape`])
    expect([line, await runHere(`--env demo ${line}`, { ...at.env, ...login })]).not.toEqual([line, 0])
  // As a mock broker it is signed in to in another way.
  for (const line of ['positions', `record ${EURUSD} --out ${at.home}/x.tape`, 'init'])
    expect(await runHere(`--env mock ${line}`, { ...at.env, ...login, SCALPDESK_API_KEY: 'mock-api-key' })).not.toBe(0)
  takeFiles(at.home)
  expect(leaks()).toEqual([])
})

/** The trading screen with a login from the variables, one round trip, and a broker that forgets everybody. */
async function trade(at: SignInHome): Promise<void> {
  const variables = {
    SCALPDESK_API_KEY: 'mock-api-key',
    SCALPDESK_USERNAME: USER.username,
    SCALPDESK_PASSWORD: USER.password,
  }
  const desk = openDesk({ env: { ...at.env, ...variables } })
  open.push(desk)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  // Demo starts disarmed.
  desk.type('a')
  await desk.waitForScreen(/^ DEMO +ARMED/m)
  desk.type('b')
  await desk.waitForScreen(/FILLED: BOUGHT/)
  broker.faults.expireToken()
  desk.type(' ')
  await desk.waitForScreen(/FLAT/)
  desk.type('q')
  await desk.exited
  take('the trading screen', desk.raw())
}

it('no secret is on the terminal of who types it, nor in what the system shows of the program', async () => {
  const at = signInHome(broker.url)
  const command = typeCommand(['login'], at.env)
  open.push(command)
  await command.waitForScreen(/API key/)
  command.type(`mock-api-key\r${USER.username}\r${USER.password}\r`)
  await command.waitForScreen(/A passphrase for the new vault/)
  if (process.platform === 'linux') take('the arguments', readFileSync(`/proc/${command.processId}/cmdline`))
  command.type(`${PASSPHRASE}\r${PASSPHRASE}\r\r`)
  await waitFor('the end', () => /status 0/.test(command.screen()))
  take('the terminal', command.raw())
  takeFiles(at.home)
  expect(leaks()).toEqual([])
})
