import type { Epic } from '@scalpdesk/sdk'
import { LIVE_SENTENCE } from '../session/arming.ts'
import type { Press, PressIntent } from './press-text.ts'

/** Whether a press on live takes a second deliberate act: all that may open something or move a stop away. Getting out never does. */
export function needsConsent({ kind }: PressIntent): boolean {
  return kind !== 'close' && kind !== 'flatten' && kind !== 'cancel'
}

/** What a script says in the place of the sentence: which account and which market it means, so that no other one is traded by it. */
export const spelledConsent = (account: string, epic: Epic | string): string => `${account}:${epic}`

/** Why a press on live is not taken; null when it is. @param epic null where the deal is not known */
export function consentProblem({ intent, consent }: Press, account: string, epic: Epic | null): string | null {
  if (!needsConsent(intent) || consent === LIVE_SENTENCE) return null
  if (epic !== null && consent === spelledConsent(account, epic)) return null
  const spelled = spelledConsent(account, epic ?? 'EPIC')
  return consent === undefined
    ? `expected a second deliberate act for an order on live, but got none; type ${LIVE_SENTENCE} on a terminal, or add --confirm-live ${spelled}`
    : `expected --confirm-live ${spelled}, the account and the market of this order, but got another one`
}
