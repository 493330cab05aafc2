import { type DeskState, dayResult, limitsOf, lockMessage, lossStreak, openProfit, timeAt } from '@scalpdesk/desk'
import { type AllowanceView, Decimal, type Epic } from '@scalpdesk/sdk'
import type { GuardLine } from '../../screen/view.ts'
import type { SessionWords } from '../session-words.ts'
import { spanText, spreadPoints, withDecimals } from './figure-text.ts'

/** What the guard would say of one more entry in a market, before it is asked: each limit that is set, and what is used of it. */
export function guardLines(
  state: DeskState,
  chosen: Epic,
  allowances: AllowanceView,
  nowMs: number,
  { guard: words, desk }: Pick<SessionWords, 'guard' | 'desk'>,
): readonly GuardLine[] {
  const limits = state.memory.limits.inForce
  const own = limitsOf(limits, chosen)
  return [
    lockLine(state, words, desk),
    coolDownLine(state, nowMs, words),
    dayLossLine(state, words),
    countLine(words.positions, openCount(state), limits.maxOpenPositions, words),
    countLine(words.entries, entriesInMinute(state, nowMs), limits.maxEntriesPerMinute, words),
    streakLine(state, words),
    sizeLine(words.held, heldSize(state, chosen), own.maxHeldSize, words),
    spreadLine(state, chosen, own.maxSpreadPoints, words),
    allowanceLine(words.tradingAllowance, allowances.trading, words),
    allowanceLine(words.dataAllowance, allowances.data, words),
  ].filter(line => line !== null)
}

type Words = SessionWords['guard']

function lockLine({ memory: { lock } }: DeskState, words: Words, desk: SessionWords['desk']): GuardLine | null {
  return lock && { label: words.day, text: words.locked(desk(lockMessage(lock))), share: 1, tone: 'reached' }
}

function coolDownLine({ memory: { coolDown, clock } }: DeskState, nowMs: number, words: Words): GuardLine | null {
  if (!coolDown || !clock) return null
  const leftMs = coolDown.untilMs - timeAt(clock, nowMs)
  return leftMs > 0 ? { label: words.coolDown, text: words.left(spanText(leftMs)), share: null, tone: 'reached' } : null
}

function dayLossLine(state: DeskState, words: Words): GuardLine | null {
  const { memory, accountCurrency: currency } = state
  const { maxDayLoss } = memory.limits.inForce
  if (maxDayLoss === null) return null
  const isSomethingOpen = state.holdings.size > 0
  const open = isSomethingOpen ? openProfit(state.day, state.quotes).account : null
  const result = dayResult({ ...memory, openProfit: open }, isSomethingOpen)
  const most = `${cents(maxDayLoss)} ${currency}`
  if (result.kind === 'unknown') return { label: words.dayLoss, text: words.notKnown(most), share: null, tone: 'near' }
  const lost = Decimal.max(0, result.money.neg())
  const share = shareOf(lost, maxDayLoss)
  return { label: words.dayLoss, text: words.of(cents(lost), most), share, tone: toneOf(share) }
}

const cents = (money: Decimal): string => withDecimals(money, 2)

/** Positions, working orders, and entries whose outcome is awaited: what the guard counts. */
function openCount({ holdings, resting, areOrdersListed, orders }: DeskState): number | null {
  if (!areOrdersListed) return null
  let pending = 0
  for (const { purpose, stage } of orders.values()) {
    if (purpose.kind !== 'open' && purpose.kind !== 'place') continue
    const isAwaited = stage.kind === 'sending' || stage.kind === 'acknowledged' || stage.kind === 'checking'
    if (isAwaited || (stage.kind === 'unresolved' && !stage.isAccepted)) pending += 1
  }
  return holdings.size + resting.size + pending
}

const MINUTE_MS = 60_000

function entriesInMinute({ memory: { entriesMs, clock } }: DeskState, nowMs: number): number {
  if (!clock) return 0
  const timeMs = timeAt(clock, nowMs)
  return entriesMs.filter(atMs => timeMs - atMs < MINUTE_MS).length
}

function streakLine({ memory }: DeskState, words: Words): GuardLine | null {
  const most = memory.limits.inForce.maxLossStreak
  return countLine(words.lossStreak, lossStreak(memory), most, words)
}

function heldSize({ holdings, resting, areOrdersListed }: DeskState, epic: Epic): Decimal | null {
  if (!areOrdersListed) return null
  return [...holdings.values(), ...resting.values()]
    .filter(held => held.epic === epic)
    .reduce<Decimal | null>((sum, { size }) => sum && size && sum.plus(size), new Decimal(0))
}

function countLine(label: string, used: number | null, most: number | null, words: Words): GuardLine | null {
  return sizeLine(label, used === null ? null : new Decimal(used), most === null ? null : new Decimal(most), words)
}

function sizeLine(label: string, used: Decimal | null, most: Decimal | null, words: Words): GuardLine | null {
  if (most === null) return null
  if (used === null) return { label, text: words.notKnown(most.toFixed()), share: null, tone: 'near' }
  const share = shareOf(used, most)
  return { label, text: words.of(used.toFixed(), most.toFixed()), share, tone: toneOf(share) }
}

function spreadLine(state: DeskState, epic: Epic, most: Decimal | null, words: Words): GuardLine | null {
  if (most === null) return null
  const market = state.contracts.get(epic)?.market
  const spread = market ? spreadPoints(state.quotes.get(epic), market.pointsPerUnit) : null
  if (spread === null) return { label: words.spread, text: words.notKnown(most.toFixed()), share: null, tone: 'near' }
  const share = shareOf(new Decimal(spread), most)
  // A spread at its limit is still taken.
  const tone = share > 1 ? 'reached' : share > NEAR ? 'near' : 'even'
  return { label: words.spread, text: words.of(spread, most.toFixed()), share, tone }
}

function allowanceLine(label: string, window: AllowanceView['trading'], words: Words): GuardLine | null {
  const { limit, used, heldBackUntilMs } = window
  if (heldBackUntilMs !== null) return { label, text: words.heldBack, share: 1, tone: 'reached' }
  if (limit === null) return null
  const share = limit === 0 ? 1 : used / limit
  return { label, text: words.leftOf(String(Math.max(0, limit - used)), String(limit)), share, tone: toneOf(share) }
}

/** From here on a limit is said to be near: our choice. */
const NEAR = 0.75

/** For a bar: not money any more. */
const shareOf = (used: Decimal, most: Decimal): number => (most.isZero() ? 1 : used.div(most).toNumber())

const toneOf = (share: number): GuardLine['tone'] => (share >= 1 ? 'reached' : share >= NEAR ? 'near' : 'even')
