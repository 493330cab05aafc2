import type { BotDesk } from '@scalpdesk/bots/runner'
import type { Intent } from '@scalpdesk/desk'
import type { Clock, Epic } from '@scalpdesk/sdk'
import type { DeskAccess } from '../cli/desk-access.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { followPress } from '../host/press-follower.ts'
import type { PressedReverse, PressIntent } from '../host/press-text.ts'
import type { CommandDesk } from '../session/command-desk.ts'
import type { BotConsent } from './live-bots.ts'

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

/**
 * The bots' desk where each press is asked for: of another process, while a desk here that never presses anything looks on, and on live, where
 * each order shows what was agreed to.
 */
export function askedBotDesk(
  looking: Pick<CommandDesk, 'state' | 'onQuote' | 'onChange'>,
  access: Pick<DeskAccess, 'press' | 'other'>,
  consent: () => BotConsent | null,
): BotDesk {
  let isLost = false
  return {
    get state() {
      return looking.state
    },
    async press(intent, by) {
      if (isLost) throw new Error(`the desk of process ${access.other} has ended; nothing was sent, start again`)
      const pressed = pressedAs(intent, looking.state)
      if (!pressed)
        throw new Error(`expected what another process's desk takes, but got ${intent.kind}; quit that process`)
      const agreed = consent()?.(epicOf(pressed, looking.state))
      try {
        return await access.press({ intent: pressed, by, ...(agreed !== undefined && { consent: agreed }) }, () => {})
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

function epicOf(intent: PressIntent, { holdings }: CommandDesk['state']): Epic | null {
  if ('epic' in intent) return intent.epic
  if (!('target' in intent)) return null
  return 'epic' in intent.target ? intent.target.epic : (holdings.get(intent.target.dealId)?.epic ?? null)
}

/** A bot reverses what it sees; null for what no command can want. @throws with words where it holds nothing */
function pressedAs(intent: Intent, { holdings }: CommandDesk['state']): PressIntent | null {
  if (intent.kind !== 'reverse') return isPressed(intent) ? intent : null
  const { as, epic } = intent
  const of = [...holdings.values()].flatMap(each => (each.epic === epic ? [each.dealId] : []))
  if (of.length === 0) throw new Error(`expected a position in ${epic} to reverse, but there is none; nothing was sent`)
  return as ? { ...intent, as, of } : null
}

function isPressed(intent: Exclude<Intent, { kind: 'reverse' }>): intent is Exclude<PressIntent, PressedReverse> {
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
