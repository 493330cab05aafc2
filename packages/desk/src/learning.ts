import type { DealId, Decimal, Epic } from '@scalpdesk/sdk'
import { nextDay } from './day/day.ts'
import { nextDaysLatency } from './day/latency.ts'
import { lockMessage } from './guard/memory/day-lock.ts'
import type { DayMemory } from './guard/memory/day-memory.ts'
import { type FactBody, type GuardFact, isJournalled } from './guard/memory/fact.ts'
import { lockFact, remember } from './guard/memory/remember.ts'
import { writeFact } from './guard-records.ts'
import { toAccountMoney } from './presets/account-money.ts'
import type { MarketTerms } from './presets/market-terms.ts'
import { say, type Turn, update } from './turn.ts'
import { message } from './words/message.ts'

/** The guard learns something that the day must remember; what matters of it goes into the journal. */
export function learn(turn: Turn, body: FactBody): void {
  const stamp = { atMs: turn.atMs, brokerMs: turn.state.brokerMs }
  const before = turn.state.memory
  const fact: GuardFact = { ...body, ...stamp }
  const memory = remember(before, fact)
  update(turn, { memory, ...(isNextDay(before, memory) && nextDayOf(turn)) })
  if (isJournalled(fact)) writeFact(turn, body)
  const locked = lockFact(before, memory, stamp)
  if (!locked) return
  // The trader who locked it is the fact itself.
  if (body.kind !== 'locked') writeFact(turn, locked)
  update(turn, { reversals: [] })
  if (memory.lock) say(turn, 'bad', message('day-locked', { lock: lockMessage(memory.lock) }))
}

function nextDayOf({ state }: Turn) {
  const booked = state.booked && { ...state.booked, isWanted: true, elsewhere: null }
  return { day: nextDay(state.day), latency: nextDaysLatency(state.latency), booked }
}

/** Another day, and not only the broker's name for the one that the machine's clock had named. */
function isNextDay(before: DayMemory, after: DayMemory): boolean {
  return before.day?.by === 'broker' && before.day.name !== after.day?.name
}

interface Result {
  /** Names it: told twice it counts once. */
  readonly id: string
  readonly dealId: DealId
  readonly epic: Epic
  readonly profit: Decimal | null
  readonly currency: string | null
  /** Nothing of the deal is left. */
  readonly isWhole: boolean
}

/** What a deal, or a part of one, brought: by the broker's own figure; null where it told none. */
export function learnResult(turn: Turn, { id, dealId, epic, profit, currency, isWhole }: Result): void {
  const { contracts, accountCurrency } = turn.state
  const rate = currency === null ? null : rateOf(contracts.get(epic)?.terms, currency)
  const money =
    profit && currency !== null ? toAccountMoney(profit, { currency, currencyPerBase: rate }, accountCurrency) : null
  learn(turn, { kind: 'deal-closed', id, dealId, profit: money, isWhole })
}

/** A market tells the rate of its own currency only. */
function rateOf(terms: MarketTerms | undefined, currency: string): Decimal | null {
  return terms?.currency === currency ? terms.currencyPerBase : null
}
