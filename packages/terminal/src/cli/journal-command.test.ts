import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../session/journal-file.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { type EndedCommand, startCommand } from '../testing/running-command.ts'

/** `scalpdesk journal verify`, on the real program. */

const open = closedAfterEach()

async function run(...args: readonly string[]): Promise<EndedCommand> {
  const command = startCommand(args)
  open.push(command)
  return command.ended
}

let folder = ''
let files: readonly string[] = []

/** Two days of one account. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
  const clock = { wallMs: Date.UTC(2026, 0, 5, 9), nowMs: () => clock.wallMs }
  const journal = openJournal(folder, clock, { zone: 'UTC' })
  for (let day = 0; day < 2; day++) {
    for (let count = 0; count < 3; count++)
      journal.append({ kind: 'armed', atMs: count, isArmed: true, because: 'test' })
    clock.wallMs += 86_400_000
  }
  journal.close()
  files = readdirSync(folder)
    .filter(name => name.endsWith('.ndjson'))
    .sort()
    .map(name => join(folder, name))
})

const [first, second] = [() => files[0] ?? '', () => files[1] ?? '']
const change = (file: string, from: string, to: string) =>
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))

describe('journal verify', () => {
  it('of whole files says how far they go, with status 0', async () => {
    const { status, stdout, stderr } = await run('journal', 'verify', ...files)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/2026-01-05\.ndjson: whole, 4 records; the last is 4, hash [0-9a-f]{64}\n/)
    expect(stdout).toMatch(/2026-01-06\.ndjson: whole, 4 records; the last is 8, hash [0-9a-f]{64}\n$/)
  })

  it.each<[string, () => void, RegExp]>([
    [
      'a changed record',
      () => change(first(), '"atMs":1', '"atMs":7'),
      /2026-01-05\.ndjson: line 3: expected record 3 as it/,
    ],
    [
      'a last line that was cut off',
      () => appendFileSync(first(), '{"v":1,'),
      /line 5: the last line was cut off after 7/,
    ],
    ['an empty file', () => writeFileSync(first(), ''), /2026-01-05\.ndjson: .*it is empty/],
    ['a file that is no journal', () => writeFileSync(first(), 'Dear diary\n'), /line 1: expected record 1/],
    [
      'the end of a day missing',
      () => writeFileSync(first(), readFileSync(first(), 'utf8').split('\n').slice(0, 2).join('\n')),
      /2026-01-06\.ndjson: line 1: .*3 to 4 are missing/,
    ],
  ])('names %s, with status 1', async (_what, spoil, words) => {
    spoil()
    const { status, stderr } = await run('journal', 'verify', ...files)
    expect(stderr).toMatch(words)
    expect([status, stderr.split('\n').length]).toEqual([1, 2])
  })

  it('takes a day alone, but not two days in the wrong order', async () => {
    expect((await run('journal', 'verify', second())).status).toBe(0)
    const { status, stderr } = await run('journal', 'verify', second(), first())
    expect([status, stderr]).toEqual([1, expect.stringMatching(/2026-01-05\.ndjson: line 1: expected record 9/)])
  })

  it.each([
    ['no file', ['verify'], /missing required argument 'file'/],
    [
      'a file that is not there',
      ['verify', '/nowhere.ndjson'],
      /expected \/nowhere\.ndjson to be a file of the journal/,
    ],
    ['a folder', ['verify', '/tmp'], /expected \/tmp to be a file of the journal/],
    ['a flag where a file should be', ['verify', '--all'], /unknown option '--all'/],
    ['nothing to do', [], /expected journal verify FILE…, but got journal nothing/],
    ['something else to do', ['mend'], /but got journal mend/],
  ])('refuses %s, with status 2', async (_what, args, words) => {
    const { status, stdout, stderr } = await run('journal', ...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(words)
  })
})
