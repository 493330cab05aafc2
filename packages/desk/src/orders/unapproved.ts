import type { Submission } from '@scalpdesk/sdk'
import type { OrderEffect } from '../effect.ts'
import { isApproved } from '../guard/approved.ts'

/** What the types forbid and a cast lets through: an order that the guard did not approve stays here. null: it did. */
export function unapproved({ kind, order }: OrderEffect): Submission | null {
  if (isApproved(order)) return null
  const cause = new Error(
    `expected ${kind} to send an order that the guard approved, but got another; send what it returned, not a copy`,
  )
  return { kind: 'unsent', cause }
}
