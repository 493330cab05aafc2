import type { Clock } from '../clock.ts'
import type { ItemSource } from './items/item-source.ts'
import type { StreamHub } from './stream-hub.ts'
import type { StreamSession } from './stream-session.ts'
import type { StreamTerms } from './stream-terms.ts'
import type { Turn } from './turn.ts'

/** What the requests of all clients work with. */
export interface StreamDesk {
  readonly clock: Clock
  readonly turn: Turn
  readonly hub: StreamHub
  readonly source: ItemSource
  readonly terms: StreamTerms
  readonly sessions: Map<string, StreamSession>
  readonly refusals: StreamRefusals
  nextSessionId(): string
  /** @returns the client token when the password is that of a session on this account; null when it is not. */
  signIn(account: string, password: string): string | null
  /** What anybody follows may have changed. */
  onSubscriptions(): void
}

/** What a test wants refused, once each. */
export interface StreamRefusals {
  session: CodedRefusal | null
  subscription: CodedRefusal | null
}

export interface CodedRefusal {
  readonly code: number
  readonly text: string
}

export function takeRefusal(refusals: StreamRefusals, kind: keyof StreamRefusals): CodedRefusal | null {
  const refusal = refusals[kind]
  refusals[kind] = null
  return refusal
}
