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
