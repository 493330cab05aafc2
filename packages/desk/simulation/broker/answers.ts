import type { Confirm as EngineConfirm } from '@scalpdesk/mock-broker/engine'
import type { DealReference, Submission } from '@scalpdesk/sdk'
import type { DeskRequest } from '../../../bots/src/engine-broker/index.ts'
import type { ReplyFault } from './waiting-faults.ts'

export const unknown = (why: string): Submission => ({ kind: 'unknown', cause: new Error(why) })

/** What the SDK makes of an answer that is not the usual one; null: it is. */
export function answerTo(fault: ReplyFault | null, reference: DealReference): Submission | null {
  switch (fault?.kind) {
    case 'lost':
      return unknown(`the connection was cut after ${reference} was sent`)
    case 'timeout':
      return unknown('status 504')
    case 'empty':
    case 'html':
      return unknown('an answer without a deal reference')
    default:
      return null
  }
}

/** What the SDK refuses to send; null: it sends it. */
export function inputProblem({ order }: DeskRequest): string | null {
  if (!('size' in order)) return null
  const { size } = order
  const isSize = size.isFinite() && size.gt(0) && size.decimalPlaces() <= 12
  return isSize ? null : `expected a size above 0 of at most 12 decimals, but got ${size}`
}

/** Of a code that a request is refused with before it is looked at. */
export const refused = (code: string): Submission => ({
  kind: 'rejected',
  code,
  httpStatus: code.includes('token') ? 401 : 403,
})

export function outcomeWords({ outcome }: EngineConfirm): string {
  if (outcome.dealStatus === 'REJECTED') return `REJECTED ${outcome.reason}`
  return `${outcome.status} ${outcome.affected.map(({ dealId, status }) => `${dealId} ${status}`).join(' ')}`
}
