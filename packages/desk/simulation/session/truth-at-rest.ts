import { convert, type Position } from '@scalpdesk/mock-broker/engine'
import { type DealId, Decimal, dayBounds } from '@scalpdesk/sdk'
import { plain, shownPosition, shownWorkingOrder } from '../../../bots/src/engine-broker/index.ts'
import { exposure } from '../../src/book/exposure.ts'
import type { Holding } from '../../src/book/holding.ts'
import { ACCOUNT } from '../../src/book/scope.ts'
import { dayTotals } from '../../src/day/day-totals.ts'
import { openProfit } from '../../src/day/open-profit.ts'
import type { DeskState } from '../../src/desk-state.ts'
import { remember, rememberAll } from '../../src/guard/memory/remember.ts'
import { recoveredFrom } from '../../src/index.ts'
import type { Recovered } from '../../src/journal/index.ts'
import { profitOf } from '../../src/profit.ts'
import { broken } from './broken-promise.ts'
import { checkRefused } from './invariants.ts'
import { checkReplay } from './replay-at-rest.ts'
import type { Session } from './session.ts'

/** What must hold once every fault has ended and everything has come to rest. */
export function checkTruthAtRest(session: Session): void {
  checkEnds(session)
  checkBook(session)
  checkOrigins(session)
  checkMoney(session)
  checkResults(session)
  checkDay(session)
  checkJournal(session)
  // The broker's time that ends a day is not written down by itself: the next record that carries it does.
  if (!session.witness.lostRecords && !hasMidnight(session.plan)) checkReplay(session)
}

/** Each order has an end, which is the true one. */
function checkEnds(session: Session): void {
  const { witness, state } = session
  for (const sent of witness.sent.values())
    if (sent.stage === 'rejected' || sent.stage === 'denied') checkRefused(session.program, sent)
  for (const { id, stage } of state.orders.values())
    if (stage.kind === 'sending' || stage.kind === 'acknowledged' || stage.kind === 'checking')
      broken(`order ${id} is still ${stage.kind} at rest`)
  if (state.legChanges.length > 0) broken('a change of legs still waits at rest')
  if (state.reversals.length > 0) broken('a reversal still waits at rest')
}

/** The book is the broker's. */
function checkBook({ state, broker }: Session): void {
  const held = broker.exchange.positions.map(position =>
    holdingWords(shownPosition(position, broker.exchange.book(position.epic as never))),
  )
  expectSame("the desk's positions", [...state.holdings.values()].map(holdingWords), "the broker's", held)
  const resting = broker.exchange.workingOrders.map(order => {
    const { dealId, direction, size, level } = shownWorkingOrder(order, broker.exchange.book(order.epic as never))
    return [dealId, direction, size, level].join(' ')
  })
  const known = [...state.resting.values()].map(({ dealId, direction, size, level }) => {
    return [dealId, direction, size, level].join(' ')
  })
  expectSame("the desk's working orders", known, "the broker's", resting)
}

/** Ours is what our orders made, whichever life of the program sent them. */
function checkOrigins({ state, broker, witness }: Session): void {
  for (const { dealId, reference } of [...broker.exchange.positions, ...broker.exchange.workingOrders]) {
    const known = state.holdings.get(dealId as DealId) ?? state.resting.get(dealId as DealId)
    const isOurs = witness.references.has(reference)
    if (!known || known.origin === 'adopted' || witness.lostRecords) continue
    if (isOurs !== (known.origin === 'ours'))
      broken(`${dealId} is called ${known.origin}, but ${isOurs ? 'we' : 'others'} made it`)
  }
}

type Held = Pick<Holding, 'dealId' | 'direction' | 'size' | 'level' | 'stopLevel' | 'limitLevel' | 'trailingStop'> & {
  readonly isGuaranteed: boolean
}

function holdingWords(held: Held): string {
  const { dealId, direction, size, level, stopLevel, limitLevel, isGuaranteed, trailingStop } = held
  // A stop that trails moves between two readings.
  const stop = trailingStop ? `trails ${trailingStop.distancePoints}:${trailingStop.stepPoints}` : stopLevel
  return [dealId, direction, size, 'at', level, 'stop', stop, 'limit', limitLevel, isGuaranteed].join(' ')
}

function expectSame(what: string, some: readonly string[], than: string, others: readonly string[]): void {
  const [one, other] = [[...some].sort().join('; '), [...others].sort().join('; ')]
  if (one !== other) broken(`${what} are [${one}], but ${than} are [${other}]`)
}

/** What is open comes to the same cent. */
function checkMoney({ state, broker }: Session): void {
  let sum = new Decimal(0)
  for (const holding of state.holdings.values()) {
    const profit = profitOf(holding, state.quotes.get(holding.epic))
    if (!profit) return broken(`the result of ${holding.dealId} is not known at rest`)
    // The broker rounds each position to the cent of the account's currency.
    sum = sum.plus(plain(convert(profit.money, profit.currency as Position['currency'], 'EUR')))
  }
  const { profitLoss } = broker.exchange.account
  if (!sum.equals(plain(profitLoss))) broken(`what is open comes to ${sum}, but to ${profitLoss} at the broker`)
  const { account } = openProfit(state.day, state.quotes)
  if (!account?.equals(sum)) broken(`the day's book says that ${account} is open, but it comes to ${sum}`)
}

/** What was realised, as far as the desk was told, is what the broker booked. */
function checkResults({ state, broker, witness }: Session): void {
  for (const { id, profit } of state.memory.results) {
    const order = state.orders.get(id)
    const closed = order?.reference ? broker.exchange.ledger.closings.get(order.reference) : undefined
    if (!profit || !closed || !witness.sent.has(id)) continue
    const booked = closed.reduce((sum, part) => sum.plus(plain(part.booked)), new Decimal(0))
    if (!profit.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).equals(booked))
      broken(`close ${id} brought ${profit}, but the broker booked ${booked}`)
  }
}

/** The money of the day is what the broker booked: every charge once, and every result once all of them are known. */
function checkDay({ state, broker, plan, witness }: Session): void {
  const { day, memory, booked } = state
  if (!memory.day || !booked) return broken('at rest the desk does not know which day it is')
  const { startMs } = dayBounds(memory.day.name, memory.day.zone)
  const rows = broker.exchange.ledger.booked.filter(({ atMs }) => atMs === null || atMs >= startMs)
  const sumOf = (kind: 'result' | 'charge') =>
    rows.filter(({ what }) => what.kind === kind).reduce((sum, { amount }) => sum.plus(amount), new Decimal(0))
  const { realised, charges } = dayTotals(day)
  const [results, charged] = [sumOf('result'), sumOf('charge')]
  if (!charges?.equals(charged)) broken(`the day's charges come to ${charges}, but the broker booked ${charged}`)
  if (!memory.charged.equals(charged))
    broken(`the guard knows of ${memory.charged} in charges, the broker of ${charged}`)
  // A broker whose clock goes back over a midnight books on the day before.
  const goesBack = plan.steps.some(step => step.do === 'fault' && step.fault === 'clockJump')
  const isOfTwoDays = witness.isHeardNextDay || (goesBack && hasMidnight(plan)) || isHeardAgain({ plan, witness })
  if (!realised || !booked.elsewhere || isOfTwoDays) return
  const known = realised.plus(booked.elsewhere)
  if (!known.equals(results)) broken(`the day's results come to ${known}, but the broker booked ${results}`)
}

/** What the journal of a crash did not keep is heard again after it: of the day before, or of this one. */
function isHeardAgain({ plan, witness }: Pick<Session, 'plan' | 'witness'>): boolean {
  return witness.counts.crashes > 0 && hasMidnight(plan)
}

const hasMidnight = ({ steps }: Session['plan']): boolean => steps.some(step => step.do === 'next-day')

/** The journal is whole, and says what is still open and what is not. */
export function checkJournal({ journal, state, plan, witness }: Session): void {
  const { verdict, recovered } = journal
  if (verdict.kind === 'broken') broken(`the journal does not verify: ${verdict.fault.words}`)
  if (recovered.problems.length > 0) broken(`the journal cannot be read: ${recovered.problems.join('; ')}`)
  if (!isHeardAgain({ plan, witness })) checkGuard(state, recovered)
  if (witness.lostRecords) return
  const idsOf = (questions: typeof recovered.unresolved) => questions.map(({ announcement }) => announcement.id)
  const orders = [...state.orders.values()]
  // What the trader accepted is forgotten with the day.
  const inDoubt = orders.filter(({ stage }) => stage.kind === 'unresolved' && !stage.isAccepted).map(({ id }) => id)
  const written = recovered.unresolved.filter(({ stage }) => stage !== 'accepted')
  expectSame("the desk's orders without an end", inDoubt, "the journal's", idsOf(written))
  expectSame("the desk's open questions", [], "the journal's", idsOf(recovered.openQuestions))
}

/** A restart would know of the lock, and of what the day lost, also of what could not be written when it was told. */
function checkGuard({ memory, brokerMs }: DeskState, recovered: Recovered): void {
  // A midnight of which no record tells is heard from the broker, as it was the first time.
  const read = remember(rememberAll(recoveredFrom(recovered).facts), { kind: 'time', atMs: 0, brokerMs })
  if (read.day?.name !== memory.day?.name) return
  if ((read.lock === null) !== (memory.lock === null))
    broken(`the day is ${memory.lock ? 'locked' : 'open'}, but ${read.lock ? 'locked' : 'open'} by the journal`)
  if (!read.realised.plus(read.charged).equals(memory.realised.plus(memory.charged)))
    broken(
      `the guard counts ${memory.realised} and ${memory.charged}, but the journal ${read.realised} and ${read.charged}`,
    )
}

/** One press gets the trader out of everything, and FLAT is then shown. */
export function checkWayOut(session: Session): void {
  for (const { id, stage } of session.state.orders.values())
    if (stage.kind === 'unresolved' && !stage.isAccepted) session.press({ kind: 'accept-unknown', id })
  session.press({ kind: 'flatten', scope: ACCOUNT })
  session.pass(30_000)
  const { state, broker } = session
  const left = [...broker.exchange.positions, ...broker.exchange.workingOrders].map(held => held.dealId as DealId)
  if (left.length > 0) broken(`${left.join(', ')} is left 30 s after the last press to flatten`)
  if (exposure(state) !== 'flat') broken(`nothing is held, but the exposure is ${exposure(state)}`)
  if (state.flattens.length > 0) broken('the flatten has not ended')
  checkJournal(session)
}
