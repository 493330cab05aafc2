import { randomBytes } from 'node:crypto'
import { type DealReference, dealReference } from '@scalpdesk/sdk'

/**
 * Names for our orders, never given twice: the start of this program and its randomness, then a count.
 * IG takes 1 to 30 of `A-Z a-z 0-9 _ -` (IG Labs, REST API reference, "Positions", dealReference).
 */
export function dealReferences(startedAtMs: number, randomness = randomBytes(5)): () => DealReference {
  const session = `SD${startedAtMs.toString(36)}${randomness.toString('hex').slice(0, 8)}`.toUpperCase()
  let count = 0
  return () => dealReference(`${session}-${(++count).toString(36).toUpperCase()}`)
}
