import { EXIT, ExitError } from '../exit-status.ts'
import { LIVE_SENTENCE } from '../session/arming.ts'
import { requireOpenGate } from './gate-command.ts'
import type { Prompt } from './prompt.ts'
import type { GivenEnvironment } from './start-environment.ts'

export interface LiveOrderAsk {
  readonly given: GivenEnvironment | null
  /** What followed `--confirm`; undefined: it was not given. */
  readonly confirm: string | undefined
  /** Null when nobody is at a terminal. */
  readonly prompt: Pick<Prompt, 'ask'> | null
  readonly home: string
}

/**
 * What stands before an order by command on live: an open gate, `--env live` on the command line itself, and the sentence that arms
 * the screen, typed on the terminal or given with `--confirm`. To be asked for each order; exits are not asked.
 * @throws ExitError; nothing may be sent then
 */
export async function consentToLive({ given, confirm, prompt, home }: LiveOrderAsk): Promise<void> {
  if (given?.name !== 'live' || given.from !== 'command-line')
    throw new ExitError(EXIT.usage, 'expected --env live on the command line for an order on live; add it')
  requireOpenGate(home)
  const typed = confirm ?? (await prompt?.ask(`Type ${LIVE_SENTENCE} to send this order on live: `, 'shown'))
  if (typed === undefined)
    throw new ExitError(
      EXIT.usage,
      `expected --confirm '${LIVE_SENTENCE}' for an order on live without a terminal; add it`,
    )
  if (typed.trim() !== LIVE_SENTENCE)
    throw new ExitError(EXIT.denied, `expected ${LIVE_SENTENCE} to be typed as it is; nothing was sent`)
}
