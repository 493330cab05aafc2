/**
 * A cache of ticks is a header line of JSON and blocks. A block has a head of {@link HEAD_BYTES} bytes, little-endian: kind (1: columns, 2:
 * inputs as JSON), place of the market in the header, how many ticks, how many bytes follow; then the times of its first and last tick as
 * doubles. Columns are doubles of times, then 32-bit whole numbers of bids, then of offers.
 */
export interface BlockHead {
  readonly kind: 'columns' | 'inputs'
  readonly market: number
  readonly count: number
  readonly bytes: number
  readonly firstMs: number
  readonly lastMs: number
}

export const HEAD_BYTES = 32
/** Ticks of a block of columns at most; our choice: 512 KiB, so that a reader stays in the processor's second cache. */
export const BLOCK_TICKS = 32_768
export const TICK_BYTES = 16

export function headBytes({ kind, market, count, bytes, firstMs, lastMs }: BlockHead): Uint8Array {
  const head = new DataView(new ArrayBuffer(HEAD_BYTES))
  head.setUint32(0, kind === 'columns' ? 1 : 2, true)
  head.setUint32(4, market, true)
  head.setUint32(8, count, true)
  head.setUint32(12, bytes, true)
  head.setFloat64(16, firstMs, true)
  head.setFloat64(24, lastMs, true)
  return new Uint8Array(head.buffer)
}

/** @returns null for bytes that are no head */
export function readHead(bytes: Uint8Array): BlockHead | null {
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES)
  const kind = head.getUint32(0, true)
  if (kind !== 1 && kind !== 2) return null
  return {
    kind: kind === 1 ? 'columns' : 'inputs',
    market: head.getUint32(4, true),
    count: head.getUint32(8, true),
    bytes: head.getUint32(12, true),
    firstMs: head.getFloat64(16, true),
    lastMs: head.getFloat64(24, true),
  }
}

/** The first line of a cache, padded with blanks to this many bytes: it is written last, when all is known. */
export interface CacheHeader {
  readonly format: 'scalpdesk-ticks'
  readonly version: 1
  readonly epics: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly ticks: number
  /** Of the whole file: one that is shorter was cut off. */
  readonly bytes: number
  readonly remarks: readonly string[]
}

export const HEADER_BYTES = 65_536
