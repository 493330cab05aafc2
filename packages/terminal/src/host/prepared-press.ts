import type { Epic } from '@scalpdesk/sdk'
import { type FollowedPress, type FollowOptions, followPress, type PressableDesk } from './press-follower.ts'
import type { Press, PressedReverse, PressIntent } from './press-text.ts'

/** A desk that can be got ready for a press: what a trader waits for by looking at the screen. */
export interface ServedDesk extends PressableDesk {
  /** Resolves when the broker has said what is open, or after a while. */
  known(): Promise<void>
  /** Resolves when the market has a price that may be dealt at, or after a while. */
  priced(epic: Epic): Promise<void>
  /** From now on the desk trades this market too. @throws with words where it cannot */
  trade(epic: Epic): Promise<void>
}

export interface PressOptions extends FollowOptions {
  /**
   * Asked once it is known what the press is about. @param epic the market; null where no such deal is known, or any counts
   * @throws with words where it is not to be pressed
   */
  readonly admit?: (press: Press, epic: Epic | null) => void
  /** False once whoever asked is gone. */
  readonly isWanted?: () => boolean
}

/**
 * Gets the desk ready for a press, and presses once. What is still missing then the guard says.
 * @throws with words when the market cannot be traded; then nothing was sent
 */
export async function pressPrepared(desk: ServedDesk, press: Press, options: PressOptions): Promise<FollowedPress> {
  const { intent, by } = press
  await desk.known()
  const epic = epicOf(desk, intent)
  options.admit?.(press, epic)
  if (epic !== null) {
    if (!desk.state.contracts.has(epic)) await desk.trade(epic)
    await desk.priced(epic)
  }
  // Getting ready may take seconds: nobody waits for an order that opens something any more.
  if (opens(intent) && options.isWanted?.() === false)
    throw new Error('expected whoever asked to wait for the order, but they are gone; nothing was sent')
  // In one go with the press: nothing can come in between.
  if (intent.kind === 'reverse') refuseOthers(desk, intent)
  return followPress(desk, intent, by, options)
}

const opens = ({ kind }: PressIntent): boolean => kind === 'enter' || kind === 'place' || kind === 'reverse'

/** @throws with words where it would close what is not meant */
function refuseOthers({ state }: PressableDesk, { epic, of }: PressedReverse): void {
  const other = [...state.holdings.values()].find(each => each.epic === epic && !of.includes(each.dealId))
  if (other)
    throw new Error(
      `expected nothing in ${epic} but what is to be reversed, but ${other.dealId} was opened meanwhile; close and enter instead. Nothing was sent`,
    )
}

/** The market whose rules and price count; null where the broker's list is enough. */
function epicOf({ state }: PressableDesk, intent: PressIntent): Epic | null {
  switch (intent.kind) {
    case 'enter':
    case 'place':
    case 'reverse':
      return intent.epic
    case 'breakeven':
    case 'set-leg':
    case 'tighten':
    case 'trail':
    case 'remove-limit':
      return 'dealId' in intent.target ? (state.holdings.get(intent.target.dealId)?.epic ?? null) : intent.target.epic
    case 'close':
    case 'flatten':
    case 'cancel':
      // Getting out waits for nothing.
      return null
  }
}
