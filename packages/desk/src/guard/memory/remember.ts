import { type AccountZone, Decimal, dayAt, dayBounds } from '@scalpdesk/sdk'
import { unreachable } from '../../unreachable.ts'
import { tightest } from '../tightest.ts'
import { goOn } from './day-clock.ts'
import { type DayLock, lockByLoss } from './day-lock.ts'
import { type DayMemory, emptyMemory, type TradingDay } from './day-memory.ts'
import { lockingLoss } from './day-result.ts'
import type { DealClosed, FactBody, GuardFact, Stamp } from './fact.ts'
import { coolDownAfter } from './loss-streak.ts'

export const NOTHING_REMEMBERED: DayMemory = emptyMemory(new Decimal(0))

/** The memory after one more fact. */
export function remember(memory: DayMemory, fact: GuardFact): DayMemory {
  const timed = fact.kind === 'started' ? startRun(memory, fact) : memory
  return lockIfLost(take(atNewDay(onTime(timed, fact), fact), fact))
}

export const rememberAll = (facts: Iterable<GuardFact>): DayMemory => {
  let memory = NOTHING_REMEMBERED
  for (const fact of facts) memory = remember(memory, fact)
  return memory
}

/** The fact to journal when a step locked the day by itself; null when it did not. */
export function lockFact(before: DayMemory, after: DayMemory, { atMs, brokerMs }: Stamp): GuardFact | null {
  if (!after.lock || before.lock) return null
  return { kind: 'locked', atMs, brokerMs, ...after.lock }
}

/** The rate of entries is counted over it. */
export const MINUTE_MS = 60_000

function startRun(memory: DayMemory, fact: Extract<GuardFact, { kind: 'started' }>): DayMemory {
  const { atMs, wallMs, zone } = fact
  const clock = memory.clock ? { ...memory.clock, atMs } : ({ timeMs: wallMs, atMs, by: 'wall' } as const)
  const day = memory.day ?? dayOf(wallMs, zone, 'wall')
  return { ...memory, clock, day, nextZone: zone, presses: new Map() }
}

function onTime(memory: DayMemory, { atMs, brokerMs }: Stamp): DayMemory {
  if (!memory.clock) return memory
  const clock = goOn(memory.clock, atMs, brokerMs)
  if (memory.clock.by === clock.by) return { ...memory, clock }
  // Stamps by the machine's clock move with it.
  const moved = clock.timeMs - goOn(memory.clock, atMs, null).timeMs
  const coolDown = memory.coolDown && { ...memory.coolDown, untilMs: memory.coolDown.untilMs + moved }
  return { ...memory, clock, coolDown, entriesMs: memory.entriesMs.map(ms => ms + moved) }
}

/** Only a time that the broker told begins a day. */
function atNewDay(memory: DayMemory, { brokerMs }: Stamp): DayMemory {
  const { day } = memory
  if (brokerMs === null || !Number.isFinite(brokerMs) || day === null) return memory
  // What was remembered under the machine's day belongs to the broker's: the machine may have been wrong.
  if (day.by === 'wall') return { ...memory, day: dayOf(brokerMs, day.zone, 'broker') }
  if (brokerMs < day.endMs) return memory
  return {
    ...memory,
    day: dayOf(brokerMs, memory.nextZone, 'broker'),
    limits: { inForce: memory.limits.configured, configured: memory.limits.configured, isFixed: false },
    results: [],
    realised: NOTHING_REMEMBERED.realised,
    charges: [],
    charged: NOTHING_REMEMBERED.charged,
    streakFrom: 0,
    // Of another day's last look; what is held over midnight counts whole once it is told.
    openProfit: null,
    openingEquity: memory.equity,
    lock: null,
  }
}

function dayOf(ms: number, zone: AccountZone, by: TradingDay['by']): TradingDay {
  const name = dayAt(ms, zone)
  return { name, zone, endMs: dayBounds(name, zone).endMs, by }
}

function take(memory: DayMemory, fact: GuardFact): DayMemory {
  switch (fact.kind) {
    case 'started':
    case 'time':
      return memory
    case 'limits':
      return takeLimits(memory, fact)
    case 'entry-sent':
      return takeEntry(fix(memory), fact)
    case 'duplicate-refused':
      return takePress(memory, fact)
    case 'deal-closed':
      return takeResult(fix(memory), fact)
    case 'charge-booked':
      return takeCharge(fix(memory), fact)
    case 'open-profit':
      return { ...memory, openProfit: fact.money }
    case 'equity':
      return { ...memory, equity: fact.money, openingEquity: memory.openingEquity ?? fact.money }
    case 'locked':
      return lock(memory, { reason: fact.reason, words: fact.words, loss: fact.loss })
    default:
      return unreachable(fact)
  }
}

/** The first limits of a day count as they are, unless something was traded before; from then on they can only tighten. */
function takeLimits(memory: DayMemory, { limits }: Extract<FactBody, { kind: 'limits' }>): DayMemory {
  const { inForce, isFixed } = memory.limits
  const next = isFixed ? tightest(inForce, limits) : limits
  return { ...memory, limits: { inForce: next, configured: limits, isFixed: true } }
}

function fix(memory: DayMemory): DayMemory {
  return memory.limits.isFixed ? memory : { ...memory, limits: { ...memory.limits, isFixed: true } }
}

function takeEntry(memory: DayMemory, fact: Extract<FactBody, { kind: 'entry-sent' }>): DayMemory {
  const pressed = takePress(memory, fact)
  const nowMs = memory.clock?.timeMs
  if (nowMs === undefined) return pressed
  return { ...pressed, entriesMs: [...ofLastMinute(memory.entriesMs, nowMs), nowMs] }
}

/** They are in the order of their times, so the search ends at the first that counts: a program may send hundreds a minute. */
export function ofLastMinute(entriesMs: readonly number[], nowMs: number): readonly number[] {
  const first = entriesMs.findIndex(ms => nowMs - ms < MINUTE_MS)
  return first === -1 ? [] : entriesMs.slice(first)
}

/** Kept for a while only: a window is shorter. */
const PRESS_KEPT_MS = 10_000

function takePress(memory: DayMemory, { press, pressedAtMs }: { press: string; pressedAtMs: number }): DayMemory {
  const kept = [...memory.presses].filter(([, ms]) => pressedAtMs - ms < PRESS_KEPT_MS)
  return { ...memory, presses: new Map([...kept, [press, pressedAtMs]]) }
}

function takeResult(memory: DayMemory, { id, dealId, profit, isWhole }: DealClosed): DayMemory {
  const at = memory.results.findIndex(result => result.id === id)
  const known = memory.results[at]
  if (known && (known.profit !== null || profit === null) && (known.isWhole || !isWhole)) return memory
  const result = { id, dealId, profit: known?.profit ?? profit, isWhole: isWhole || known?.isWhole === true }
  const results = known ? memory.results.with(at, result) : [...memory.results, result]
  const gained = known?.profit ? NOTHING_REMEMBERED.realised : (profit ?? NOTHING_REMEMBERED.realised)
  // What is open was worked out with this deal in it: it counts again once it is told anew.
  const told = { ...memory, results, realised: memory.realised.plus(gained), openProfit: null }
  return coolDownAfter(told)
}

function takeCharge(memory: DayMemory, fact: Extract<GuardFact, { kind: 'charge-booked' }>): DayMemory {
  const { id, dealId, epic, cause, amount } = fact
  if (memory.charges.some(charge => charge.id === id)) return memory
  const charges = [...memory.charges, { id, dealId, epic, cause, amount }]
  return { ...memory, charges, charged: memory.charged.plus(amount) }
}

function lockIfLost(memory: DayMemory): DayMemory {
  const loss = lockingLoss(memory)
  return loss === null ? memory : lock(memory, lockByLoss(loss))
}

function lock(memory: DayMemory, by: DayLock): DayMemory {
  return memory.lock ? memory : { ...fix(memory), lock: by }
}
