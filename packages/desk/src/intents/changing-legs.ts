import type { AmendOrder, Decimal } from '@scalpdesk/sdk'
import type { Holding, Legs } from '../book/holding.ts'
import type { IntentEvent } from '../desk-event.ts'
import { type DeskState, marketOf } from '../desk-state.ts'
import { freshness } from '../freshness.ts'
import { amendRisk } from '../guard/amend-risk.ts'
import { type Approved, approveAmend } from '../guard/approved.ts'
import { legsText } from '../orders/order-texts.ts'
import { sendOrder } from '../orders/sending.ts'
import { readBookIn, say, type Turn, update } from '../turn.ts'
import { type Message, message } from '../words/message.ts'
import { circumstancesOf } from './circumstances.ts'
import { AFTER_SEND_MS, denied } from './entering.ts'
import type { Target } from './intent.ts'
import { changedLegs, type LegChange, type LegIntent } from './leg-change.ts'

/** A change that cannot be sent by then is not sent: it would move a leg at a moment that nobody chose (our choice). */
const CHANGE_WITHIN_MS = 5_000
/** Our choice: more presses than anybody means wait for nothing. */
const CHANGES_KEPT = 20

/**
 * An amendment replaces both legs, so it is worked out from what the broker's list shows: a position that only its confirm
 * told of is read first, and one change of a position waits for the one before.
 */
export function changeLegs(turn: Turn, intent: LegIntent, { reference, atMs, pressedAtMs }: IntentEvent): void {
  const targets = targetsOf(turn.state, intent.target)
  if (targets.length === 0) {
    say(turn, 'info', message('nothing-to-change'))
    return readBookIn(turn, 0)
  }
  const untilMs = atMs + CHANGE_WITHIN_MS
  const asked = targets.map(
    ({ dealId, epic }, i): LegChange => ({ id: `${reference}.${i + 1}`, dealId, epic, intent, pressedAtMs, untilMs }),
  )
  const legChanges = [...turn.state.legChanges, ...asked]
  if (legChanges.length > CHANGES_KEPT)
    return say(turn, 'bad', message('not-changed', { why: message('too-many-changes') }))
  update(turn, { legChanges })
  if (targets.some(({ seen }) => seen.kind === 'confirmed')) readBookIn(turn, 0)
}

function targetsOf({ holdings }: DeskState, target: Target): readonly Holding[] {
  return [...holdings.values()].filter(({ dealId, epic }) =>
    'dealId' in target ? dealId === target.dealId : epic === target.epic,
  )
}

export function advanceLegChanges(turn: Turn): void {
  for (const change of turn.state.legChanges) {
    const holding = turn.state.holdings.get(change.dealId)
    if (!holding) skip(turn, change, message('position-gone'))
    else if (turn.atMs >= change.untilMs) skip(turn, change, message('legs-not-told'))
    else if (isReady(turn.state, change, holding)) send(turn, change, holding)
  }
}

/** When the next one that waits is given up. */
export function legChangeDueMs({ legChanges }: DeskState): number | null {
  return legChanges.length > 0 ? Math.min(...legChanges.map(({ untilMs }) => untilMs)) : null
}

function isReady({ legChanges, orders }: DeskState, change: LegChange, { seen, dealId }: Holding): boolean {
  const [first] = legChanges.filter(other => other.dealId === dealId)
  if (first !== change || seen.kind === 'confirmed') return false
  return ![...orders.values()].some(
    ({ purpose, stage }) =>
      purpose.kind === 'amend' &&
      purpose.dealId === dealId &&
      (stage.kind === 'sending' || stage.kind === 'acknowledged' || stage.kind === 'checking'),
  )
}

function take(turn: Turn, change: LegChange): void {
  update(turn, { legChanges: turn.state.legChanges.filter(other => other !== change) })
}

function skip(turn: Turn, change: LegChange, why: Message): void {
  take(turn, change)
  say(turn, 'bad', message('not-changed', { why }))
}

function send(turn: Turn, change: LegChange, holding: Holding): void {
  const market = marketOf(turn.state, holding.epic)
  const found = changedLegs(holding, change.intent, { market, price: closingPrice(turn, holding) })
  if (found.kind === 'nothing') return skip(turn, change, found.why)
  take(turn, change)
  const { state, atMs } = turn
  const order = amendOrder(holding, found.legs)
  const around = circumstancesOf(state, holding.epic, atMs, change.pressedAtMs)
  const verdict = approveAmend(order, state.holdings, around)
  if (verdict.kind === 'denied') return denied(turn, { kind: 'change', change: change.intent.kind }, verdict.denial)
  sendAmend(turn, change, holding, found.legs, verdict.order)
}

/** It says the kind of stop that shall be there. */
function amendOrder({ dealId }: Holding, { stopLevel, limitLevel, isGuaranteed, trailingStop }: Legs): AmendOrder {
  if (stopLevel !== null && isGuaranteed) return { dealId, limitLevel, stopLevel, isGuaranteed }
  if (stopLevel !== null && trailingStop !== null) return { dealId, limitLevel, stopLevel, trailingStop }
  return { dealId, limitLevel, stopLevel }
}

/** Only a price that may be believed. */
function closingPrice({ state, atMs }: Turn, { epic, direction }: Holding): Decimal | null {
  const quote = state.quotes.get(epic)
  if (!quote || freshness(state, quote, atMs) !== 'live') return null
  return direction === 'BUY' ? quote.bid : quote.offer
}

function sendAmend(
  turn: Turn,
  { id, pressedAtMs }: LegChange,
  holding: Holding,
  after: Legs,
  order: Approved<AmendOrder>,
): void {
  const { dealId, epic, stopLevel, limitLevel, isGuaranteed, trailingStop } = holding
  sendOrder(turn, {
    effect: { kind: 'amend', id, order },
    purpose: { kind: 'amend', epic, dealId, before: { stopLevel, limitLevel, isGuaranteed, trailingStop }, after },
    announcement: {
      kind: 'about-to-amend',
      atMs: turn.atMs,
      id,
      dealId,
      epic,
      stopLevel: after.stopLevel?.toFixed() ?? null,
      limitLevel: after.limitLevel?.toFixed() ?? null,
      trailing: after.trailingStop && {
        distancePoints: after.trailingStop.distancePoints.toFixed(),
        stepPoints: after.trailingStop.stepPoints.toFixed(),
      },
      isGuaranteed: after.isGuaranteed,
    },
    pressedAtMs,
    isEntry: amendRisk(holding, order) === 'loosens',
  })
  say(turn, 'wait', message('changing', { legs: legsText(turn.state, epic, after) }))
  readBookIn(turn, AFTER_SEND_MS)
}
