import type { AcceptedOutcome, Confirm, ConfirmOutcome } from '../confirm.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import { decodeDirection } from './decode-position.ts'
import { JsonNode } from './json-node.ts'

const STATUSES = {
  OPEN: 'open',
  AMENDED: 'amended',
  CLOSED: 'closed',
  PARTIALLY_CLOSED: 'partially-closed',
  DELETED: 'deleted',
} as const

const AFFECTED = {
  OPENED: 'opened',
  AMENDED: 'amended',
  FULLY_CLOSED: 'fully-closed',
  PARTIALLY_CLOSED: 'partially-closed',
  DELETED: 'deleted',
} as const

/**
 * A confirm, polled or streamed; the stream may leave keys out and give numbers as text.
 * @throws {DecodeError}
 */
export function decodeConfirm(json: unknown, path = ''): Confirm {
  const confirm = new JsonNode(json, path)
  return {
    reference: confirm.get('dealReference').as(dealReference, 'a deal reference'),
    dealId: confirm.get('dealId').as(dealId, 'a deal id'),
    epic: confirm.get('epic').as(epic, 'an epic'),
    direction: decodeDirection(confirm.get('direction')),
    outcome: decodeOutcome(confirm),
    // The date is for people: a strange one must not cost the outcome.
    dateMs: confirm.get('date').orNull(date => date.utcMs()),
  }
}

function decodeOutcome(confirm: JsonNode): ConfirmOutcome {
  const dealStatus = confirm.get('dealStatus')
  switch (dealStatus.text()) {
    case 'ACCEPTED':
      return decodeAccepted(confirm)
    case 'REJECTED':
      return { kind: 'rejected', reason: confirm.get('reason').textOrNull() ?? 'UNKNOWN' }
    default:
      // Neither word fits, and a guess would be a deal that is, or is not, there.
      throw dealStatus.wrong('ACCEPTED or REJECTED')
  }
}

function decodeAccepted(confirm: JsonNode): AcceptedOutcome {
  const status = confirm.get('status')
  const affected = confirm.get('affectedDeals')
  return {
    kind: 'accepted',
    status: status.isAbsent ? { other: '' } : status.word(STATUSES),
    level: confirm.get('level').decimalOrNull(),
    size: confirm.get('size').decimalOrNull(),
    stopLevel: confirm.get('stopLevel').decimalOrNull(),
    limitLevel: confirm.get('limitLevel').decimalOrNull(),
    profit: confirm.get('profit').decimalOrNull(),
    profitCurrency: confirm.get('profitCurrency').textOrNull(),
    affected: (affected.isAbsent ? [] : affected.list()).map(deal => ({
      dealId: deal.get('dealId').as(dealId, 'a deal id'),
      status: deal.get('status').word(AFFECTED),
    })),
  }
}
