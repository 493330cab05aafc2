import type { BotDesk } from '@scalpdesk/bots/runner'
import type { Intent } from '@scalpdesk/desk'
import type { Clock } from '@scalpdesk/sdk'
import type { DeskAccess } from '../cli/desk-access.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { followPress } from '../host/press-follower.ts'
import type { PressIntent } from '../host/press-text.ts'
import type { CommandDesk } from '../session/command-desk.ts'

/** The bots' desk where it is this process's own: a press decides and sends within the call. */
export function ownBotDesk(desk: CommandDesk, clock: Pick<Clock, 'monotonicMs' | 'at'>): BotDesk {
  return {
    get state() {
      return desk.state
    },
    press: (intent, by) => followPress(desk, intent, by, { clock, limitMs: FOLLOWED_MS, onProgress() {} }).over,
    onQuote: desk.onQuote,
    onChange: desk.onChange,
  }
}

/** The desk gives an order up after a minute: then it says so. */
const FOLLOWED_MS = 75_000

/** The bots' desk where it is another process's: that presses, and a desk here that never presses anything looks on. */
export function guestBotDesk(
  looking: Pick<CommandDesk, 'state' | 'onQuote' | 'onChange'>,
  access: Pick<DeskAccess, 'press' | 'other'>,
): BotDesk {
  let isLost = false
  return {
    get state() {
      return looking.state
    },
    async press(intent, by) {
      if (isLost) throw new Error(`the desk of process ${access.other} has ended; nothing was sent, start again`)
      if (!isPressed(intent))
        throw new Error(
          `expected what another process's desk takes, but got ${intent.kind}; close and enter instead, or quit that process`,
        )
      try {
        return await access.press(intent, () => {}, by)
      } catch (error) {
        if (!(error instanceof ExitError) || error.status !== EXIT.unknown) throw error
        // It ended while this was on its way to it: nobody here knows whether the order left.
        isLost = true
        return { outcome: 'unknown', words: error.message, denial: null, orders: [] }
      }
    },
    onQuote: looking.onQuote,
    onChange: looking.onChange,
  }
}

function isPressed(intent: Intent): intent is PressIntent {
  return PRESSED.has(intent.kind)
}

const PRESSED: ReadonlySet<Intent['kind']> = new Set<PressIntent['kind']>([
  'enter',
  'place',
  'close',
  'flatten',
  'cancel',
  'breakeven',
  'set-leg',
  'tighten',
  'trail',
  'remove-limit',
])
