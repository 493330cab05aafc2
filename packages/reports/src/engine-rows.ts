import type { Activity as EngineActivity, Transaction as EngineTransaction } from '@scalpdesk/mock-broker/engine'
import {
  type Activity,
  type ActivityActionType,
  Decimal,
  dealId,
  dealReference,
  epic,
  type Transaction,
} from '@scalpdesk/sdk'

/** A row of the mock broker's engine as the SDK reads it from the wire: in whole seconds. @param symbol IG's, of the account's currency */
export function engineTransaction(
  row: EngineTransaction,
  symbol: string,
  dayOf: (atMs: number) => string,
): Transaction {
  const type = ({ TRADE: 'trade', WITH: 'withdrawal', DEPO: 'deposit' } as const)[row.type]
  return {
    closedAtMs: wholeSecond(row.atMs),
    openedAtMs: wholeSecond(row.openedAtMs),
    date: dayOf(row.atMs),
    instrumentName: row.name,
    period: row.expiry,
    profitAndLoss: { amount: plain(row.amount), symbol },
    type,
    reference: row.reference,
    openLevel: row.openLevel && plain(row.openLevel),
    closeLevel: row.closeLevel ? plain(row.closeLevel) : new Decimal(0),
    size: row.size && plain(row.size),
    currencySymbol: symbol,
    isCash: row.type === 'DEPO',
  }
}

/** As {@link engineTransaction} does. @param isElsewhere dealt on another platform than over the API */
export function engineActivity(row: EngineActivity, marketName: string | null, isElsewhere: boolean): Activity {
  const { level, size, stopLevel, stopPoints, limitLevel, limitPoints, trailingPoints, trailingStepPoints } = row
  const figure = (value: Decimal | null) => value && plain(value)
  return {
    atMs: wholeSecond(row.atMs),
    dateText: new Date(wholeSecond(row.atMs)).toISOString().slice(0, 19),
    epic: epic(row.epic),
    period: '-',
    dealId: dealId(row.dealId),
    channel: row.channel === 'SYSTEM' ? 'system' : isElsewhere ? 'web' : 'public-web-api',
    type: (
      {
        POSITION: 'position',
        WORKING_ORDER: 'working-order',
        EDIT_STOP_AND_LIMIT: 'edit-stop-and-limit',
        SYSTEM: 'system',
      } as const
    )[row.type],
    status: row.status === 'ACCEPTED' ? 'accepted' : 'rejected',
    description: null,
    details: {
      dealReference: dealReference(row.reference),
      actions: row.actions.map(action => ({
        type: action.type.toLowerCase().replaceAll('_', '-') as ActivityActionType,
        affectedDealId: dealId(action.dealId),
      })),
      marketName,
      goodTillDate: null,
      currency: row.currency,
      size: figure(size),
      direction: row.direction,
      level: figure(level),
      stopLevel: figure(stopLevel),
      stopDistance: figure(stopPoints),
      limitLevel: figure(limitLevel),
      limitDistance: figure(limitPoints),
      isGuaranteed: row.isStopGuaranteed,
      trailingStopDistance: figure(trailingPoints),
      trailingStep: figure(trailingStepPoints),
    },
  }
}

const wholeSecond = (atMs: number): number => Math.floor(atMs / 1_000) * 1_000

const plain = (value: Decimal): Decimal => new Decimal(value.toFixed())
