import { type AcceptedOutcome, type Confirm, type ConfirmEvent, Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { EURUSD } from './desk-fixtures.ts'

/** Builders for tests only: what the broker says became of a request. */

export function aConfirmEvent(confirm: Confirm): ConfirmEvent {
  return { kind: 'confirm', confirm, channel: null, repeatDealing: [] }
}

/** An accepted open, as IG Labs, REST API reference, "Positions" (GET /confirms) describes it. */
export function aConfirm(reference: string, deal: string, change: Partial<AcceptedOutcome> = {}): Confirm {
  return {
    reference: dealReference(reference),
    dealId: dealId(deal),
    epic: EURUSD,
    direction: 'BUY',
    dateMs: null,
    outcome: {
      kind: 'accepted',
      status: 'open',
      expiry: '-',
      level: new Decimal('1.08418'),
      size: new Decimal(1),
      stopLevel: new Decimal('1.08318'),
      limitLevel: null,
      stopDistancePoints: null,
      limitDistancePoints: null,
      isGuaranteed: false,
      isTrailing: false,
      profit: null,
      profitCurrency: null,
      affected: [{ dealId: dealId(deal), status: 'opened' }],
      ...change,
    },
  }
}

/** An accepted close: it names the deal that was opened. */
export function aCloseConfirm(reference: string, deal: string, change: Partial<AcceptedOutcome> = {}): Confirm {
  const closed = aConfirm(reference, deal, {
    status: 'closed',
    level: new Decimal('1.08502'),
    stopLevel: null,
    profit: new Decimal('8.40'),
    profitCurrency: 'USD',
    affected: [{ dealId: dealId(deal), status: 'fully-closed' }],
    ...change,
  })
  return { ...closed, direction: 'SELL' }
}

/** An accepted close of a part: it names the deal that goes on. */
export function aPartCloseConfirm(reference: string, deal: string, change: Partial<AcceptedOutcome> = {}): Confirm {
  const affected = [{ dealId: dealId(deal), status: 'partially-closed' }] as const
  return aCloseConfirm(reference, deal, { status: 'partially-closed', affected, ...change })
}

/** An accepted amendment, with the legs as they are now. */
export function anAmendConfirm(reference: string, deal: string, change: Partial<AcceptedOutcome> = {}): Confirm {
  const affected = [{ dealId: dealId(deal), status: 'amended' }] as const
  return aConfirm(reference, deal, { status: 'amended', affected, ...change })
}

/** A working order that rests from now on. */
export function aPlaceConfirm(reference: string, deal: string, change: Partial<AcceptedOutcome> = {}): Confirm {
  return aConfirm(reference, deal, { level: new Decimal('1.08410'), ...change })
}

/** A working order that rests no more. */
export function aCancelConfirm(reference: string, deal: string): Confirm {
  const affected = [{ dealId: dealId(deal), status: 'deleted' }] as const
  return aConfirm(reference, deal, { status: 'deleted', affected })
}

export function aRejection(reference: string, reason: string): Confirm {
  return { ...aConfirm(reference, 'DIREFUSED'), outcome: { kind: 'rejected', reason } }
}
