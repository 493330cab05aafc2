import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markets, openTape, type TapeInput } from './engine/index.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-tape-'))
})
afterAll(() => rm(folder, { recursive: true }))

const PROGRAM = fileURLToPath(new URL('./make-tape.ts', import.meta.url))
const make = (...args: readonly string[]) => promisify(execFile)(process.execPath, [PROGRAM, ...args])

async function play(file: string): Promise<readonly TapeInput[]> {
  const tape = await openTape(file, { markets })
  const inputs: TapeInput[] = []
  for (let batch = await tape.read(); batch; batch = await tape.read()) inputs.push(...batch)
  expect(tape.skipped().count).toBe(0)
  return inputs
}

it('makes a tape of two markets that can be played, ten minutes long', async () => {
  const file = join(folder, 'day.tape')
  await make(file)
  const inputs = await play(file)
  expect(new Set(inputs.map(({ epic }) => epic))).toEqual(new Set(['CS.D.EURUSD.CFD.IP', 'IX.D.DAX.IFD.IP']))
  expect(inputs.length).toBeGreaterThan(1_000)
  const times = inputs.map(({ atMs }) => atMs - Date.UTC(2026, 0, 5, 9))
  expect([times[0], Math.ceil((times.at(-1) ?? 0) / 60_000)]).toEqual([0, 10])
})

it('makes the same bytes for the same seed, gzipped where the name ends so', async () => {
  const [one, same, other, packed] = ['one', 'same', 'other', 'packed.gz'].map(name => join(folder, name))
  await make(one!, '--minutes', '2', '--seed', '7')
  await make(same!, '--minutes', '2', '--seed', '7')
  await make(other!, '--minutes', '2', '--seed', '8')
  await make(packed!, '--minutes', '2', '--seed', '7')
  expect(await readFile(same!)).toEqual(await readFile(one!))
  expect(await readFile(other!)).not.toEqual(await readFile(one!))
  expect(await play(packed!)).toEqual(await play(one!))
})

describe('refuses in one sentence', () => {
  it.each([
    ['no file', [], 'expected one file'],
    ['a file that is there', [PROGRAM], 'expected a new file'],
    ['an epic that is none', ['x', '--epic', 'DAX'], 'expected the epic'],
    ['minutes in words', ['x', '--minutes', 'ten'], 'expected a whole number as --minutes'],
    ['a start that is no date', ['x', '--start', 'soon'], 'expected an ISO date as --start'],
    ['a flag that it does not have', ['x', '--sead', '1'], "Unknown option '--sead'"],
  ])('%s', async (_what, args, words) => {
    await expect(make(...args)).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^make-tape: [^\n]+\n$/),
      message: expect.stringContaining(words),
    })
  })
})
