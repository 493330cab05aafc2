import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startMockBroker } from '@scalpdesk/mock-broker'
import type { ReportJson } from '@scalpdesk/reports'
import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { type CommandRig, commandRig } from '../testing/command-rig.ts'
import { sharedRuns } from '../testing/many-runs.ts'

/** In euros, as the account is. */
const DAX = 'IX.D.DAX.IFD.IP'

/** `scalpdesk report`, `report verify` and `report import`, as scripts run them, on the mock broker. */

const open: AsyncDisposable[] = []
const homes: string[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

const runs = sharedRuns()

async function aRig(options?: Parameters<typeof commandRig>[2]): Promise<CommandRig> {
  const rig = await commandRig(open, runs, options)
  homes.push(rig.home)
  return rig
}

/** Of a report that has to be made. */
async function reportJson(rig: CommandRig, args: string): Promise<ReportJson> {
  const { status, stdout, stderr } = await rig.run(`report ${args} --json`)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout)
}

const cents = (text: string | null): number => Math.round(Number(text) * 100)
const balanceChange = ({ bridge }: ReportJson): number =>
  bridge.parts.reduce((sum, { amount }) => sum + cents(amount), 0)
const dayText = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
const today = dayText(Date.now())
const weeksAgo = dayText(Date.now() - 40 * 86_400_000)

it('explains weeks of a broker alone to the cent, keeps them, and answers from there when the broker is gone', {
  timeout: 120_000,
}, async () => {
  const rig = await aRig()
  const first = await reportJson(rig, `--from ${weeksAgo} --to ${today}`)
  expect(first.trades.length).toBeGreaterThan(20)
  expect(first.sources).toMatchObject([
    { source: 'transactions', isComplete: true },
    { source: 'activity', isComplete: true },
  ])
  expect(first.findings.filter(({ severity }) => severity === 'red')).toEqual([])
  expect(cents(first.bridge.closing) - cents(first.bridge.opening)).toBe(balanceChange(first))
  expect(cents(first.bridge.closing)).toBe(10_000_000)
  const asked = () => rig.broker.requests().filter(({ path }) => path.includes('/history/')).length
  const before = asked()
  const again = await reportJson(rig, `--from ${weeksAgo} --to ${today}`)
  expect({ ...again, sources: [] }).toEqual({ ...first, sources: [] })
  // Only the last days are read again.
  expect(asked() - before).toBeLessThanOrEqual(4)
  const store = join(rig.home, 'reports.sqlite')
  expect(statSync(store).mode & 0o777).toBe(0o600)
  await rig.broker.close()
  const offline = await reportJson(rig, `--from ${weeksAgo} --to ${dayText(Date.now() - 3 * 86_400_000)} --offline`)
  expect(offline.trades.length).toBeGreaterThan(10)
  expect(cents(offline.bridge.closing) - cents(offline.bridge.opening)).toBe(balanceChange(offline))
  expect((await rig.run(`report --date ${today}`)).status).toBe(1)
})

it('joins what a command dealt, deal by deal, and tells the day from the journal alone as well', {
  timeout: 120_000,
}, async () => {
  const rig = await aRig({ seed: 7, synthetic: 'still', pastDays: 5 })
  expect((await rig.run(`buy ${DAX} --size 1 --stop 50`)).status).toBe(0)
  expect((await rig.run('flatten')).status).toBe(0)
  const both = await reportJson(rig, '')
  expect(both.sources.map(({ source }) => source)).toEqual(['transactions', 'activity', 'journal'])
  expect(both.trades).toMatchObject([{ epic: DAX, direction: 'BUY', size: '1', by: { kind: 'command' } }])
  expect(both.findings.filter(({ severity }) => severity === 'red')).toEqual([])
  await rig.broker.close()
  rmSync(join(rig.home, 'reports.sqlite'))
  const alone = await reportJson(rig, '--offline')
  expect(alone.sources).toMatchObject([{ source: 'journal', isComplete: true }])
  expect(alone.trades.map(({ epic, net }) => [epic, net])).toEqual([[DAX, both.trades[0]?.result]])

  const verified = await rig.json('report verify')
  expect(verified).toMatchObject({ status: 0, document: { world: 'mock', files: [{ account: 'MOCK1', fault: null }] } })
  const folder = join(rig.home, 'journal/mock/MOCK1')
  const file = join(folder, readdirSync(folder).find(name => name.endsWith('.ndjson')) ?? '')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"direction":"BUY"', '"direction":"SELL"'))
  const broken = await rig.run('report verify')
  expect(broken.status).toBe(1)
  expect(broken.stdout).toMatch(
    /\.ndjson: line \d+: expected record \d+ as it was written, but the line was changed\n$/,
  )
  expect(broken.stderr).toMatch(/^scalpdesk: expected the journal as it was written, but 1 of 1 files are not/)
  const doubted = await reportJson(rig, '--offline')
  expect(doubted.findings[0]).toMatchObject({ severity: 'red', kind: 'broken-journal' })
})

it('writes a page whole where it belongs, for its owner only, and a report for each account', {
  timeout: 120_000,
}, async () => {
  const rig = await aRig({ seed: 7, pastDays: 10 })
  const day = `--from ${dayText(Date.now() - 9 * 86_400_000)}`
  const written = async (args: string): Promise<string> => {
    const { status, stdout, stderr } = await rig.run(`report ${day} ${args}`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return stdout.trimEnd()
  }
  const page = await written('--format html')
  expect(page).toMatch(/reports\/mock\/MOCK1\/\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.html$/)
  expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
  expect(statSync(page).mode & 0o777).toBe(0o600)
  expect(await written('--what-if stop=5,target=none')).toContain(
    'What if: HYPOTHETICAL: the same entries with a stop of 5 points, no target',
  )
  const all = await written(`--account all --format md --out ${join(rig.home, 'each')}`)
  expect(all.split('\n').length).toBeGreaterThan(1)
  expect(JSON.parse(await written('--account all --json'))).toHaveLength(all.split('\n').length)
  const left = readdirSync(rig.home, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.new'))
  expect(left).toEqual([])
})

it('goes on where a signal ended it, and keeps a file current until one does', async () => {
  const rig = await aRig({ seed: 7, pastDays: 60 })
  rig.broker.faults.slowReply(30_000, '/history/activity')
  const slow = rig.start(`report --from ${weeksAgo} --format html`)
  await waitFor(
    'a call for activity',
    () => rig.broker.requests().some(({ path }) => path.includes('/history/activity')) || null,
  )
  slow.kill('SIGINT')
  expect(await slow.ended).toEqual({ status: 130, stdout: '', stderr: '' })
  expect(existsSync(join(rig.home, 'reports'))).toBe(false)
  const told = rig.broker.requests().filter(({ path }) => path.includes('/history/transactions')).length
  await reportJson(rig, `--from ${weeksAgo}`)
  const more = rig.broker.requests().filter(({ path }) => path.includes('/history/transactions')).length - told
  expect(more).toBeLessThanOrEqual(2)

  const page = join(rig.home, 'now.html')
  const watching = rig.start(`report --watch --every 1 --out ${page}`)
  await waitFor('the page', () => existsSync(page) || null)
  const [before] = [statSync(page).ino]
  await waitFor('the next page', () => statSync(page).ino !== before || null)
  watching.kill('SIGINT')
  expect(await watching.ended).toMatchObject({ status: 130, stdout: `${page}\n` })
  expect(readFileSync(page, 'utf8')).toMatch(/<\/html>\n$/)
})

it('joins no rows of two mock brokers at one address: those of the one before are put away, and it says so', {
  timeout: 120_000,
}, async () => {
  const rig = await aRig({ seed: 7, pastDays: 30 })
  const other = await startMockBroker({ seed: 8, pastDays: 30 })
  open.push(other)
  const from = `--from ${dayText(Date.now() - 20 * 86_400_000)}`
  const first = await reportJson(rig, from)
  const started = await rig.run(`report ${from} --json`, { SCALPDESK_URL: other.url })
  expect(started).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^scalpdesk: this broker does not tell what was read of account MOCK1 before: .*\n$/),
  })
  const fresh = await aRig({ seed: 7, pastDays: 0 })
  const alone = await fresh.run(`report ${from} --json`, { SCALPDESK_URL: other.url })
  expect(alone).toMatchObject({ status: 0, stderr: '' })
  const [joined, own]: readonly ReportJson[] = [started, alone].map(({ stdout }) => JSON.parse(stdout))
  expect(joined?.trades.length).toBeGreaterThan(10)
  expect(joined?.trades).toEqual(own?.trades)
  expect(joined?.trades.map(({ id }) => id)).not.toEqual(first.trades.map(({ id }) => id))
  expect(joined?.findings.filter(({ severity }) => severity === 'red')).toEqual([])
  // It is known now.
  expect(await rig.run(`report ${from}`, { SCALPDESK_URL: other.url })).toMatchObject({ status: 0, stderr: '' })
})

it('takes in a download once, says which line is wrong, and whose file it is not', async () => {
  const rig = await aRig({ seed: 7, pastDays: 10 })
  const header =
    'TextDate,Summary,MarketName,Period,ProfitAndLoss,Transaction type,Reference,Open level,Close level,Size,Currency,PL Amount,Cash transaction,DateUtc,OpenDateUtc,CurrencyIsoCode'
  const row =
    '06/01/25,Closed position,Germany 40 (€1),-,E10.06,DEAL,XU9KG7AM,4061.4,4073.08,+1,E,10.06,false,2025-01-06T11:47:24,2025-01-06T11:30:06,EUR'
  const file = join(rig.home, 'download.csv')
  writeFileSync(file, `\ufeff${header}\r\n${row}\r\n`)
  expect(await rig.run(`report import ${file} --account MOCK1`)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('expected to know the currency of account MOCK1'),
  })
  const taken = await rig.json(`report import ${file} --account MOCK1 --currency EUR`)
  expect(taken).toEqual({
    status: 0,
    document: {
      world: 'mock',
      account: 'MOCK1',
      files: [{ path: file, rows: 1, added: 1, from: '2025-01-06', to: '2025-01-06' }],
    },
  })
  expect((await rig.run(`report import ${file}`)).stdout).toMatch(/1 rows of 2025-01-06 to 2025-01-06, 0 of them new/)
  const report = await reportJson(rig, '--date 2025-01-06 --offline')
  expect(report.trades).toMatchObject([{ marketName: 'Germany 40 (€1)', result: '10.06' }])
  expect(report.sources).toMatchObject([{ source: 'import', rows: 1 }])
  writeFileSync(file, `${header}\r\n${row}\r\n${row.replace('E10.06', 'E10.07')}\r\n`)
  expect(await rig.run(`report import ${file}`)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/download\.csv: line 3: .*PL Amount/),
  })

  const holder = new DatabaseSync(join(rig.home, 'reports.sqlite'))
  holder.exec('BEGIN EXCLUSIVE')
  const locked = await rig.run('report --offline --date 2025-01-06')
  holder.close()
  expect(locked).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/another process holds it; wait until that has ended/),
  })
})

it('refuses with status 2 what cannot be meant, in one sentence', async () => {
  const rig = await aRig({ seed: 7, pastDays: 0 })
  const refused: readonly (readonly [args: string, words: RegExp])[] = [
    ['--from 12:30', /expected --from to be a day such as/],
    ['--format pdf', /expected --format to be table or csv or json or md or html or xlsx, but got pdf/],
    ['--offline', /there are none of mock; leave --offline out/],
    ['tomorrow', /report takes no tomorrow/],
    ['verify --week', /report verify takes no --week/],
    ['import /nowhere.csv --account MOCK1 --currency EUR', /expected \/nowhere\.csv to be a file that can be read/],
  ]
  for (const [args, words] of refused) {
    const { status, stdout, stderr } = await rig.run(`report ${args}`)
    expect({ args, status, stdout, stderr }).toEqual({
      args,
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(words),
    })
    expect(stderr).toMatch(/^scalpdesk: [^\n]+\n$/)
  }
})
