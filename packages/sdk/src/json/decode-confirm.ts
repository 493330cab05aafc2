import type { Decimal } from 'decimal.js'
import {
  type AcceptedOutcome,
  AFFECTED_STATUSES,
  type AffectedDeal,
  CONFIRM_STATUSES,
  type Confirm,
  type ConfirmOutcome,
} from '../confirm.ts'
import { dealId, dealReference, type Epic, epic } from '../ids.ts'
import { decodeDirection } from './decode-position.ts'
import { JsonNode } from './json-node.ts'

/**
 * A confirm, polled or streamed; the stream may leave keys out and give numbers as text.
 * @throws {DecodeError}
 */
export function decodeConfirm(json: unknown, path = ''): Confirm {
  const confirm = new JsonNode(json, path)
  return {
    reference: confirm.get('dealReference').as(dealReference, 'a deal reference'),
    dealId: confirm.get('dealId').as(dealId, 'a deal id'),
    // The reference says whose it is. Of a deal that it does not know IG names no market.
    epic: confirm.get('epic').orNull(asEpic),
    direction: decodeDirection(confirm.get('direction')),
    outcome: decodeOutcome(confirm),
    // The date is for people: a strange one must not cost the outcome.
    dateMs: confirm.get('date').orNull(asInstant),
  }
}

function decodeOutcome(confirm: JsonNode): ConfirmOutcome {
  const dealStatus = confirm.get('dealStatus')
  switch (dealStatus.text()) {
    case 'ACCEPTED':
      return decodeAccepted(confirm)
    case 'REJECTED':
      return { kind: 'rejected', reason: confirm.get('reason').orNull(asText) ?? 'UNKNOWN' }
    default:
      // Neither word fits, and a guess would be a deal that is, or is not, there.
      throw dealStatus.wrong('ACCEPTED or REJECTED')
  }
}

// Made once: this is the way of every deal.
const asEpic = (node: JsonNode): Epic => node.as(epic, 'an epic')
const asText = (node: JsonNode): string => node.text()
const asDecimal = (node: JsonNode): Decimal => node.decimal()
const asFlag = (node: JsonNode): boolean => node.flag()
const asStatus = (node: JsonNode): AcceptedOutcome['status'] => node.word(CONFIRM_STATUSES)
const asInstant = (node: JsonNode): number => node.utcMs()

/** An outcome that is known is not lost to a detail that cannot be read; the list of positions has the details. */
function decodeAccepted(confirm: JsonNode): AcceptedOutcome {
  return {
    kind: 'accepted',
    status: confirm.get('status').orNull(asStatus) ?? { other: '' },
    expiry: confirm.get('expiry').orNull(asText),
    level: confirm.get('level').orNull(asDecimal),
    size: confirm.get('size').orNull(asDecimal),
    stopLevel: confirm.get('stopLevel').orNull(asDecimal),
    limitLevel: confirm.get('limitLevel').orNull(asDecimal),
    stopDistancePoints: confirm.get('stopDistance').orNull(asDecimal),
    limitDistancePoints: confirm.get('limitDistance').orNull(asDecimal),
    isGuaranteed: confirm.get('guaranteedStop').orNull(asFlag) ?? false,
    isTrailing: confirm.get('trailingStop').orNull(asFlag) ?? false,
    profit: confirm.get('profit').orNull(asDecimal),
    profitCurrency: confirm.get('profitCurrency').orNull(asText),
    affected: decodeAffected(confirm.get('affectedDeals')),
  }
}

function decodeAffected(deals: JsonNode): readonly AffectedDeal[] {
  const affected: AffectedDeal[] = []
  for (const row of deals.orNull(asList) ?? []) {
    const deal = row.orNull(asAffected)
    if (deal !== null) affected.push(deal)
  }
  return affected
}

const asList = (node: JsonNode): readonly JsonNode[] => node.list()
const asAffected = (node: JsonNode): AffectedDeal => ({
  dealId: node.get('dealId').as(dealId, 'a deal id'),
  status: node.get('status').word(AFFECTED_STATUSES),
})
