import { Decimal } from '@scalpdesk/sdk'
import { plain } from '../../../bots/src/engine-broker/index.ts'
import { exposure } from '../../src/book/exposure.ts'
import type { DeskEvent } from '../../src/desk-event.ts'
import type { DeskState } from '../../src/desk-state.ts'
import type { Effect, OrderEffect } from '../../src/effect.ts'
import { remember } from '../../src/guard/memory/remember.ts'
import type { Intent } from '../../src/intents/intent.ts'
import { isAnnouncement } from '../../src/journal/record.ts'
import { isPending } from '../../src/orders/order.ts'
import { EPICS } from '../broker/simulated-markets.ts'
import { broken } from './broken-promise.ts'
import { CAP } from './contracts.ts'
import type { Program } from './program.ts'
import type { SentOrder } from './witness.ts'

/** Which presses may open something, and which may get out. */
const ENTERS: ReadonlySet<Intent['kind']> = new Set(['enter', 'reverse', 'join', 'place'])

/** What must hold at the moment in which an order leaves. @returns whether its record is written */
export function checkSending(program: Program, effect: OrderEffect, before: Effect | undefined): boolean {
  const { witness, state, broker } = program
  const { id, kind } = effect
  if (
    before?.kind !== 'journal' ||
    !isAnnouncement(before.record) ||
    before.record.kind !== `about-to-${kind}` ||
    before.record.id !== id
  )
    broken(`order ${id} left without its record right before it`)
  const isAnnounced = program.lastWritten === id
  if (!isAnnounced && before.entry !== null) broken(`entry ${id} left although its record could not be written`)
  if (witness.sent.has(id)) broken(`order ${id} was sent twice`)
  const press = witness.pressOf(id)
  if (!press) broken(`order ${id} belongs to no press`)
  if (kind === 'open' || kind === 'place') {
    const { reference } = effect.order
    if (witness.references.has(reference)) broken(`the reference ${reference} was used twice`)
    if (reference !== press.reference) broken(`entry ${reference} does not carry the reference of its press`)
    if (!ENTERS.has(press.intent.kind)) broken(`a press to ${press.intent.kind} opened something`)
    witness.references.add(reference)
    checkEntryAllowed(program, id)
  }
  if (kind === 'amend' && isLoosening(state, effect)) checkEntryAllowed(program, id)
  if ('dealId' in effect.order) {
    const key = `${press.reference} ${effect.order.dealId}`
    const requests = (witness.requests.get(key) ?? 0) + 1
    witness.requests.set(key, requests)
    // A flatten tries again what the broker provably refused, twice.
    if (requests > (press.intent.kind === 'flatten' ? 3 : 1))
      broken(`one press sent ${requests} requests for ${effect.order.dealId}`)
  }
  if (witness.references.size > witness.presses.size) broken('more orders than presses')
  if (broker.arrived.length > witness.sent.size + 1) broken('more requests at the broker than were sent')
  return isAnnounced
}

function checkEntryAllowed({ witness, state, atMs }: Program, id: string): void {
  if (!state.isArmed) broken(`${id} was sent by a desk that is disarmed`)
  // The guard hears the time before it looks: a lock of the broker's day before is over.
  if (remember(state.memory, { kind: 'time', atMs, brokerMs: state.brokerMs }).lock)
    broken(`${id} was sent on a day that is locked`)
  if (witness.brokerMs < witness.lockedUntilMs) broken(`${id} was sent although the day was locked before`)
}

/** By what the desk knows of its stop. */
function isLoosening({ holdings, orders }: DeskState, { id, order }: Extract<OrderEffect, { kind: 'amend' }>): boolean {
  const holding = holdings.get(order.dealId)
  const before = orders.get(id)?.purpose
  const stop = before?.kind === 'amend' ? before.before?.stopLevel : undefined
  if (!holding || !stop) return false
  if (order.stopLevel === null) return true
  return holding.direction === 'BUY' ? order.stopLevel.lt(stop) : order.stopLevel.gt(stop)
}

/** What must hold after every event. */
export function checkAfterEvent(program: Program, before: DeskState, event: DeskEvent): void {
  const { state } = program
  noteLock(program)
  if (state.orders !== before.orders) checkOrders(program)
  if (event.kind === 'intent') checkAnswered(before, state, event.intent)
  checkCap(program)
  checkFlat(program, before)
}

function noteLock(program: Program): void {
  const { state, witness, broker } = program
  // A clock that is set back begins no earlier day.
  witness.brokerMs = Math.max(witness.brokerMs, broker.exchange.nowMs)
  const { lock, day } = state.memory
  // What could not be written down yet does not outlive the program.
  if (lock && day && (!witness.lostRecords || isLockWritten(program))) witness.lockedUntilMs = day.endMs
}

/** As the witness saw it go into the journal. */
const isLockWritten = ({ state, witness }: Program): boolean => witness.writtenLocks.has(state.memory.day?.name ?? '')

/** Each order that left has an end, which is the true one, or is shown as one that has none yet. */
export function checkOrders(program: Program): void {
  const { witness, state } = program
  for (const [id, sent] of witness.open) {
    const order = state.orders.get(id)
    if (!order) broken(`order ${id} (${sent.kind}, ${sent.stage}) is not shown any more, but has no end`)
    const { stage } = order
    if (stage.kind === 'unresolved') sent.isAccepted = stage.isAccepted
    if (stage.kind === sent.stage) continue
    sent.stage = stage.kind
    switch (stage.kind) {
      case 'done':
        witness.counts.filled += 1
        checkDone(program, sent)
        break
      case 'rejected':
      case 'denied':
        if (stage.kind === 'rejected') witness.counts.rejected += 1
        checkRefused(program, sent)
        break
      case 'unresolved':
        witness.counts.unresolved += 1
        continue
      default:
        continue
    }
    witness.open.delete(id)
  }
}

function checkDone({ broker }: Program, { id, purpose }: SentOrder): void {
  switch (purpose.kind) {
    case 'open':
    case 'place': {
      if (broker.exchange.ledger.outcomes.get(id)?.outcome.dealStatus !== 'ACCEPTED')
        broken(`${purpose.kind} ${id} is called done, but the broker did not deal it`)
      return
    }
    case 'close': {
      const position = broker.exchange.positions.find(({ dealId }) => dealId === purpose.dealId)
      if (position && plain(position.size).gt(purpose.heldSize.minus(purpose.size)))
        broken(`close ${id} is called done while ${purpose.dealId} is open as it was`)
      return
    }
    case 'cancel':
      if (broker.exchange.workingOrders.some(({ dealId }) => dealId === purpose.dealId))
        broken(`cancellation ${id} is called done while ${purpose.dealId} rests`)
      return
    case 'amend':
      return
  }
}

export function checkRefused({ broker }: Program, { id, kind, stage }: SentOrder): void {
  if (
    (kind === 'open' || kind === 'place') &&
    broker.exchange.ledger.outcomes.get(id)?.outcome.dealStatus === 'ACCEPTED'
  )
    broken(`${kind} ${id} is called ${stage}, but the broker dealt it`)
}

/** A press that shows nothing leaves the trader alone. */
function checkAnswered(before: DeskState, after: DeskState, intent: Intent): void {
  const isSeen =
    before.news !== after.news ||
    before.orders !== after.orders ||
    before.legChanges !== after.legChanges ||
    before.reversals !== after.reversals ||
    before.flattens !== after.flattens
  if (!isSeen) broken(`a press to ${intent.kind} showed nothing`)
}

/** What our orders opened, and may still open, in each market. */
function checkCap({ broker, witness }: Program): void {
  if (broker.exchange.revision === capSeen.get(broker)) return
  capSeen.set(broker, broker.exchange.revision)
  for (const epic of EPICS) {
    const ours = [...broker.exchange.positions, ...broker.exchange.workingOrders].filter(
      held => held.epic === epic && witness.isOurs(held.reference),
    )
    const size = ours.reduce((sum: Decimal, held) => sum.plus(plain(held.size)), new Decimal(0))
    if (size.gt(CAP)) broken(`${size} of our own is open or rests in ${epic}, at most ${CAP} are allowed`)
  }
}
const capSeen = new WeakMap<Program['broker'], number>()

const flatSeen = new WeakMap<Program, { readonly state: DeskState; readonly revision: number }>()

/** FLAT is shown only while the broker holds nothing that anybody could know of. */
function checkFlat(program: Program, before: DeskState): void {
  const { state, broker, witness, plan } = program
  if (!isFlatNews(state, before) && flatSeen.get(program)?.revision === broker.exchange.revision) return
  flatSeen.set(program, { state, revision: broker.exchange.revision })
  if (exposure(state) !== 'flat') return
  const { stream } = broker
  if (!stream.areTradesTold) broken('FLAT while nothing would tell of a change')
  for (const { id, kind, stage, isAccepted } of witness.open.values()) {
    // The lists prove what became of a request to get out.
    const isOver = isAccepted || (stage === 'unresolved' && kind !== 'open' && kind !== 'place')
    if (!isOver) broken(`FLAT while order ${id} is ${stage}`)
  }
  const shownMs = witness.agreedReadingAskedAtMs - plan.listLagMs
  for (const held of [...broker.exchange.positions, ...broker.exchange.workingOrders]) {
    if (witness.isOurs(held.reference)) broken(`FLAT while the broker holds ${held.dealId}, which is ours`)
    if (witness.told.has(held.dealId as never)) broken(`FLAT while ${held.dealId} is held, of which the stream told`)
    if (broker.exchange.ledger.sinceMs(held.dealId) <= shownMs) broken(`FLAT while the list had shown ${held.dealId}`)
  }
}

function isFlatNews(state: DeskState, before: DeskState): boolean {
  return (
    state.orders !== before.orders ||
    state.holdings !== before.holdings ||
    state.resting !== before.resting ||
    state.book !== before.book ||
    state.stream !== before.stream ||
    state.tradeFeed !== before.tradeFeed
  )
}

/** A program that starts knows every order that has no end: of each that could be read, the record was durable. */
export function checkRestart(program: Program): void {
  const { witness, state } = program
  for (const [id, sent] of witness.open) {
    if (state.orders.has(id)) continue
    if (sent.isAnnounced && !sent.isAccepted)
      broken(`order ${id} (${sent.kind}, ${sent.stage}) has no end and was forgotten by the restart`)
    witness.open.delete(id)
  }
  reopen(program)
}

/** What had ended, but not in the records that are left, has to find its end again. */
function reopen({ witness, state }: Program): void {
  for (const order of state.orders.values()) {
    const sent = witness.sent.get(order.id)
    if (!sent || (!isPending(order) && order.stage.kind !== 'unresolved')) continue
    sent.stage = order.stage.kind
    sent.isAccepted = order.stage.kind === 'unresolved' && order.stage.isAccepted
    witness.open.set(order.id, sent)
  }
}
