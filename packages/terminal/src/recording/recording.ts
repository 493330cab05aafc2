import { existsSync, rmSync } from 'node:fs'
import {
  type TapeEntry,
  type TapeHeader,
  type TapeMarket,
  type TapeWriter,
  tapeWriter,
} from '@scalpdesk/mock-broker/engine'
import type { Disk } from '../session/journal-disk.ts'
import { RecordingError } from './recording-error.ts'
import { partPath, type Rotation, utcDay } from './rotation.ts'
import { continuedTape, END_EVENT, type FoundTape, findTape, newTape, type TapeFile } from './tape-file.ts'

export interface RecordingParts {
  readonly out: string
  readonly rotation: Rotation
  readonly disk: Disk
  readonly clock: { monotonicMs(): number; at(dueMs: number, run: () => void): { cancel(): void } }
  /** What the next file begins with, and the decimals that its prices need. */
  readonly beginning: (atMs: number) => readonly TapeEntry[]
  readonly markets: () => readonly TapeMarket[]
  /** Called once, with why it cannot go on. Everything before is in the file, by whole lines. */
  readonly onFailure: (error: RecordingError) => void
}

/** A tape on the disk, one file after the other. Lines are written at the end of the turn in which they are told. */
export interface Recording {
  /** What the file held when the recording began, for a person; null for a new one. */
  readonly found: FoundTape | null
  add(entries: readonly TapeEntry[]): void
  readonly written: Written
  /** Ends the tape and puts it on the disk. @throws RecordingError */
  close(reason: string, atMs: number): void
}

export interface Written {
  /** In their order; the last is the one that grows. */
  readonly files: readonly string[]
  readonly bytes: number
  /** Of the last line. */
  readonly lastMs: number
}

/** So much of a recording is lost with a power cut, at most; nothing with a crash of the program (our choice). */
export const FLUSH_MS = 1_000

/** @param startMs now, on the tape. @throws RecordingError */
export function startRecording(parts: RecordingParts, startMs: number): Recording {
  const { out, rotation, disk, clock } = parts
  const files: string[] = []
  let part = 1
  let closedBytes = 0
  let lastMs = startMs
  let waiting = ''
  let waitingBytes = 0
  let begunBytes = 0
  let looked: readonly TapeMarket[] | null = null
  const factors = new Map<string, number>()
  let isDue = false
  let flushTimer: { cancel(): void } | null = null
  let hasFailed = false
  let isOpen = true

  const begun = begin(startMs)
  const { found } = begun
  let { file, writer, header } = begun

  function begin(atMs: number): Begun & { readonly found: FoundTape | null } {
    const path = partPath(out, rotation, atMs, part)
    const before = findTape(path)
    if (before) return { ...goOn(path, before), found: before }
    // Nothing is in it: a file that was made for us, or a crash before its first line.
    rmSync(path, { force: true })
    return { ...fresh(path, atMs), found: null }
  }

  function fresh(path: string, atMs: number): Begun {
    const opened = newTape(path, disk)
    const first = { startMs: atMs, markets: parts.markets() }
    const made = tapeWriter(first)
    files.push(path)
    opened.append(made.header + parts.beginning(atMs).map(made.line).join(''))
    lastMs = atMs
    begunBytes = opened.bytes
    return { file: opened, writer: made, header: first }
  }

  function goOn(path: string, before: FoundTape): Begun {
    checkSameMarkets(path, before.header, parts.markets())
    const opened = continuedTape(path, before, disk)
    const made = tapeWriter(before.header)
    files.push(path)
    // What stood when it broke off stands no longer.
    const { lastMs: brokeOffMs, hasEnded } = before
    const losses = before.header.markets.map(({ epic }): TapeEntry => ({ kind: 'quote-loss', epic, atMs: brokeOffMs }))
    const data = { feed: 'recording', kind: hasEnded ? 'stopped' : 'broken-off', text: 'nothing was recorded' }
    const gap: TapeEntry = { kind: 'event', name: 'gap', atMs: brokeOffMs, data }
    lastMs = Math.max(startMs, brokeOffMs)
    const resumed: TapeEntry = { kind: 'event', name: 'gap-end', atMs: lastMs, data: { feed: 'recording' } }
    opened.append([...losses, gap, resumed].map(made.line).join(''))
    return { file: opened, writer: made, header: before.header }
  }

  function turnPage(atMs: number): void {
    writeOut()
    if (hasFailed) return
    end('rotation', atMs)
    part = rotation.daily && utcDay(atMs) !== utcDay(lastMs) ? 1 : part + 1
    let path = partPath(out, rotation, atMs, part)
    while (existsSync(path)) path = partPath(out, rotation, atMs, ++part)
    const next = fresh(path, atMs)
    file = next.file
    writer = next.writer
    header = next.header
    looked = null
    isOpen = true
  }

  function end(reason: string, atMs: number): void {
    const entry: TapeEntry = { kind: 'event', name: END_EVENT, atMs: Math.max(lastMs, atMs), data: { reason } }
    file.append(writer.line(entry))
    file.close()
    closedBytes += file.bytes
    isOpen = false
  }

  const isFullWith = (line: string): boolean =>
    rotation.mostBytes !== null &&
    file.bytes + waitingBytes + Buffer.byteLength(line) + ROOM_BYTES > rotation.mostBytes &&
    // One line more than its beginning must fit: no file is turned over for ever.
    file.bytes + waitingBytes > begunBytes

  /** Factors to the decimals of the file; @returns whether it has too few. */
  function lookAtDecimals(): boolean {
    const now = parts.markets()
    if (now === looked) return false
    looked = now
    factors.clear()
    for (const { epic, decimals } of now) {
      const onTape = header.markets.find(market => market.epic === epic)?.decimals ?? decimals
      factors.set(epic, 10 ** (onTape - decimals))
    }
    return [...factors.values()].some(factor => factor < 1)
  }

  function lineFor(entry: TapeEntry): string {
    lookAtDecimals()
    return lineOf(writer, fitted(entry, factors))
  }

  function writeOut(): void {
    isDue = false
    if (waiting === '' || hasFailed) return
    const lines = waiting
    waiting = ''
    waitingBytes = 0
    attempt(() => file.append(lines))
    flushTimer ??= clock.at(clock.monotonicMs() + FLUSH_MS, () => {
      flushTimer = null
      if (!hasFailed) file.flushBehind()
    })
  }

  function attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (hasFailed) return
      hasFailed = true
      flushTimer?.cancel()
      parts.onFailure(
        error instanceof RecordingError ? error : new RecordingError('not-written', (error as Error).message),
      )
    }
  }

  return {
    found,
    add(entries) {
      for (const told of entries) {
        if (hasFailed) return
        // A tape that is gone on with may have been written by a clock that was ahead.
        const entry = told.atMs < lastMs ? { ...told, atMs: lastMs } : told
        const isNewDay = rotation.daily && utcDay(entry.atMs) !== utcDay(lastMs)
        if (isNewDay || lookAtDecimals()) attempt(() => turnPage(entry.atMs))
        let line = lineFor(entry)
        if (isFullWith(line)) {
          attempt(() => turnPage(entry.atMs))
          line = lineFor(entry)
        }
        if (hasFailed) return
        waiting += line
        waitingBytes += Buffer.byteLength(line)
        lastMs = entry.atMs
      }
      if (waiting === '' || isDue) return
      isDue = true
      disk.afterwards(writeOut)
    },
    get written() {
      return { files: [...files], bytes: closedBytes + (isOpen ? file.bytes : 0), lastMs }
    },
    close(reason, atMs) {
      writeOut()
      flushTimer?.cancel()
      if (hasFailed) {
        // Whole lines are in it, and the reason was told.
        try {
          file.close()
        } catch {}
        return
      }
      if (isOpen) end(reason, atMs)
    },
  }
}

interface Begun {
  readonly file: TapeFile
  readonly writer: TapeWriter
  readonly header: TapeHeader
}

/** Room for the lines that end a file. */
const ROOM_BYTES = 128

/** An event that no reader would hold is told by its name alone. */
function lineOf(writer: TapeWriter, entry: TapeEntry): string {
  try {
    return writer.line(entry)
  } catch (error) {
    if (entry.kind !== 'event') throw error
    return writer.line({ ...entry, data: { omitted: 'longer than a line may be' } })
  }
}

/** A tape that is gone on with may have more decimals than prices have now. */
function fitted(entry: TapeEntry, factors: ReadonlyMap<string, number>): TapeEntry {
  if (entry.kind !== 'tick') return entry
  const factor = factors.get(entry.epic) ?? 1
  return factor === 1 ? entry : { ...entry, bidUnits: entry.bidUnits * factor, offerUnits: entry.offerUnits * factor }
}

/** @throws RecordingError */
function checkSameMarkets(path: string, { markets }: TapeHeader, wanted: readonly TapeMarket[]): void {
  const have = markets.map(({ epic }) => epic)
  const want = wanted.map(({ epic }) => epic)
  const isSame = have.length === want.length && want.every(epic => have.includes(epic))
  const isWider = wanted.some(({ epic, decimals }) => markets.some(one => one.epic === epic && one.decimals < decimals))
  if (isSame && !isWider) return
  throw new RecordingError(
    'other-markets',
    `expected ${path} to be a tape of ${want.join(', ')}, but it is one of ${have.join(', ')}; name another file: nothing was changed`,
  )
}
