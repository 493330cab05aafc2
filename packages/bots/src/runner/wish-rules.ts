import type { TradeIntent } from '../strategy/bot-intent.ts'
import type { BotPhase } from './bot-status.ts'
import type { Turn } from './press-queue.ts'

/** Why nothing comes of a wish as things are with its bot; null: nothing stands against it. @param waitedMs since it was wanted */
export function wishRefusal(
  wanted: TradeIntent,
  phase: BotPhase,
  waitedMs: number,
): { readonly code: string; readonly text: string } | null {
  if (phase.kind === 'held')
    return phase.by === 'pause'
      ? { code: 'paused', text: 'the bot is paused until it is let go on' }
      : { code: 'flattened', text: 'everything was flattened by hand; the bot waits to be let go on' }
  if (isExit(wanted)) return null
  if (phase.kind !== 'running') return { code: 'stopping', text: 'the bot is being stopped' }
  if (waitedMs <= LATE_MS) return null
  return { code: 'too-late', text: 'what was wanted before took so long that its price is gone' }
}

export function turnOf({ kind }: TradeIntent): Turn {
  switch (kind) {
    case 'buy':
    case 'sell':
    case 'place-buy':
    case 'place-sell':
    case 'reverse':
      return 'waits'
    case 'close':
    case 'close-part':
    case 'cancel':
      return 'first'
    default:
      // The desk keeps changes of legs in their order, and refuses entries while it flattens.
      return 'alone'
  }
}

function isExit({ kind }: TradeIntent): boolean {
  return kind === 'close' || kind === 'close-part' || kind === 'flatten' || kind === 'cancel'
}

/** An entry that waited for longer would deal at a price that its strategy did not see. Our choice. */
const LATE_MS = 1_000
