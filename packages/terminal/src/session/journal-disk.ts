import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs'
import { devNull } from 'node:os'
import { JournalError, writeFailure } from './journal-error.ts'

/** The calls that may fail with a full or broken disk. */
export interface Disk {
  /** @returns how many bytes of it were taken. */
  write(file: number, said: string | Uint8Array): number
  /** Returns when what was written so far would survive a power cut, as far as the drive is honest. */
  flush(file: number): void
  /** The same without waiting for it. */
  flushBehind(file: number, done: (error: Error | null) => void): void
  /** When this turn of the event loop is over, in which the order leaves. */
  afterwards(work: () => void): void
}

export const systemDisk: Disk = {
  write: (file, said) => (typeof said === 'string' ? writeSync(file, said) : writeSync(file, said)),
  flush: fdatasyncSync,
  flushBehind: fdatasync,
  afterwards: setImmediate,
}

/** A file that only grows, by whole lines, and that nobody else touches; who does is found out before the next line. */
export interface AppendedFile {
  /** @throws JournalError; then nothing of the line is in the file, or it is taken back before the next one. */
  append(line: string): void
  /** As `append`, with the null device in the place of the file. */
  rehearse(line: string): void
  /** @throws JournalError when this or an earlier flush failed: what was not flushed once is never called flushed again. */
  flush(): void
  /** Begins to flush what was appended so far, and returns; a failure shows at the next `checkFlushed`. */
  flushBehind(): void
  checkFlushed(): void
  /** Flushes what is left, as far as that can be had. */
  close(): void
}

/** @param state a new file must not be there yet. */
export function openAppended(path: string, state: 'new' | 'existing', disk: Disk): AppendedFile {
  const file = openFile(path, state)
  const own = fstatSync(file)
  const nowhere = openSync(devNull, 'a')
  let size = own.size
  let hasHalfLine = false
  let flushFailure: JournalError | null = null
  /** One flush at a time goes on behind; what comes meanwhile waits for the next, which takes all of it. */
  let behind: 'idle' | 'flushing' | 'flushing-and-more' = 'idle'
  let isClosed = false

  /** One call tells all of it: gone, replaced, shortened, written to. */
  function checkUntouched(): void {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found)
      throw new JournalError(
        'deleted',
        `expected the journal ${path}, but somebody deleted or moved it; ${START_AGAIN}`,
      )
    if (found.ino !== own.ino || found.dev !== own.dev)
      throw new JournalError(
        'changed-by-others',
        `expected our journal at ${path}, but another file is there; ${START_AGAIN}`,
      )
    if (found.size !== size)
      throw new JournalError(
        'changed-by-others',
        `expected ${size} bytes in the journal ${path}, but it has ${found.size}: something else wrote to it; ${START_AGAIN}`,
      )
  }

  function takeBack(): void {
    hasHalfLine = true
    ftruncateSync(file, size)
    hasHalfLine = false
  }

  function flushFailed(error: unknown): JournalError {
    const words = error instanceof Error ? error.message : String(error)
    // The kernel may count the lost pages as written from now on: a later success would prove nothing.
    flushFailure ??= new JournalError(
      'not-flushed',
      `expected the disk to take the journal ${path}, but ${words}; look at the disk, then start again`,
      error,
    )
    return flushFailure
  }

  function beginFlush(): void {
    behind = 'flushing'
    disk.afterwards(() => disk.flushBehind(file, flushed))
  }

  function flushed(error: Error | null): void {
    const isMore = behind === 'flushing-and-more'
    behind = 'idle'
    if (error) flushFailed(error)
    if (isClosed) closeSync(file)
    else if (isMore && !error) beginFlush()
  }

  return {
    append(line) {
      const text = `${line}\n`
      const length = Buffer.byteLength(text)
      try {
        if (hasHalfLine) takeBack()
      } catch (error) {
        throw writeFailure(path, error)
      }
      checkUntouched()
      try {
        for (let written = disk.write(file, text); written < length; )
          written += disk.write(file, Buffer.from(text).subarray(written))
      } catch (error) {
        try {
          takeBack()
        } catch {
          // It is tried again before the next line; the first failure is the one to tell.
        }
        throw writeFailure(path, error)
      }
      size += length
    },
    rehearse(line) {
      const text = `${line}\n`
      if (hasHalfLine || Buffer.byteLength(text) === 0) return
      checkUntouched()
      disk.write(nowhere, text)
    },
    flush() {
      if (flushFailure) throw flushFailure
      try {
        disk.flush(file)
      } catch (error) {
        throw flushFailed(error)
      }
    },
    flushBehind() {
      if (behind === 'idle') beginFlush()
      else behind = 'flushing-and-more'
    },
    checkFlushed() {
      if (flushFailure) throw flushFailure
    },
    close() {
      isClosed = true
      closeSync(nowhere)
      try {
        disk.flush(file)
      } catch {
        // All of it is written, and nobody waits for an answer any more.
      }
      // A flush that is under way has the file still in hand.
      if (behind === 'idle') closeSync(file)
    },
  }
}

const START_AGAIN = 'start again to go on with what is left'

function openFile(path: string, state: 'new' | 'existing'): number {
  try {
    return openSync(path, state === 'new' ? 'ax' : 'a', 0o600)
  } catch (error) {
    throw writeFailure(path, error)
  }
}

/** So that a new file's name survives a power cut too. Not every system lets a folder be flushed; then it cannot be helped. */
export function flushFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {}
}
