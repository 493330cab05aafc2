import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type Market, markets, TapeError, type TapeInput } from '@scalpdesk/mock-broker/engine'
import { BLOCK_TICKS, type CacheHeader, HEAD_BYTES, HEADER_BYTES, readHead, TICK_BYTES } from './cache-block.ts'
import type { TickBatch, TickFeed } from './tick-feed.ts'

export interface CacheFeedOptions {
  /** Blocks that end before this are passed over. */
  readonly fromMs?: number
  readonly markets?: readonly Market[]
}

export interface CacheFeed extends TickFeed {
  readonly header: CacheHeader
}

/**
 * Opens a cache that {@link cacheWriter} made. The columns that it gives are used again for the next batch.
 * @throws TapeError for a file that is none, or is cut off
 */
export function openTickCache(
  path: string,
  { fromMs = Number.NEGATIVE_INFINITY, ...told }: CacheFeedOptions = {},
): CacheFeed {
  const handle = openSync(path, 'r')
  let isOpen = true
  try {
    const bytes = fstatSync(handle).size
    const header = readHeader(handle, path)
    if (header.bytes !== bytes) throw broken(path, 'it is cut off')
    const known = told.markets ?? markets
    const traded = header.epics.map(epic => {
      const market = known.find(each => each.epic === epic)
      if (market) return market
      throw broken(path, `it holds ${epic}, which the engine does not have`)
    })
    const [first, ...others] = traded
    if (!first) throw broken(path, 'it names no market')
    const head = new Uint8Array(HEAD_BYTES)
    const buffer = new ArrayBuffer(BLOCK_TICKS * TICK_BYTES)
    let at = HEADER_BYTES

    function readNext(): TickBatch | null {
      while (at < bytes) {
        if (readSync(handle, head, 0, HEAD_BYTES, at) < HEAD_BYTES) throw broken(path, 'it is cut off')
        const found = readHead(head)
        if (!found || at + HEAD_BYTES + found.bytes > bytes)
          throw broken(path, found ? 'it is cut off' : 'a block of it is none')
        const from = at + HEAD_BYTES
        at = from + found.bytes
        if (found.lastMs < fromMs) continue
        const place =
          found.kind === 'columns' && found.bytes <= buffer.byteLength
            ? new Uint8Array(buffer, 0, found.bytes)
            : new Uint8Array(found.bytes)
        if (readSync(handle, place, 0, found.bytes, from) < found.bytes) throw broken(path, 'it is cut off')
        if (found.kind === 'inputs')
          return { kind: 'inputs', inputs: JSON.parse(new TextDecoder().decode(place)) as TapeInput[] }
        const { count, market } = found
        const epic = traded[market]?.epic
        if (epic === undefined || found.bytes !== count * TICK_BYTES) throw broken(path, 'a block of it is none')
        return {
          kind: 'columns',
          epic,
          count,
          atMs: new Float64Array(place.buffer, 0, count),
          bidUnits: new Int32Array(place.buffer, count * 8, count),
          offerUnits: new Int32Array(place.buffer, count * 12, count),
        }
      }
      return null
    }

    return {
      header,
      markets: [first, ...others],
      startMs: Math.max(header.startMs, fromMs),
      read: async () => readNext(),
      fraction: () => Math.min(1, (at - HEADER_BYTES) / Math.max(1, bytes - HEADER_BYTES)),
      remarks: () => header.remarks,
      async close() {
        if (isOpen) closeSync(handle)
        isOpen = false
      },
    }
  } catch (cause) {
    closeSync(handle)
    throw cause
  }
}

function readHeader(handle: number, path: string): CacheHeader {
  const bytes = new Uint8Array(HEADER_BYTES)
  readSync(handle, bytes, 0, HEADER_BYTES, 0)
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes)) as CacheHeader
    if (header.format === 'scalpdesk-ticks' && header.version === 1) return header
  } catch {
    // Said below.
  }
  throw broken(path, 'it does not begin as one')
}

function broken(path: string, why: string): TapeError {
  return new TapeError(
    'unreadable',
    path,
    `expected a cache of ticks, but of ${path} ${why}; delete it, it is made again`,
  )
}
