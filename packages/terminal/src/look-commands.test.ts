import { describe, expect, it } from 'vitest'
import { MARKET, MARKETS, ORDERS, POSITIONS, PRICES, WATCHED } from './documents/documents.ts'
import { closedAfterEach } from './testing/closed-after-each.ts'
import { commandRig, EURUSD } from './testing/command-rig.ts'
import { sharedRuns } from './testing/many-runs.ts'

const open = closedAfterEach()

const runs = sharedRuns()

describe('on a mock broker', () => {
  it.each([
    ['markets EUR', MARKETS, /EPIC +NAME[\s\S]*CS\.D\.EURUSD\.CFD\.IP +EUR\/USD/],
    ['markets nothingofthatname', MARKETS, /no market/],
    [`market ${EURUSD}`, MARKET, /smallest size +0\.1\n/],
    [`prices ${EURUSD} --points 3`, PRICES, /TIME +OPEN[\s\S]*\n.*\n.*\n/],
    [`prices ${EURUSD} --resolution hour --points 2`, PRICES, /TIME/],
    ['positions', POSITIONS, /no position is open/],
    ['orders', ORDERS, /no working order rests/],
  ] as const)('%s: a document of its schema, and the same in words', async (args, schema, words) => {
    const rig = await commandRig(open, runs)
    const { status, document } = await rig.json(args)
    expect(schema.safeParse(document)).toMatchObject({ success: true })
    expect(status).toBe(0)
    const told = await rig.run(args)
    expect(told).toMatchObject({ status: 0, stderr: '' })
    expect(told.stdout).toMatch(words)
    expect(rig.dealt()).toEqual([])
  })

  it('watch: a line for each quote, and ends after as many as were asked for', async () => {
    const rig = await commandRig(open, runs)
    const { status, stdout, stderr } = await rig.run(`watch ${EURUSD} --json --count 3`)
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const line of lines) expect(WATCHED.safeParse(line)).toMatchObject({ success: true })
    expect(lines.filter(({ kind }) => kind === 'quote')).toHaveLength(3)
  })

  it('watch: goes on until Ctrl-C, which is status 130', async () => {
    const rig = await commandRig(open, runs)
    const command = rig.start(`watch ${EURUSD}`)
    await expect.poll(command.stdout, { timeout: 60_000 }).toMatch(/CFD\.IP {2}\d/)
    command.kill('SIGINT')
    expect(await command.ended).toMatchObject({ status: 130, stderr: '' })
  })

  it('takes the common flags before the command as well as after it', async () => {
    const rig = await commandRig(open, runs)
    expect(await rig.run('--json --account MOCK1 positions')).toMatchObject({ status: 0, stderr: '' })
  })

  it('looks at prices of the mock broker inside when no other is named', async () => {
    const rig = await commandRig(open, runs)
    const { status, stdout } = await rig.run(`market ${EURUSD}`, { SCALPDESK_URL: '' })
    expect([status, stdout]).toEqual([0, expect.stringContaining('EUR/USD')])
  })
})

describe('says what was wrong in one sentence on stderr, with nothing on stdout', () => {
  it.each([
    ['market CS.D.NOPE.CFD.IP', {}, 2, /none called CS\.D\.NOPE\.CFD\.IP/],
    [`watch ${EURUSD} CS.D.NOPE.CFD.IP`, {}, 2, /none called CS\.D\.NOPE/],
    ['market bad/epic', {}, 2, /expected EPIC to be an epic/],
    ['market', {}, 2, /missing required argument 'epic'/],
    ['positions now', {}, 2, /positions takes no now/],
    ['positions --size 3', {}, 2, /positions takes no --size/],
    [`prices ${EURUSD} --points 0`, {}, 2, /--points.*from 1 to 1000.*got 0/],
    [`prices ${EURUSD} --points NaN`, {}, 2, /--points.*got NaN/],
    [`prices ${EURUSD} --resolution tick`, {}, 2, /--resolution.*got tick/],
    ['positions --account bad/account', {}, 2, /account id such as ABC12/],
    ['positions', { SCALPDESK_URL: '' }, 2, /broker that stays.*scalpdesk mock --port/],
    ['positions', { SCALPDESK_URL: 'http://127.0.0.1:1/gateway/deal' }, 1, /not-connected|ECONNREFUSED|reach/],
    [
      'positions',
      { SCALPDESK_API_KEY: 'mock-api-key', SCALPDESK_USERNAME: 'mock', SCALPDESK_PASSWORD: 'wrong' },
      3,
      /invalid-details/,
    ],
    ['positions', { SCALPDESK_API_KEY: 'mock-api-key' }, 2, /SCALPDESK_USERNAME/],
    ['--env demo positions', { SCALPDESK_URL: '' }, 3, /not signed in to demo.*login/],
    ['--env paper positions', {}, 2, /got paper/],
    ['--json', {}, 2, /--json is for commands|needs a terminal/],
  ] as const)('%s %o', async (args, env, status, sentence) => {
    const rig = await commandRig(open, runs)
    const ended = await rig.run(args, env)
    expect(ended).toEqual({ status, stdout: '', stderr: expect.stringMatching(/^scalpdesk: [^\n]+\n$/) })
    expect(ended.stderr).toMatch(sentence)
    expect(ended.stderr).not.toContain('wrong')
  })

  it('an allowance that is used up', async () => {
    const rig = await commandRig(open, runs)
    rig.broker.faults.exceedAllowance('account-historical-data')
    const ended = await rig.run(`prices ${EURUSD}`)
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/allowance/)
  })

  it('settings of a newer version', async () => {
    const rig = await commandRig(open, runs)
    rig.settings({ version: 99 })
    const ended = await rig.run('positions')
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toMatch(/version.*99/)
  })
})

it('signs in again by itself when the session has expired meanwhile', async () => {
  const rig = await commandRig(open, runs)
  rig.broker.faults.expireToken()
  expect(await rig.run('positions')).toMatchObject({ status: 0, stderr: '' })
})
