import { ProtocolError } from '@scalpdesk/sdk'
import { joinedRows } from '../row-ids.ts'
import type { Stretch } from './history-port.ts'
import { patiently } from './patience.ts'

export interface DaysReading<Row> {
  /** In their order. Those that follow each other without a gap are read together. */
  readonly days: readonly Stretch[]
  /** One whole reading. */
  read(stretch: Stretch): AsyncIterable<Row>
  /** Gives the rows of one whole reading their names. */
  named(rows: readonly Row[]): readonly (Row & { readonly id: string })[]
  /** Takes what was read whole, at once: whoever is interrupted goes on behind it. */
  keep(stretch: Stretch, rows: readonly (Row & { readonly id: string })[]): void
  onProgress?(progress: { readonly rows: number; readonly daysDone: number; readonly days: number }): void
  /** Before a reading is tried again. Rejects when nobody waits any more. */
  pause(ms: number): Promise<void>
}

/**
 * Reads days of a history, several at once where they hold few rows, so that a year takes dozens of calls and not hundreds. A list that does not
 * come to rest is parted, down to hours. A reading that failed for the network or the allowance is tried again, after pauses that grow.
 * @throws what the history throws, when it failed five times or trying again is of no use
 */
export async function readDays<Row>(reading: DaysReading<Row>): Promise<void> {
  const { days, keep, onProgress } = reading
  let [daysDone, width, rowsDone] = [0, FIRST_WIDTH, 0]
  const progressOf = (rows: number): void => onProgress?.({ rows: rowsDone + rows, daysDone, days: days.length })
  while (daysDone < days.length) {
    const group = neighbours(days, daysDone, width)
    const stretch = { fromMs: group[0]!.fromMs, toMs: group.at(-1)!.toMs }
    let rows: Awaited<ReturnType<typeof wholly<Row>>>
    try {
      rows = await wholly(reading, stretch, progressOf, group.length > 1)
    } catch (error) {
      if (group.length === 1 || !isRestless(error)) throw error
      width = Math.ceil(group.length / 2)
      continue
    }
    keep(stretch, rows)
    daysDone += group.length
    rowsDone += rows.length
    progressOf(0)
    if (rows.length < FEW_ROWS) width = Math.min(MOST_DAYS, width * 2)
    else if (rows.length > MANY_ROWS) width = Math.max(1, Math.floor(width / 2))
  }
}

/** Our choices: an interruption costs seconds of reading, and a quiet year takes a call a quarter. */
const FIRST_WIDTH = 7
const MOST_DAYS = 92
const FEW_ROWS = 500
const MANY_ROWS = 4_000
/** A list that does not rest within so short a time will not rest at all. Our choice. */
const SHORTEST_MS = 3_600_000
/** Rows between two words of progress. */
const PROGRESS_ROWS = 100

function neighbours(days: readonly Stretch[], from: number, width: number): readonly Stretch[] {
  const group = days.slice(from, from + width)
  const gap = group.findIndex((day, at) => at > 0 && day.fromMs !== group[at - 1]!.toMs)
  return gap === -1 ? group : group.slice(0, gap)
}

/** @param mayFail a list that does not rest is the caller's to part */
async function wholly<Row>(
  reading: DaysReading<Row>,
  stretch: Stretch,
  onRows: (rows: number) => void,
  mayFail: boolean,
): Promise<readonly (Row & { readonly id: string })[]> {
  try {
    return reading.named(await patiently(() => rowsOf(reading.read(stretch), onRows), reading.pause))
  } catch (error) {
    if (mayFail || !isRestless(error) || stretch.toMs - stretch.fromMs <= SHORTEST_MS) throw error
    const middleMs = wholeSecond((stretch.fromMs + stretch.toMs) / 2)
    const first = await wholly(reading, { ...stretch, toMs: middleMs }, onRows, false)
    const onMore = (rows: number): void => onRows(first.length + rows)
    const second = await wholly(reading, { ...stretch, fromMs: middleMs }, onMore, false)
    // A row without an instant is in both halves, under the same name.
    return joinedRows(first, second)
  }
}

async function rowsOf<Row>(reading: AsyncIterable<Row>, onRows: (rows: number) => void): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const row of reading) {
    rows.push(row)
    if (rows.length % PROGRESS_ROWS === 0) onRows(rows.length)
  }
  return rows
}

/** Rows have whole seconds: none may lie on both sides of a cut. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000

/** Codes of the SDK's paging. */
const isRestless = (error: unknown): boolean =>
  error instanceof ProtocolError && ['paging-unsteady', 'paging-stuck', 'paging-endless'].includes(error.code)
