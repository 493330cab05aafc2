import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TapeError, type TapeHeader, tapeReader } from '@scalpdesk/mock-broker/engine'
import type { PriceMarks, Stretch } from '@scalpdesk/reports'
import { epic } from '@scalpdesk/sdk'

/** Where tapes are looked for that nobody names: `record EPIC --out ~/.scalpdesk/tapes/eurusd.tape` puts one there. */
export const tapeFolder = (home: string): string => join(home, 'tapes')

/** Of a folder that may not be there, in the order of their names. */
export function tapesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).sort()
  return names.map(name => join(folder, name)).filter(path => statSync(path, { throwIfNoEntry: false })?.isFile())
}

/**
 * The quotes that tapes recorded in a stretch of time, market by market. Of several tapes of one market at one time the first counts; between
 * two tapes prices are missing.
 * @param isOptional whether a file that is no tape of ours, or cannot be read, is passed over
 * @throws TapeError, or an error in words
 */
export function tapePrices(
  paths: readonly string[],
  stretch: Stretch,
  isOptional: boolean,
  check: () => void = () => {},
): readonly PriceMarks[] {
  const columns = new Map<string, Columns>()
  const tapes = paths.flatMap(path => headerOf(path, isOptional)).sort((one, other) => one.startMs - other.startMs)
  for (const { path, startMs } of tapes) {
    const isOver = (statSync(path).mtimeMs ?? 0) < stretch.fromMs
    if (startMs < stretch.toMs && !isOver) readInto(columns, path, stretch, check)
  }
  return [...columns].flatMap(([name, { atMs, bidUnits, offerUnits, decimals, gaps }]) =>
    atMs.length === 0 ? [] : [{ epic: epic(name), decimals, atMs, bidUnits, offerUnits, gaps }],
  )
}

interface Columns {
  readonly decimals: number
  readonly atMs: number[]
  readonly bidUnits: number[]
  readonly offerUnits: number[]
  readonly gaps: { readonly fromMs: number; readonly toMs: number }[]
  /** Since then no price stands; null: one does. */
  lostAtMs: number | null
}

function headerOf(path: string, isOptional: boolean): readonly { readonly path: string; readonly startMs: number }[] {
  try {
    let header: TapeHeader | null = null
    for (const reader of chunksOf(path)) {
      header = reader.header
      break
    }
    return header ? [{ path, startMs: header.startMs }] : []
  } catch (error) {
    if (isOptional) return []
    if (error instanceof TapeError) throw error
    throw new Error(`expected ${path} to be a tape, but ${(error as Error).message}; name another with --ticks`)
  }
}

function readInto(columns: Map<string, Columns>, path: string, { fromMs, toMs }: Stretch, check: () => void): void {
  const seen = new Set<string>()
  let lastMs = 0
  for (const { header, entries } of chunksOf(path)) {
    check()
    const decimals = new Map(header.markets.map(market => [market.epic, market.decimals]))
    for (const entry of entries) {
      lastMs = Math.max(lastMs, entry.atMs)
      if (entry.kind !== 'tick' && entry.kind !== 'quote-loss') continue
      // A little before it, so that the price in force at its beginning is known.
      if (entry.atMs < fromMs - LEAD_MS || entry.atMs >= toMs) continue
      const marks = columnsOf(columns, entry.epic, decimals.get(entry.epic) ?? 0)
      const before = marks.atMs.at(-1) ?? 0
      if (entry.atMs < before) continue
      // Nothing was recorded between the tape before and this one.
      if (!seen.has(entry.epic) && before > 0) marks.lostAtMs ??= before
      seen.add(entry.epic)
      if (entry.kind === 'quote-loss') marks.lostAtMs ??= entry.atMs
      else addTick(marks, entry, decimals.get(entry.epic) ?? 0)
    }
  }
  for (const name of seen) {
    const marks = columns.get(name)
    if (marks && marks.lostAtMs === null && lastMs > (marks.atMs.at(-1) ?? 0)) marks.lostAtMs = lastMs
  }
}

function addTick(
  marks: Columns,
  { atMs, bidUnits, offerUnits }: { readonly atMs: number; readonly bidUnits: number; readonly offerUnits: number },
  decimals: number,
): void {
  const factor = 10 ** (marks.decimals - decimals)
  if (!Number.isInteger(bidUnits * factor) || !Number.isInteger(offerUnits * factor)) return
  if (marks.lostAtMs !== null) {
    marks.gaps.push({ fromMs: marks.lostAtMs, toMs: atMs })
    marks.lostAtMs = null
  }
  marks.atMs.push(atMs)
  marks.bidUnits.push(bidUnits * factor)
  marks.offerUnits.push(offerUnits * factor)
}

/** Our choice: a market that is open has a price every second. */
const LEAD_MS = 60_000

function columnsOf(columns: Map<string, Columns>, name: string, decimals: number): Columns {
  const known = columns.get(name)
  if (known) return known
  const made: Columns = { decimals, atMs: [], bidUnits: [], offerUnits: [], gaps: [], lostAtMs: null }
  columns.set(name, made)
  return made
}

function* chunksOf(path: string) {
  const reader = tapeReader(path)
  const file = openSync(path, 'r')
  try {
    const chunk = new Uint8Array(CHUNK_BYTES)
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const entries = reader.read(chunk.subarray(0, read))
      const header = reader.header()
      if (header) yield { header, entries }
    }
  } finally {
    closeSync(file)
  }
}

const CHUNK_BYTES = 256 * 1024
