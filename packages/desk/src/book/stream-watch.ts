import type { StreamStatus } from '@scalpdesk/sdk'
import { bookChanged, record, say, type Turn, update } from '../turn.ts'
import { message } from '../words/message.ts'
import { tellDay } from './day-keeping.ts'

/**
 * Follows the stream. Losing it makes prices stale and the exposure unknown; a stream that begins anew proves nothing
 * about what happened in between, so the broker is asked.
 */
export function onStream(turn: Turn, status: StreamStatus): void {
  const before = turn.state.stream.kind
  update(turn, { stream: status, ...(before !== 'live' && { liveSinceMs: turn.atMs }) })
  // Heard again once the subscription says that it listens, on this session or on the next.
  const goesOn = status.kind === 'live' && status.continuity !== 'replaced'
  if (!goesOn && turn.state.tradeFeed === 'listening') update(turn, { tradeFeed: 'awaited' })
  if (before === 'live' && status.kind !== 'live') tellDay(turn, { kind: 'prices-missed', epic: null, atMs: turn.atMs })
  if (status.kind === 'live') return onLive(turn, status.continuity)
  const { outage } = turn.state
  const given = 'cause' in status ? status.cause : undefined
  // A new connection that the server asked for, routine and over in a moment; if it fails, that is another cause.
  if (given?.code === 'loop') return
  const cause = given ? `${given.text}, ${given.code}` : null
  const isNews =
    before === 'live' ||
    (cause !== null && cause !== outage?.cause) ||
    (status.kind === 'closed' && before !== 'closed')
  if (!isNews) return
  update(turn, { outage: { cause: cause ?? outage?.cause ?? null } })
  record(turn, { kind: 'stream', atMs: turn.atMs, status: status.kind, cause })
  const down = before === 'live' ? 'stream-lost' : 'stream-down'
  say(turn, 'bad', message(status.kind === 'closed' ? 'stream-closed' : down, { cause }))
}

function onLive(turn: Turn, continuity: Extract<StreamStatus, { kind: 'live' }>['continuity']): void {
  const { outage } = turn.state
  if (continuity === 'new' || continuity === 'replaced') update(turn, { pricesSinceMs: turn.atMs })
  record(turn, { kind: 'stream', atMs: turn.atMs, status: `live (${continuity})`, cause: null })
  if (outage) say(turn, 'info', message('stream-back', { continuity }))
  update(turn, { outage: null })
  bookChanged(turn, 0)
}

/**
 * Prices from before are old, however young the monotonic clock calls them, and the broker is asked what is open. What waits to be sent was
 * meant for another moment, though its time by that clock is not over.
 */
export function onTimeLost(turn: Turn, lostMs: number): void {
  const { reversals, legChanges } = turn.state
  update(turn, { pricesSinceMs: turn.atMs, reversals: [], legChanges: [] })
  tellDay(turn, { kind: 'prices-missed', epic: null, atMs: turn.atMs })
  record(turn, { kind: 'time-lost', atMs: turn.atMs, lostMs })
  say(turn, 'bad', message('time-lost', { seconds: Math.round(lostMs / 1_000) }))
  if (legChanges.length > 0) say(turn, 'bad', message('not-changed', { why: message('legs-not-told') }))
  if (reversals.length > 0) say(turn, 'bad', message('not-reversed', { why: 'not-in-time' }))
  bookChanged(turn, 0)
}
