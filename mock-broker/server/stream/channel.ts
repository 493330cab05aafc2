import { type Chunk, chunk } from './chunk.ts'
import { encodeRow } from './tlcp-row.ts'

/** What the fields of an item are at one moment, in the order of the schema. */
export type Values = readonly (string | null)[]

/**
 * One item in one schema. Everybody who follows it gets the same rows, so each is encoded once; rows gather until the turn of
 * the event loop ends.
 */
export interface Channel {
  /** The values after the last row that was handed out. */
  values(): Values
  /** The item may have changed. */
  touch(): void
  /** Hands the rows that have gathered to the followers. */
  settle(): void
  join(prefix: string, follower: Follower): void
  leave(prefix: string, follower: Follower): void
  isEmpty(): boolean
}

export interface Follower {
  take(batch: Batch): void
}

/** The rows of one turn. */
interface Batch {
  /** With the prefix of the follower's subscription, each row telling what changed since the one before. */
  readonly chunk: Chunk
  readonly before: Values
  readonly rows: readonly Values[]
}

export interface ChannelOptions {
  /** MERGE shows states, and a row in which nothing changed is none. DISTINCT shows events. */
  readonly mode: 'MERGE' | 'DISTINCT'
  readonly read: () => Values
  /** Rows have begun to gather. */
  readonly onGathering: () => void
}

export function channel({ mode, read, onGathering }: ChannelOptions): Channel {
  const groups = new Map<string, Set<Follower>>()
  let settled = read()
  let rows: Values[] = []
  let bodies: string[] = []
  let length = 0
  let hasMore = false

  function gather(): void {
    const before = rows.at(-1) ?? settled
    const now = read()
    const changes = changesOf(before, now)
    if (changes === null && mode === 'MERGE') return
    const body = encodeRow(changes ?? now.map(() => undefined))
    if (rows.length === 0) onGathering()
    rows.push(now)
    bodies.push(body)
    length += body.length
  }

  return {
    values: () => settled,
    touch() {
      // Beyond this the states of one turn merge, as they do for a slow client.
      if (mode === 'MERGE' && length > LONGEST_TURN) hasMore = true
      else gather()
    },
    settle() {
      if (hasMore) gather()
      hasMore = false
      if (rows.length === 0) return
      const before = settled
      const batch = rows
      const texts = bodies
      settled = batch.at(-1) ?? settled
      rows = []
      bodies = []
      length = 0
      for (const [prefix, followers] of groups) {
        const lines = chunk(texts.map(body => prefix + body))
        for (const follower of followers) follower.take({ chunk: lines, before, rows: batch })
      }
    },
    join(prefix, follower) {
      const group = groups.get(prefix)
      if (group) group.add(follower)
      else groups.set(prefix, new Set([follower]))
    },
    leave(prefix, follower) {
      const group = groups.get(prefix)
      group?.delete(follower)
      if (group?.size === 0) groups.delete(prefix)
    },
    isEmpty: () => groups.size === 0,
  }
}

/** The values of a row, undefined where nothing changed; null when nothing changed at all. */
export function changesOf(before: Values, now: Values): readonly (string | null | undefined)[] | null {
  let isChanged = false
  const changes = now.map((value, index) => {
    if (value === before[index]) return undefined
    isChanged = true
    return value
  })
  return isChanged ? changes : null
}

/** Characters of rows that one turn may gather. Our choice. */
const LONGEST_TURN = 256 * 1024
