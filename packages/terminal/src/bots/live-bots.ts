import type { BotLimits } from '@scalpdesk/bots/runner'
import type { Epic } from '@scalpdesk/sdk'
import type { CommandContext } from '../cli/command-context.ts'
import { beginLive, consentToLive } from '../cli/live-consent.ts'
import { openPrompt, type Prompt } from '../cli/prompt.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { spelledConsent } from '../host/live-press.ts'
import type { BotRunOptions } from './bot-run-options.ts'

/** What each order of a bot carries on live, by its market: the second deliberate act, once for the whole run. */
export type BotConsent = (epic: Epic | null) => string

/**
 * What stands before bots on live: `--env live` on the command line, an open gate, and somebody who can agree.
 * @returns who can be asked; null on other environments, and where `--confirm-live` says it
 * @throws ExitError
 */
export function beginLiveBots(options: BotRunOptions, { environment, home }: CommandContext): Prompt | null {
  const [first] = options.confirmLive ?? []
  if (environment !== 'live') {
    if (first === undefined) return null
    throw new ExitError(EXIT.usage, `expected --confirm-live with --env live, but this is ${environment}; leave it out`)
  }
  const prompt = first === undefined ? openPrompt(status => process.exit(status)) : null
  const deed = { kind: 'order', words: 'bots' } as const
  beginLive({ given: options.given ?? null, deed, confirm: first, hasTerminal: prompt !== null, home })
  return prompt
}

export interface BotConsentAsk {
  /** Who wants to trade what, for the person who is asked. */
  readonly words: string
  readonly epics: readonly Epic[]
  readonly confirm: readonly string[]
  readonly prompt: Prompt | null
  readonly account: string
}

/** Who may trade what, and how much each may lose. */
export function consentWords(
  names: readonly string[],
  epics: readonly string[],
  { maxLossCents, maxSize, maxOrdersPerMinute, maxPositions }: BotLimits,
  currency: string,
): string {
  const who = names.length === 1 ? `${names[0]} may trade` : `${names.join(', ')} may each trade`
  const limits = [
    maxLossCents === null
      ? 'NO LIMIT of the loss of a day but the guard (--max-loss)'
      : `at most ${(maxLossCents / 100).toFixed(2)} ${currency} lost on a day`,
    maxSize === null ? 'NO LIMIT of the size but the guard (--max-size)' : `a size of at most ${maxSize}`,
    `${maxPositions ?? 'any number of'} positions`,
    `${maxOrdersPerMinute ?? 'any number of'} orders a minute`,
  ]
  return `${who} ${epics.join(', ')} without asking: ${limits.join(', ')}`
}

/** The sentence typed once for all markets, or a flag for each of them. @throws ExitError; nothing may be sent then */
export async function consentToBots({ words, epics, confirm, prompt, account }: BotConsentAsk): Promise<BotConsent> {
  if (prompt) {
    const typed = await consentToLive({ words, confirm: undefined, prompt, account, epic: null })
    return () => typed
  }
  const missing = epics.map(epic => spelledConsent(account, epic)).find(spelled => !confirm.includes(spelled))
  if (missing === undefined) return epic => spelledConsent(account, epic ?? '')
  throw new ExitError(
    EXIT.denied,
    `expected --confirm-live ${missing} and one for each other market of the bots, but it is missing; nothing was sent`,
  )
}
