import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keepTraining, readTrainings, trainingFile } from './training-file.ts'
import { readRecordLine, type TrainingRecord } from './training-record.ts'

const newHome = () => join(mkdtempSync(join(tmpdir(), 'training-')), 'home')

const RECORD: TrainingRecord = {
  version: 1,
  at: '2026-01-05T10:00:00.000Z',
  profile: 'scalper',
  seed: 7,
  tape: null,
  hasBareModifiers: false,
  early: 1,
  results: [
    { asked: 'buy', verdict: 'hit', chord: 'b', pressed: 'buy', reactionMs: 312.5 },
    { asked: 'sell', verdict: 'missed', chord: null, pressed: null, reactionMs: null },
  ],
}

it('reads back what it kept, in order, from a file that is its owner’s alone', () => {
  const home = newHome()
  keepTraining(home, RECORD)
  keepTraining(home, { ...RECORD, seed: 8 })
  expect(readTrainings(home)).toEqual({ records: [RECORD, { ...RECORD, seed: 8 }], unreadable: 0 })
  expect(statSync(trainingFile(home)).mode & 0o777).toBe(0o600)
})

it('has no runs before the first', () => {
  expect(readTrainings(newHome())).toEqual({ records: [], unreadable: 0 })
})

it('loses no run to a line that a crash cut off', () => {
  const home = newHome()
  keepTraining(home, RECORD)
  appendFileSync(trainingFile(home), '{"version":1,"at":"2026-')
  keepTraining(home, { ...RECORD, seed: 8 })
  expect(readTrainings(home)).toMatchObject({ records: [{ seed: 7 }, { seed: 8 }], unreadable: 1 })
})

it.each([
  ['no JSON', 'oops'],
  ['a list', '[]'],
  ['a newer version', JSON.stringify({ ...RECORD, version: 2 })],
  ['an unknown profile', JSON.stringify({ ...RECORD, profile: 'mine' })],
  ['no time', JSON.stringify({ ...RECORD, at: 'yesterday' })],
  ['a time below nothing', JSON.stringify({ ...RECORD, results: [{ ...RECORD.results[0], reactionMs: -1 }] })],
  ['an unknown drill', JSON.stringify({ ...RECORD, results: [{ ...RECORD.results[0], asked: 'toString' }] })],
])('takes %s for no run, and leaves it in the file', (_what, line) => {
  expect(readRecordLine(line)).toBeNull()
  const home = newHome()
  keepTraining(home, RECORD)
  writeFileSync(trainingFile(home), `${line}\n`)
  keepTraining(home, RECORD)
  expect(readTrainings(home)).toMatchObject({ records: [RECORD], unreadable: 1 })
  expect(readFileSync(trainingFile(home), 'utf8')).toContain(line)
})
