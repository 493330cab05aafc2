import type { AcceptedOutcome, AffectedDeal, Confirm, ConfirmOutcome } from '../confirm.ts'
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
      return { kind: 'rejected', reason: confirm.get('reason').orNull(reason => reason.text()) ?? 'UNKNOWN' }
    default:
      // Neither word fits, and a guess would be a deal that is, or is not, there.
      throw dealStatus.wrong('ACCEPTED or REJECTED')
  }
}

/** An outcome that is known is not lost to a detail that cannot be read; the list of positions has the details. */
function decodeAccepted(confirm: JsonNode): AcceptedOutcome {
  const decimal = (name: string): AcceptedOutcome['level'] => confirm.get(name).orNull(value => value.decimal())
  const flag = (name: string): boolean => confirm.get(name).orNull(value => value.flag()) ?? false
  return {
    kind: 'accepted',
    status: confirm.get('status').orNull(status => status.word(STATUSES)) ?? { other: '' },
    expiry: confirm.get('expiry').orNull(expiry => expiry.text()),
    level: decimal('level'),
    size: decimal('size'),
    stopLevel: decimal('stopLevel'),
    limitLevel: decimal('limitLevel'),
    stopDistancePoints: decimal('stopDistance'),
    limitDistancePoints: decimal('limitDistance'),
    isGuaranteed: flag('guaranteedStop'),
    isTrailing: flag('trailingStop'),
    profit: decimal('profit'),
    profitCurrency: confirm.get('profitCurrency').orNull(currency => currency.text()),
    affected: decodeAffected(confirm.get('affectedDeals')),
  }
}

function decodeAffected(deals: JsonNode): readonly AffectedDeal[] {
  const rows = deals.orNull(node => node.list()) ?? []
  return rows.flatMap(row => {
    const deal = row.orNull(node => ({
      dealId: node.get('dealId').as(dealId, 'a deal id'),
      status: node.get('status').word(AFFECTED),
    }))
    return deal === null ? [] : [deal]
  })
}
