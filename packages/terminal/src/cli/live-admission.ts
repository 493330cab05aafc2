import type { JournalPort } from '@scalpdesk/desk'
import { systemClock } from '@scalpdesk/sdk'
import { gateHead } from '../gate/gate-record.ts'
import { consentProblem, needsConsent } from '../host/live-press.ts'
import type { PressOptions } from '../host/prepared-press.ts'
import type { Environment } from '../session/arming.ts'

export interface AdmissionParts {
  readonly environment: Environment
  readonly account: string
  readonly home: string
  readonly journal: JournalPort
}

/**
 * The same rule for every desk: an order of a command on live needs a second deliberate act, which the journal keeps before the order
 * leaves. Without it, or where it cannot be written, nothing is sent.
 */
export function liveAdmission({
  environment,
  account,
  home,
  journal,
}: AdmissionParts): NonNullable<PressOptions['admit']> {
  return (press, epic) => {
    if (environment !== 'live') return
    const problem = consentProblem(press, account, epic)
    if (problem !== null) throw new Error(problem)
    if (!needsConsent(press.intent)) return
    const { seq, hash } = gateHead(home)
    journal.append({
      kind: 'gate',
      atMs: systemClock.monotonicMs(),
      what: 'live-order',
      line: seq,
      lineHash: hash,
      words: press.consent ?? null,
    })
  }
}
