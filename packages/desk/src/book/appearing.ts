import { positionText } from '../orders/order-texts.ts'
import { record, say, type Turn } from '../turn.ts'
import { message } from '../words/message.ts'
import type { Holding } from './holding.ts'

/** Says that a position is there which no order of ours explains. @param isRefused one of ours would, had it not been refused */
export function appeared(turn: Turn, holding: Holding, isRefused: boolean, isFirst: boolean): void {
  recordAppeared(turn, holding)
  const id = isRefused ? 'open-although-refused' : isFirst ? 'already-open' : 'opened-elsewhere'
  say(turn, 'info', message(id, { position: positionText(holding) }))
}

type Levels = Pick<Holding, 'level' | 'stopLevel'>

/** For a position that no `filled` tells of. */
export function recordAppeared(
  turn: Turn,
  { dealId, epic, direction, size, level, stopLevel }: Pick<Holding, 'dealId' | 'epic' | 'direction' | 'size'> & Levels,
): void {
  record(turn, {
    kind: 'position-appeared',
    atMs: turn.atMs,
    dealId,
    epic,
    direction,
    size: size.toFixed(),
    level: level?.toFixed() ?? null,
    stopLevel: stopLevel?.toFixed() ?? null,
  })
}
