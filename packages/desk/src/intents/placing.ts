import type { Decimal, PlaceOrder } from '@scalpdesk/sdk'
import type { IntentEvent } from '../desk-event.ts'
import { type Approved, approvePlace } from '../guard/approved.ts'
import { deny } from '../guard/denial.ts'
import { placeAsk } from '../guard/order-ask.ts'
import { pressOf } from '../guard/question.ts'
import { learn } from '../learning.ts'
import type { PlacePurpose } from '../orders/order.ts'
import { orderText } from '../orders/order-texts.ts'
import { sendOrder } from '../orders/sending.ts'
import { wantedDeal } from '../preset-deal.ts'
import { type ChosenDeal, placedLegs } from '../presets/arming.ts'
import { bookChanged, say, type Turn } from '../turn.ts'
import { message } from '../words/message.ts'
import { circumstancesOf } from './circumstances.ts'
import { AFTER_SEND_MS, denied, deniedEntry, tradedContract } from './entering.ts'
import type { Intent, PlaceIntent } from './intent.ts'

/** Rests an order at a level. It asks the guard as an entry does: the market may deal it at any time. */
export function place(turn: Turn, intent: PlaceIntent, event: IntentEvent): void {
  rest(turn, intent, event, false)
}

/** Rests an order where the others are: at the bid to buy, at the offer to sell. */
export function join(turn: Turn, intent: Extract<Intent, { kind: 'join' }>, event: IntentEvent): void {
  const { epic, direction } = intent
  const quote = turn.state.quotes.get(epic)
  const level: Decimal | null = (direction === 'BUY' ? quote?.bid : quote?.offer) ?? null
  if (level) return rest(turn, { ...intent, kind: 'place', orderKind: 'limit', level }, event, true)
  denied(turn, { kind: 'order', direction }, deny('no-price', message('no-price-to-join')))
}

/** @param followsPrice its level is that of the price now, which therefore has to be a live one */
function rest(turn: Turn, intent: PlaceIntent, event: IntentEvent, followsPrice: boolean): void {
  const { state, atMs } = turn
  const { epic, direction, orderKind, level, goodTill = 'cancelled' } = intent
  const { reference, pressedAtMs } = event
  const wanted = { kind: 'order', direction } as const
  const contract = tradedContract(turn, { epic, reference }, wanted)
  if (!contract) return
  if (!level.isFinite()) {
    const told = { market: contract.market.name, level: String(level) }
    return denied(turn, wanted, deny('dealing-rules', message('no-level', told)))
  }
  const { deal, problems } = wantedDeal(state, contract, intent.size, 'working-order')
  const legs = placedLegs(withLegs(deal, intent))
  const { market } = contract
  const order: PlaceOrder = { reference, market, kind: orderKind, direction, size: deal.size, level, goodTill, ...legs }
  const around = circumstancesOf(state, epic, atMs, pressedAtMs, problems)
  const ask = placeAsk(order, followsPrice, around.known, pressedAtMs)
  const verdict = approvePlace(order, followsPrice, around)
  if (verdict.kind === 'denied') return deniedEntry(turn, wanted, ask, verdict.denial)
  send(turn, verdict.order, pressedAtMs)
  learn(turn, { kind: 'entry-sent', press: pressOf(ask), pressedAtMs })
}

/** What the intent says of its legs counts; null is none. */
function withLegs(deal: ChosenDeal, { stopPoints, limitPoints }: PlaceIntent): ChosenDeal {
  return {
    ...deal,
    ...(stopPoints !== undefined && { stop: stopPoints && { kind: 'normal', distancePoints: stopPoints } }),
    ...(limitPoints !== undefined && { limitPoints }),
  }
}

function send(turn: Turn, order: Approved<PlaceOrder>, pressedAtMs: number): void {
  const { reference, market, direction, size, level, kind: orderKind } = order
  const { epic } = market
  const stopPoints = order.stop?.distancePoints ?? null
  const limitPoints = order.limit?.distancePoints ?? null
  const purpose: PlacePurpose = { kind: 'place', epic, direction, size, level, orderKind, stopPoints, limitPoints }
  sendOrder(turn, {
    effect: { kind: 'place', id: reference, order },
    purpose,
    announcement: {
      kind: 'about-to-place',
      atMs: turn.atMs,
      id: reference,
      epic,
      direction,
      size: size.toFixed(),
      type: orderKind === 'limit' ? 'LIMIT' : 'STOP',
      level: level.toFixed(),
      stopPoints: stopPoints?.toFixed() ?? null,
      limitPoints: limitPoints?.toFixed() ?? null,
      isGuaranteed: order.stop?.isGuaranteed ?? false,
    },
    pressedAtMs,
    isEntry: true,
  })
  const sent = turn.state.orders.get(reference)
  if (sent) say(turn, 'wait', message('sent-order', { order: orderText(turn.state, sent) }))
  bookChanged(turn, AFTER_SEND_MS)
}
