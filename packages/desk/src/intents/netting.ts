import { Decimal, type Direction, type Epic } from '@scalpdesk/sdk'
import type { Holding } from '../book/holding.ts'
import type { DeskState } from '../desk-state.ts'
import { opposite } from '../direction.ts'
import { wantedDeal } from '../preset-deal.ts'
import { say, type Turn } from '../turn.ts'
import { message } from '../words/message.ts'
import { isBeingClosed, sendClose } from './closing.ts'
import { type Entry, enter } from './entering.ts'

/**
 * Net mode: the opposite key only reduces what is held, oldest first, by at most what is held. It never opens the rest, so no
 * press leaves a position that nobody meant. With nothing opposite it enters.
 */
export function enterNetting(turn: Turn, entry: Entry): void {
  const opposing = oldestFirst(turn.state, entry.epic, opposite(entry.direction))
  if (opposing.length === 0) return enter(turn, entry)
  const contract = turn.state.contracts.get(entry.epic)
  let left = entry.size ?? (contract && wantedDeal(turn.state, contract, undefined).deal.size) ?? new Decimal(0)
  const before = turn.state
  let sent = 0
  for (const holding of opposing) {
    if (!left.gt(0)) break
    if (isBeingClosed(before, holding.dealId, turn.atMs)) continue
    const size = Decimal.min(left, holding.size)
    sent += 1
    sendClose(turn, holding, { size }, `${entry.reference}.${sent}`, entry.pressedAtMs)
    left = left.minus(size)
  }
  const { direction } = entry
  if (sent === 0) return say(turn, 'wait', message('reducing-already', { direction }))
  say(turn, 'wait', message('reducing', { direction, left: left.gt(0) ? left.toFixed() : null }))
}

function oldestFirst({ holdings }: DeskState, epic: Epic, direction: Direction): readonly Holding[] {
  const held = [...holdings.values()].filter(holding => holding.epic === epic && holding.direction === direction)
  const age = ({ openedWallMs }: Holding) => openedWallMs ?? Number.POSITIVE_INFINITY
  return held.sort((a, b) => (age(a) === age(b) ? 0 : age(a) - age(b)))
}
