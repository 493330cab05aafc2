import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportJson } from '@scalpdesk/reports'
import { afterEach, expect, it } from 'vitest'
import type { RemarksDocument } from '../documents/documents.ts'
import { type CommandRig, commandRig } from '../testing/command-rig.ts'
import { sharedRuns } from '../testing/many-runs.ts'
import { expectFitsSchema } from '../testing/output-schema.ts'

/** `scalpdesk report note` and `report tag`, as scripts run them, on the mock broker. */

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

const runs = sharedRuns()

/** A trade of the mock's own past, which no journal of ours knows. */
async function aTradedPast(): Promise<{
  readonly rig: CommandRig
  readonly day: string
  readonly report: () => Promise<ReportJson>
  readonly trade: ReportJson['trades'][number]
  readonly say: (...words: readonly string[]) => Promise<{ status: number | null; stdout: string; stderr: string }>
  readonly kept: (...words: readonly string[]) => Promise<RemarksDocument['remarks']>
}> {
  const rig = await commandRig(open, runs, { seed: 7, pastDays: 20 })
  const from = new Date(Date.now() - 19 * 86_400_000).toISOString().slice(0, 10)
  const say = (...words: readonly string[]) => runs.run(['report', ...words], rig.env)
  const report = async (): Promise<ReportJson> => JSON.parse((await say('--from', from, '--json')).stdout)
  const trade = (await report()).trades.findLast(({ closed, entries }) => closed !== null && entries.length > 0)
  if (!trade) throw new Error('expected a trade in the past, but there is none')
  const kept = async (...words: readonly string[]): Promise<RemarksDocument['remarks']> => {
    const { stdout, stderr } = await say(...words, '--json')
    expect(stderr).toBe('')
    expectFitsSchema('report-remarks', JSON.parse(stdout))
    return JSON.parse(stdout).remarks
  }
  return { rig, day: trade.opened?.slice(0, 10) ?? '', report, trade, say, kept }
}

const HOSTILE = '=HYPERLINK("https://example.com","x") <img src=x onerror=alert(1)> | **'

it('writes what the trader says about a trade and a day, and every form of the report shows it', {
  timeout: 120_000,
}, async () => {
  const { rig, day, report, trade, say, kept } = await aTradedPast()
  const exit = trade.exits[0]?.dealId ?? trade.id
  expect(await say('tag', exit.slice(-8), 'FOMO,late', 'a+ setup')).toEqual({
    status: 0,
    stdout: `${trade.id} (${trade.marketName} ${trade.direction}): [fomo, late, a+ setup]\n`,
    stderr: '',
  })
  expect((await kept('tag', trade.id, 'fomo'))[0]?.tags).toEqual(['fomo', 'late', 'a+ setup'])
  const [noted] = await kept('note', trade.id, HOSTILE)
  expect(noted).toMatchObject({ kind: 'trade', name: trade.id, market: trade.marketName, notes: [{ words: HOSTILE }] })
  expect((await say('note', day, 'slept', 'badly')).stdout).toMatch(
    new RegExp(`^day ${day}:\n  \\d+  \\d{4}-\\d\\d-\\d\\d  slept badly\n$`),
  )
  // The broker's rows are read anew, and what was written stays.
  expect((await say('--from', day, '--reread', '--json')).status).toBe(0)
  const { days, trades, statistics } = await report()
  expect(days.find(line => line.day === day)?.notes).toEqual(['slept badly'])
  expect(trades.find(({ id }) => id === trade.id)).toMatchObject({
    tags: ['fomo', 'late', 'a+ setup'],
    notes: [HOSTILE],
  })
  expect(statistics.byTag.map(({ key, net }) => [key, net])).toEqual(
    ['a+ setup', 'fomo', 'late'].map(tag => [tag, trade.net]),
  )
  const table = (await say('--from', day)).stdout
  expect(table).toMatch(/By tag[\s\S]*fomo/)
  expect(table).toContain(`${day}  slept badly`)
  expect((await say('--from', day, '--format', 'md')).stdout).toContain('\\| \\*\\*')
  const out = join(rig.home, 'year')
  await say('--from', day, '--format', 'csv', '--out', out)
  expect(readFileSync(join(out, 'trades.csv'), 'utf8')).toContain(`,"'=HYPERLINK(""https`)
  await say('--from', day, '--format', 'html', '--out', `${out}.html`)
  const page = readFileSync(`${out}.html`, 'utf8')
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(page).not.toContain('<img')

  const [number] = noted?.notes.map(note => String(note.number)) ?? []
  expect((await kept('note', trade.id, '--remove', number ?? ''))[0]?.notes).toEqual([])
  expect((await kept('tag', trade.id, '--remove', 'LATE,fomo'))[0]?.tags).toEqual(['a+ setup'])
  await rig.broker.close()
  expect(await kept('note')).toMatchObject([
    { kind: 'trade', name: trade.id, tags: ['a+ setup'], notes: [] },
    { kind: 'day', name: day, notes: [{ words: 'slept badly' }] },
  ])
})

it('refuses with status 2 what it cannot keep, in one sentence, and writes nothing', async () => {
  const { rig, day, trade, say, kept } = await aTradedPast()
  const other = await commandRig(open, runs, { seed: 7, pastDays: 0 })
  const refused: readonly (readonly [words: readonly string[], said: RegExp])[] = [
    [['note', 'DINONE', 'x'], /got DINONE: the trades of \d{4}-\d\d-\d\d are .*; name one, or its day with --date/],
    [['note', 'DINONE', 'x', '--date', day], new RegExp(`the trades of ${day} are .*${trade.id}`)],
    [
      ['note', 'DINONE', 'x', '--date', '2020-01-01'],
      /no trade of 2020-01-01 is known; scalpdesk report --date 2020-01-01 reads them/,
    ],
    [['note', trade.id, ' '], /expected a note, but it is empty/],
    [['note', trade.id, 'x'.repeat(2_001)], /at most 2000 characters/],
    [['note', trade.id, 'a\u001b]0;title\u0007b'], /U\+001B is in it/],
    [['tag', trade.id, 'fomo,'], /expected a tag such as fomo, but it is empty/],
    [['tag', trade.id, '=cmd'], /begins with a letter or a digit/],
    [['tag', day, 'fomo'], /expected a trade, as tags are counted trade by trade/],
    [['note', '2026-02-30', 'x'], /expected the day to be a day such as 2026-01-05/],
    [['tag', trade.id, '--remove', 'fomo'], /expected a tag that it has in --remove, but got fomo; it has none/],
    [
      ['note', trade.id, '--remove', '7'],
      /expected the number of one of its notes in --remove, but got 7; it has none/,
    ],
    [['note', trade.id, 'words', '--remove', '7'], /expected words or --remove, but got both/],
    [['note', '--remove', '7'], /expected the trade or the day before --remove/],
    [['note', trade.id, 'x', '--week'], /report note takes no --week/],
    [['note', trade.id, 'x', '--account', 'all'], /expected one account, but got all/],
  ]
  for (const [words, said] of refused) {
    const { status, stdout, stderr } = await say(...words)
    expect({ words, status, stdout, stderr }).toEqual({
      words,
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(said),
    })
    expect(stderr).toMatch(/^scalpdesk: [^\n]+\n$/)
  }
  expect(await kept('note')).toEqual([])
  const unknown = await other.run('report note today hello')
  expect(unknown).toMatchObject({ status: 2, stderr: expect.stringMatching(/nothing was read of mock; make a report/) })
  const inside = await runs.run(['report', 'note', 'today', 'hello'], { ...rig.env, SCALPDESK_URL: '' })
  expect(inside).toMatchObject({ status: 2, stderr: expect.stringMatching(/the mock broker inside is a new one each/) })
})
