import { EXIT, ExitError } from '../exit-status.ts'
import { spelledConsent } from '../host/live-press.ts'
import { LIVE_SENTENCE } from '../session/arming.ts'
import { requireOpenGate } from './gate-command.ts'
import type { Prompt } from './prompt.ts'
import type { GivenEnvironment } from './start-environment.ts'

/** What a command wants to do on live. */
type LiveDeed =
  /** Closes or cancels: never asked for more than its environment. */
  | { readonly kind: 'exit' }
  /** May open something, or move a stop. `words`: for the person who is asked. */
  | { readonly kind: 'order'; readonly words: string }

export interface LiveStart {
  readonly given: GivenEnvironment | null
  readonly deed: LiveDeed
  /** What followed `--confirm-live`; undefined: it was not given. */
  readonly confirm: string | undefined
  readonly hasTerminal: boolean
  readonly home: string
}

/**
 * What stands before a command on live, before anything is sent anywhere: `--env live` on the command line itself, and for an order an
 * open gate and somebody who can confirm it.
 * @throws ExitError
 */
export function beginLive({ given, deed, confirm, hasTerminal, home }: LiveStart): void {
  if (given?.name !== 'live' || given.from !== 'command-line')
    throw new ExitError(EXIT.usage, 'expected --env live on the command line for a command on live; add it')
  if (deed.kind === 'exit') return
  requireOpenGate(home)
  if (confirm === undefined && !hasTerminal)
    throw new ExitError(
      EXIT.usage,
      'expected --confirm-live ACCOUNT:EPIC for an order on live without a terminal; add it, with the account and the market that you mean',
    )
}

export interface LiveOrderAsk {
  readonly words: string
  readonly confirm: string | undefined
  /** Null when nobody is at a terminal. */
  readonly prompt: Pick<Prompt, 'ask' | 'say' | 'close'> | null
  readonly account: string
  /** Null where the broker lists no such deal. */
  readonly epic: string | null
}

/**
 * The second deliberate act, for each order anew: the sentence that arms the screen, typed on the terminal, or a flag that spells the
 * account and the market.
 * @returns what was typed or spelled, for the journal
 * @throws ExitError; nothing may be sent then
 */
export async function consentToLive({ words, confirm, prompt, account, epic }: LiveOrderAsk): Promise<string> {
  if (confirm !== undefined) {
    const spelled = spelledConsent(account, epic ?? 'EPIC')
    if (epic !== null && confirm === spelled) return confirm
    throw new ExitError(
      EXIT.denied,
      `expected --confirm-live ${spelled}, the account and the market of this order, but got another one; nothing was sent`,
    )
  }
  if (!prompt) throw new ExitError(EXIT.usage, 'expected somebody at a terminal to confirm it; nothing was sent')
  try {
    prompt.say(`REAL MONEY, account ${account}: ${words}`)
    const typed = await prompt.ask(`Type ${LIVE_SENTENCE} to send it: `, 'shown').catch(error => {
      if (!(error instanceof ExitError)) throw error
      throw new ExitError(error.status, 'interrupted; nothing was sent')
    })
    if (typed.trim() === LIVE_SENTENCE) return LIVE_SENTENCE
    throw new ExitError(EXIT.denied, `expected ${LIVE_SENTENCE} to be typed as it is; nothing was sent`)
  } finally {
    prompt.close()
  }
}
