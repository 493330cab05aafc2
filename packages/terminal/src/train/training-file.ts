import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRecordLine, recordLine, type TrainingRecord } from './training-record.ts'

/** What was kept of the runs so far. */
export interface TrainingHistory {
  readonly records: readonly TrainingRecord[]
  /** Lines that are no run: cut off, changed by hand, or of a newer version. They stay in the file. */
  readonly unreadable: number
}

export const trainingFile = (home: string): string => join(home, 'training.ndjson')

/** Adds a run at the end, in one write. The file is its owner's alone. @throws what the file system says */
export function keepTraining(home: string, record: TrainingRecord): void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const path = trainingFile(home)
  // A line that a crash cut off must not swallow this one.
  const begin = endsInLine(path) ? '' : '\n'
  appendFileSync(path, begin + recordLine(record), { mode: 0o600 })
}

function endsInLine(path: string): boolean {
  const text = textOf(path)
  return text === '' || text.endsWith('\n')
}

/** @throws what the file system says, other than that there is no such file yet */
export function readTrainings(home: string): TrainingHistory {
  const lines = textOf(trainingFile(home))
    .split('\n')
    .filter(line => line.trim() !== '')
  const records = lines.flatMap(line => readRecordLine(line) ?? [])
  return { records, unreadable: lines.length - records.length }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
