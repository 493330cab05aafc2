import type { Direction } from '@scalpdesk/sdk'
import type { DeskEvent } from './desk-event.ts'
import { judgeEntry } from './guard.ts'
import { bookChanged, putOrder, record, say, type Turn } from './turn.ts'
import { sentWords } from './words.ts'

/** One intent to enter becomes at most one order: journalled first, sent once, or denied with its reason. */
export function enter(turn: Turn, direction: Direction, event: Extract<DeskEvent, { kind: 'intent' }>): void {
  const { reference, atMs, pressedAtMs } = event
  const verdict = judgeEntry(turn.state, direction, reference, atMs)
  if (verdict.kind === 'denied') {
    const { code, words } = verdict.denial
    record(turn, { kind: 'denied', atMs, intent: direction, code, words })
    say(turn, { tone: 'bad', text: `DENIED ${direction}: ${words}` })
    return
  }
  const { order, seenLevel } = verdict
  const { market, size } = order
  putOrder(turn, {
    id: reference,
    purpose: {
      kind: 'open',
      epic: market.epic,
      direction,
      size,
      seenLevel,
      stopPoints: order.stop?.distancePoints ?? null,
    },
    reference,
    stage: { kind: 'sending', sinceMs: atMs },
    timing: { pressedAtMs, wireAtMs: null, acknowledgedAtMs: null, confirmedAtMs: null },
  })
  record(turn, {
    kind: 'about-to-open',
    atMs,
    id: reference,
    epic: market.epic,
    direction,
    size: size.toFixed(),
    stopPoints: order.stop?.distancePoints?.toFixed() ?? null,
    limitPoints: order.limit?.distancePoints?.toFixed() ?? null,
    seenLevel: seenLevel.toFixed(),
  })
  turn.effects.push({ kind: 'open', id: reference, order })
  say(turn, { tone: 'wait', text: sentWords(turn.state, order) })
  // Read once the dust has settled: the reading that its fill asks for is this one.
  bookChanged(turn, AFTER_SEND_MS)
}

/** Our choice: long enough for the confirm to come first, short enough to notice when it does not. */
const AFTER_SEND_MS = 3_000
