import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { TapeError } from './tape-error.ts'

/**
 * The lines of a text file, in batches, plain or gzipped (recognised by its first two bytes, RFC 1952 section 2.3.1). Reads
 * on only when the next batch is asked for.
 * @throws TapeError `unreadable`.
 */
export async function* tapeLines(file: string): AsyncGenerator<readonly string[], void> {
  let rest = ''
  try {
    for await (const chunk of await openText(file)) {
      const lines = (rest + chunk.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) {
        lines.push(rest.slice(0, LONGEST_LINE))
        rest = ''
      }
      if (lines.length > 0) yield lines.map(withoutReturn)
    }
  } catch (cause) {
    if (cause instanceof TapeError) throw cause
    throw unreadable(file, cause)
  }
  if (rest !== '') yield [withoutReturn(rest)]
}

async function openText(file: string): Promise<AsyncIterable<Buffer>> {
  const isGzip = await startsAsGzip(file)
  const bytes = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  if (!isGzip) return bytes
  const text = createGunzip({ chunkSize: CHUNK_BYTES })
  // A failure on either side reaches the reader of `text`; the promise itself has nobody waiting for it.
  pipeline(bytes, text).catch(() => {})
  return text
}

async function startsAsGzip(file: string): Promise<boolean> {
  let handle: FileHandle | undefined
  try {
    // Looked at first: opening a pipe waits for whoever writes into it, and what it gives cannot be read twice.
    const kind = await stat(file)
    if (!kind.isFile()) throw new Error(`it is a ${kind.isDirectory() ? 'directory' : 'pipe or a device'}`)
    handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } catch (cause) {
    throw unreadable(file, cause)
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
    {
      cause,
    },
  )
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

const CHUNK_BYTES = 64 * 1024
/** No format has lines nearly this long: a file without line ends is cut here instead of being held in memory. */
const LONGEST_LINE = 64 * 1024
