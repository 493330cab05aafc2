import { createReadStream, readSync } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { LINE_FEED, LONGEST_LINE } from './line-cursor.ts'
import { TapeError } from './tape-error.ts'

/** The bytes of a text file as it is read, a stretch at a time. */
export interface TapeBytes {
  /**
   * The next whole lines; or a piece of one, without its line feed: at the end of the file, or of a line that is too long and whose rest
   * is dropped. Null at the end. Good until the next call, which may use the same memory.
   * @param most bytes at once, of a file that is not zipped; 64 KiB unless told, so that nobody waits long until they are read. Whoever
   * asks for more has nothing else to do: most of them are read on the spot, and others have their turn now and then.
   * @throws TapeError `unreadable`.
   */
  next(most?: number): Promise<Uint8Array | null>
  progress(): TapeProgress
  close(): Promise<void>
}

export interface TapeProgress {
  /** Bytes of text that were read so far, unzipped. */
  readonly readBytes: number
  /** How many of them were read last. */
  readonly lastBytes: number
  /** Of a gzipped file as its end says it (RFC 1952 section 2.3.1, ISIZE): wrong beyond 4 GiB, and never below what was read. */
  readonly totalBytes: number
}

/**
 * Opens a file, plain or gzipped (recognised by its first two bytes, RFC 1952 section 2.3.1). Reads on only when the next
 * stretch is asked for.
 */
export function tapeBytes(file: string): TapeBytes {
  let readBytes = 0
  let lastBytes = 0
  let totalBytes = 0

  async function* stretches(): AsyncGenerator<Uint8Array, void> {
    let rest: Uint8Array = EMPTY
    let isTooLong = false
    try {
      const kind = await kindOf(file)
      totalBytes = kind.textBytes
      for await (const chunk of kind.isGzip ? unzipped(file) : plain(file, () => most)) {
        const end = chunk.lastIndexOf(LINE_FEED) + 1
        if (end > 0) {
          const from = isTooLong ? chunk.indexOf(LINE_FEED) + 1 : 0
          isTooLong = false
          if (end > from) yield joined(rest, chunk.subarray(from, end), kind.isGzip)
          rest = new Uint8Array(chunk.subarray(end))
        } else if (!isTooLong) {
          rest = Buffer.concat([rest, chunk])
          if (rest.length <= LONGEST_LINE) continue
          yield rest
          rest = EMPTY
          isTooLong = true
        }
      }
    } catch (cause) {
      throw unreadable(file, cause)
    }
    if (rest.length > 0) yield rest
  }

  let most = CHUNK_BYTES
  const reading = stretches()
  return {
    async next(wanted = CHUNK_BYTES) {
      most = wanted
      const { value, done } = await reading.next()
      lastBytes = value?.length ?? 0
      readBytes += lastBytes
      return done ? null : value
    },
    progress: () => ({ readBytes, lastBytes, totalBytes: Math.max(totalBytes, readBytes) }),
    close: async () => void (await reading.return()),
  }
}

/** Stretches of a file in one piece of memory, with room before them for the rest of the one before. */
async function* plain(file: string, most: () => number): AsyncGenerator<Uint8Array, void> {
  const handle = await open(file)
  let memory = new Uint8Array(0)
  try {
    for (let turn = 0; ; turn++) {
      const length = ROOM + most()
      if (memory.length !== length) memory = new Uint8Array(length)
      const isAtOnce = most() > CHUNK_BYTES && turn % TURNS_APART !== 0
      const bytesRead = isAtOnce
        ? readSync(handle.fd, memory, ROOM, length - ROOM, null)
        : (await handle.read(memory, ROOM, length - ROOM, null)).bytesRead
      if (bytesRead === 0) return
      yield memory.subarray(ROOM, ROOM + bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function unzipped(file: string): AsyncIterable<Uint8Array> {
  const text = createGunzip({ chunkSize: CHUNK_BYTES })
  // A failure on either side reaches the reader of `text`; the promise itself has nobody waiting for it.
  pipeline(createReadStream(file, { highWaterMark: GZIP_BYTES }), text).catch(() => {})
  return text
}

/** @param isForeign the memory before the bytes is none of ours */
function joined(rest: Uint8Array, bytes: Uint8Array, isForeign: boolean): Uint8Array {
  if (rest.length === 0) return bytes
  if (isForeign || rest.length > ROOM) return Buffer.concat([rest, bytes])
  const whole = new Uint8Array(bytes.buffer, bytes.byteOffset - rest.length, rest.length + bytes.length)
  whole.set(rest)
  return whole
}

async function kindOf(file: string): Promise<{ readonly isGzip: boolean; readonly textBytes: number }> {
  let handle: FileHandle | undefined
  try {
    // Looked at first: opening a pipe waits for whoever writes into it, and what it gives cannot be read twice.
    const kind = await stat(file)
    if (!kind.isFile()) throw new Error(`it is a ${kind.isDirectory() ? 'directory' : 'pipe or a device'}`)
    handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    if (bytesRead < 2 || buffer[0] !== 0x1f || buffer[1] !== 0x8b) return { isGzip: false, textBytes: kind.size }
    const end = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, kind.size - 4))
    return { isGzip: true, textBytes: end.buffer.readUInt32LE() }
  } finally {
    await handle?.close()
  }
}

function unreadable(file: string, cause: unknown): TapeError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new TapeError(
    'unreadable',
    file,
    `expected a readable tick file, but ${file} cannot be read (${why}); check the path and the file`,
    { cause },
  )
}

const EMPTY = new Uint8Array(0)
const CHUNK_BYTES = 64 * 1024
const ROOM = 16 * 1024
/** Our choice: some milliseconds of work. */
const TURNS_APART = 16
/** Of a gzipped file: some five times as much text. */
const GZIP_BYTES = 16 * 1024
