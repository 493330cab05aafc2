import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { TapeInput } from '@scalpdesk/mock-broker/engine'
import {
  BLOCK_TICKS,
  type BlockHead,
  type CacheHeader,
  HEAD_BYTES,
  HEADER_BYTES,
  headBytes,
  TICK_BYTES,
} from './cache-block.ts'
import type { TickBatch, TickFeed } from './tick-feed.ts'

/** Writes ticks as a cache beside its name, and puts it there when it is whole. */
export interface CacheWriter {
  take(batch: TickBatch): void
  finish(remarks: readonly string[]): void
  /** Nothing is left of it. */
  abandon(): void
}

/** Reads a feed to its end and keeps it. @param onProgress hears how much was read, from 0 to 1 */
export async function writeTickCache(
  path: string,
  feed: TickFeed,
  onProgress?: (fraction: number) => void,
): Promise<void> {
  const writer = cacheWriter(path, feed)
  try {
    for (let batch = await feed.read(); batch; batch = await feed.read()) {
      writer.take(batch)
      onProgress?.(feed.fraction())
    }
    writer.finish(feed.remarks())
  } catch (cause) {
    writer.abandon()
    throw cause
  }
}

export function cacheWriter(path: string, feed: Pick<TickFeed, 'markets'>): CacheWriter {
  const epics = feed.markets.map(({ epic }) => epic)
  const aside = `${path}.${process.pid}.new`
  const handle = openSync(aside, 'w')
  let isOpen = true
  const columns = {
    atMs: new Float64Array(BLOCK_TICKS),
    bidUnits: new Int32Array(BLOCK_TICKS),
    offerUnits: new Int32Array(BLOCK_TICKS),
  }
  let [count, market, ticks, bytes, startMs, endMs] = [0, 0, 0, HEADER_BYTES, Number.NaN, Number.NaN]
  writeAll(handle, new Uint8Array(HEADER_BYTES).fill(BLANK))

  function flush(): void {
    if (count === 0) return
    const times = columns.atMs.subarray(0, count)
    const bids = columns.bidUnits.subarray(0, count)
    const offers = columns.offerUnits.subarray(0, count)
    block(
      { kind: 'columns', market, count, bytes: count * TICK_BYTES, firstMs: times[0]!, lastMs: times[count - 1]! },
      [times, bids, offers],
    )
    count = 0
  }

  function block(head: BlockHead, parts: readonly ArrayBufferView[]): void {
    writeAll(handle, headBytes(head))
    bytes += HEAD_BYTES + head.bytes
    for (const part of parts) writeAll(handle, new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  }

  function takeTick(place: number, atMs: number, bidUnits: number, offerUnits: number): void {
    if (place !== market || count === BLOCK_TICKS) flush()
    market = place
    columns.atMs[count] = atMs
    columns.bidUnits[count] = bidUnits
    columns.offerUnits[count++] = offerUnits
    note(atMs)
    ticks++
  }

  /** What has no place in columns. */
  function takeOther(input: TapeInput): void {
    flush()
    const text = new TextEncoder().encode(JSON.stringify([input]))
    const { atMs } = input
    block({ kind: 'inputs', market: 0, count: 1, bytes: text.length, firstMs: atMs, lastMs: atMs }, [text])
    note(atMs)
  }

  function note(atMs: number): void {
    if (Number.isNaN(startMs)) startMs = atMs
    endMs = atMs
  }

  function takeInput(input: TapeInput): void {
    const place = epics.indexOf(input.epic)
    const isPlain = input.kind === 'tick' && input.bidUnits <= MOST_UNITS && input.offerUnits <= MOST_UNITS
    if (isPlain && place >= 0) takeTick(place, input.atMs, input.bidUnits, input.offerUnits)
    else takeOther(input)
  }

  function close(): void {
    if (isOpen) closeSync(handle)
    isOpen = false
  }

  return {
    take(batch) {
      if (batch.kind === 'inputs') for (const input of batch.inputs) takeInput(input)
      else {
        const { epic, atMs, bidUnits, offerUnits } = batch
        const place = epics.indexOf(epic)
        for (let at = 0; at < batch.count; at++) takeTick(place, atMs[at]!, bidUnits[at]!, offerUnits[at]!)
      }
    },
    finish(remarks) {
      flush()
      const told = remarks.map(remark => remark.slice(0, 500)).slice(0, 50)
      const header: CacheHeader = {
        format: 'scalpdesk-ticks',
        version: 1,
        epics,
        startMs,
        endMs,
        ticks,
        bytes,
        remarks: told,
      }
      writeSync(handle, new TextEncoder().encode(`${JSON.stringify(header)}\n`), 0, undefined, 0)
      close()
      renameSync(aside, path)
    },
    abandon() {
      close()
      rmSync(aside, { force: true })
    },
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
}

const MOST_UNITS = 2 ** 31 - 1
const BLANK = 32
