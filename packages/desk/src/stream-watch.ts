import type { StreamStatus } from '@scalpdesk/sdk'
import { bookChanged, record, type Turn, tell, update } from './turn.ts'

/**
 * Follows the stream. Losing it makes prices stale and the exposure unknown; a stream that begins anew proves nothing
 * about what happened in between, so the broker is asked.
 */
export function onStream(turn: Turn, status: StreamStatus): void {
  const before = turn.state.stream.kind
  update(turn, { stream: status })
  if (status.kind !== 'live') {
    if (before === 'live') {
      record(turn, { kind: 'stream', atMs: turn.atMs, status: status.kind })
      tell(turn, { tone: 'bad', text: 'STREAM LOST: prices are old, entries are refused, closing still works' })
    }
    return
  }
  const startsAnew = status.continuity === 'new' || status.continuity === 'replaced'
  if (startsAnew) update(turn, { pricesSinceMs: turn.atMs })
  record(turn, { kind: 'stream', atMs: turn.atMs, status: `live (${status.continuity})` })
  if (status.continuity !== 'new') tell(turn, { tone: 'info', text: `stream is back (${status.continuity})` })
  bookChanged(turn, 0)
}

/** Prices from before are old, however young the monotonic clock calls them, and the broker is asked what is open. */
export function onTimeLost(turn: Turn, lostMs: number): void {
  update(turn, { pricesSinceMs: turn.atMs })
  record(turn, { kind: 'time-lost', atMs: turn.atMs, lostMs })
  const seconds = Math.round(lostMs / 1_000)
  tell(turn, {
    tone: 'bad',
    text: `TIME LOST: the machine slept or its clock moved ${seconds} s; waiting for new prices`,
  })
  bookChanged(turn, 0)
}
