import type { ActivityJson, ActivityV1Json } from '@scalpdesk/wire'
import { type Activity, type Book, currencySymbol, isCurrency, shortId } from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'

/** GET /history/activity, version 3 (IG Labs, REST API reference, "Activity history"). Its dates are UTC (unconfirmed). */
export function activityJson(activity: Activity, book: Book | undefined): ActivityJson {
  const number = (value: Activity['level']): number | null => value?.toNumber() ?? null
  return {
    date: wireDate.iso(activity.atMs),
    epic: activity.epic,
    period: book?.market.expiry ?? '-',
    dealId: activity.dealId,
    channel: activity.channel,
    type: activity.type,
    status: activity.status,
    description: description(activity),
    details: {
      dealReference: activity.reference,
      actions: activity.actions.map(({ type, dealId }) => ({ actionType: type, affectedDealId: dealId })),
      marketName: book?.market.name ?? '',
      goodTillDate: activity.goodTillMs === null ? null : wireDate.slashesToMinute(activity.goodTillMs),
      currency: activity.currency,
      size: number(activity.size),
      direction: activity.direction,
      level: number(activity.level),
      stopLevel: number(activity.stopLevel),
      stopDistance: number(activity.stopPoints),
      guaranteedStop: activity.isStopGuaranteed,
      trailingStopDistance: number(activity.trailingPoints),
      trailingStep: number(activity.trailingStepPoints),
      limitLevel: number(activity.limitLevel),
      limitDistance: number(activity.limitPoints),
    },
  }
}

/** Version 1; version 2 has the date in one field. @param number which of the account's activities it is, from 1. */
export function activityV1Json(activity: Activity, book: Book | undefined, number: number): ActivityV1Json {
  const text = (value: Activity['level']): string => value?.toFixed() ?? '-'
  const { size, direction, currency } = activity
  const shortAction =
    activity.type === 'EDIT_STOP_AND_LIMIT' ? 'S&L' : activity.type === 'WORKING_ORDER' ? 'Order' : 'Position'
  return {
    epic: activity.epic,
    dealId: activity.dealId,
    activityHistoryId: String(number).padStart(10, '0'),
    date: wireDate.shortDay(activity.atMs),
    time: wireDate.localTime(activity.atMs).slice(0, 5),
    activity: shortAction,
    marketName: book?.market.name ?? '',
    period: book?.market.expiry ?? '-',
    result: description(activity),
    channel: activity.channel === 'SYSTEM' ? 'System' : 'Web',
    currency: isCurrency(currency) ? currencySymbol(currency) : '',
    size: size ? `${direction === 'BUY' ? '+' : '-'}${size.toFixed(2)}` : '-',
    level: text(activity.level),
    stop: text(activity.stopLevel),
    limit: text(activity.limitLevel),
    stopType: stopType(activity),
    actionStatus: activity.status === 'ACCEPTED' ? 'ACCEPT' : 'REJECT',
  }
}

function stopType({ stopLevel, isStopGuaranteed, trailingPoints }: Activity): string {
  if (trailingPoints) return `T(${trailingPoints.toFixed()})`
  if (!stopLevel) return '-'
  return isStopGuaranteed ? 'G' : 'N'
}

/** `Position opened: 39UG9VA6`: words for people, in one language here. */
function description({ status, reason, actions, dealId }: Activity): string {
  const [action] = actions
  if (status !== 'ACCEPTED' || !action) return `Rejected: ${reason}`
  const words = action.type.toLowerCase().replaceAll('_', ' ')
  const ids = actions.map(each => shortId(each.dealId)).join(', ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${ids || shortId(dealId)}`
}
