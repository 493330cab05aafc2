import { closeSync, fstatSync, ftruncateSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type TapeEntry, TapeError, type TapeHeader, type TapeReport, tapeReader } from '@scalpdesk/mock-broker/engine'
import { type Disk, flushFolder } from '../session/journal-disk.ts'
import { RecordingError } from './recording-error.ts'

/** A tape that grows, by whole lines. */
export interface TapeFile {
  readonly path: string
  readonly bytes: number
  /** @throws RecordingError; then nothing of the lines is in the file. */
  append(lines: string): void
  /** Begins to put on the disk what was appended, and returns. */
  flushBehind(): void
  /** Puts everything on the disk. @throws RecordingError when the disk does not take it, now or at an earlier flush. */
  close(): void
}

/** What a file held when it was opened to be gone on with. */
export interface FoundTape {
  readonly header: TapeHeader
  readonly lastMs: number
  readonly ticks: number
  /** The recording before ended by itself, not by a crash. */
  readonly hasEnded: boolean
  readonly report: TapeReport
}

/** Opens a file that must not be there yet. @throws RecordingError */
export function newTape(path: string, disk: Disk): TapeFile {
  const file = open(path, 'ax')
  flushFolder(dirname(path))
  return growing(path, file, 0, disk)
}

/** Goes on with a tape, once what a crash left of its last line is cut off. @throws RecordingError */
export function continuedTape(path: string, { report }: FoundTape, disk: Disk): TapeFile {
  const file = open(path, 'r+')
  try {
    if (report.tornBytes > 0) ftruncateSync(file, report.wholeBytes)
  } catch (error) {
    closeSync(file)
    throw unwritable(path, error)
  }
  closeSync(file)
  return growing(path, open(path, 'a'), report.wholeBytes, disk)
}

/** Null where there is no file, or nothing in it. @throws RecordingError for what is no tape of ours. */
export function findTape(path: string): FoundTape | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return null
  if (!found.isFile())
    throw new RecordingError('not-a-tape', `expected --out to be a file, but ${path} is none; name another`)
  if (found.size === 0) return null
  const reader = tapeReader(path)
  const [ticks, last] = [{ count: 0 }, { atMs: 0, name: '' }]
  const file = open(path, 'r')
  try {
    const chunk = new Uint8Array(CHUNK_BYTES)
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk))
      for (const entry of reader.read(chunk.subarray(0, read))) {
        if (entry.kind === 'tick') ticks.count++
        last.atMs = entry.atMs
        last.name = nameOf(entry)
      }
  } catch (error) {
    if (error instanceof TapeError) throw notOurs(path)
    throw unwritable(path, error)
  } finally {
    closeSync(file)
  }
  const header = reader.header()
  // What a crash left of the very first line is no header, but it began like one.
  if (!header) throw notOurs(path)
  return {
    header,
    lastMs: Math.max(header.startMs, last.atMs),
    ticks: ticks.count,
    hasEnded: last.name === END_EVENT,
    report: reader.report(),
  }
}

/** The last line of a recording that was not cut off. */
export const END_EVENT = 'recording-end'

const nameOf = (entry: TapeEntry): string => (entry.kind === 'event' ? entry.name : '')

function growing(path: string, file: number, start: number, disk: Disk): TapeFile {
  let bytes = start
  let flushFailure: RecordingError | null = null
  let isFlushing = false
  let isClosed = false
  return {
    path,
    get bytes() {
      return bytes
    },
    append(lines) {
      if (flushFailure) throw flushFailure
      const { size } = fstatSync(file)
      if (size !== bytes)
        throw new RecordingError(
          'changed-by-others',
          `expected ${bytes} bytes in the tape ${path}, but it has ${size}: something else writes to it; record to another file`,
        )
      const rest = Buffer.from(lines)
      try {
        for (let written = 0; written < rest.length; ) written += disk.write(file, rest.subarray(written))
      } catch (error) {
        try {
          ftruncateSync(file, bytes)
        } catch {
          // Whoever reads it passes over half a line; the first failure is the one to tell.
        }
        throw unwritable(path, error)
      }
      bytes += rest.length
    },
    flushBehind() {
      if (isFlushing) return
      isFlushing = true
      disk.flushBehind(file, error => {
        isFlushing = false
        if (error) flushFailure ??= unwritable(path, error)
        if (isClosed) closeSync(file)
      })
    },
    close() {
      isClosed = true
      try {
        disk.flush(file)
      } catch (error) {
        flushFailure ??= unwritable(path, error)
      }
      // A flush that is under way has the file still in hand.
      if (!isFlushing) closeSync(file)
      if (flushFailure) throw flushFailure
    },
  }
}

function open(path: string, flags: 'ax' | 'a' | 'r' | 'r+'): number {
  try {
    return openSync(path, flags, 0o600)
  } catch (error) {
    throw unwritable(path, error)
  }
}

function unwritable(path: string, error: unknown): RecordingError {
  const { code = '', message } = error as NodeJS.ErrnoException
  const remedy = REMEDIES[code] ?? 'look at the disk, or name another file'
  return new RecordingError('not-written', `expected the disk to take the tape ${path}, but ${message}; ${remedy}`)
}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'make room on the disk, then go on with the same command',
  EDQUOT: 'make room within the quota, then go on with the same command',
  EACCES: 'make the folder writable, or name another file',
  EROFS: 'name a file on a disk that can be written',
  ENOENT: 'make the folder, or name another file',
  EEXIST: 'recordings are never overwritten: name another file',
}

const notOurs = (path: string): RecordingError =>
  new RecordingError(
    'not-a-tape',
    `expected a new file or a tape of Scalpdesk to go on with, but ${path} is neither; name another: nothing was changed`,
  )

const CHUNK_BYTES = 256 * 1024
