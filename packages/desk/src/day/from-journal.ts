import { type DealId, Decimal, type Direction, dealId, dealReference, type Epic, epic } from '@scalpdesk/sdk'
import { opposite } from '../direction.ts'
import { carriedMemory } from '../journal/carried-memory.ts'
import type { Announcement, GuardFact, JournalRecord, RecordOf } from '../journal/record.ts'
import { isAnnouncement } from '../journal/record.ts'
import type { JournalEntry } from '../journal/recovery.ts'
import { afterFact, type Day, dealOf, nextDay } from './day.ts'
import type { Deal } from './deal.ts'
import { Exact, plain } from './exact.ts'
import type { DayFact, Opened, Reduced } from './fact.ts'
import { dayTurns, factOrNull } from './journal-days.ts'
import { type LatencyLedger, NO_LATENCY, nextDaysLatency, type OrderPurposeKind, stamped } from './latency.ts'
import { staysByName, untoldName } from './untold.ts'

/** What the journal does not hold. */
export interface Surroundings {
  /** Of a market; null: it is not known any more, and its deals have their told results only. */
  readonly termsOf: (epic: Epic) => Pick<Opened, 'currency' | 'contractSize' | 'pointsPerUnit' | 'decimals'> | null
  /** The monotonic time of this run that a time of an earlier one would have. */
  readonly atMsOf: (wallMs: number) => number
}

/**
 * The day and its latencies, as they were when the program ended. Prices are not in the journal: what is open has
 * `hasAllMarks` false, and closed deals know of the levels at which they were closed only.
 * @param start an empty day with the rates of its markets
 */
export function dayFromJournal(
  start: Day,
  entries: Iterable<JournalEntry>,
  { termsOf, atMsOf }: Surroundings,
): { readonly day: Day; readonly latency: LatencyLedger } {
  const told = [...entries]
  const sizes = openedSizes(told)
  const announced = new Map<string, Announcement>()
  const picked = new Map<string, Terms>()
  const termsNow = (of: Epic): Terms | null => termsOf(of) ?? picked.get(of) ?? null
  /** Results that were written down before the record that tells of their deal. */
  let early: { readonly fact: GuardFact; readonly atMs: number }[] = []
  let day = start
  let latency = NO_LATENCY
  const isNextDay = dayTurns()
  for (const { record, wallMs } of told) {
    const atMs = atMsOf(wallMs)
    if (isNextDay(record)) {
      day = nextDay(day)
      latency = nextDaysLatency(latency)
    }
    if (isAnnouncement(record)) announced.set(record.id, record)
    if (record.kind === 'market-traded') picked.set(record.epic, pickedTerms(record))
    if (record.kind === 'file-opened' && carriedMemory.accepts(record.carried))
      for (const { announcement } of [...record.carried.openQuestions, ...record.carried.unresolved])
        announced.set(announcement.id, announcement)
    if (record.kind === 'latency') latency = withLatency(latency, record, announced.get(record.id), atMs)
    else {
      for (const fact of factsOf(record, { announced, sizes, termsOf: termsNow }, day, atMs)) day = afterFact(day, fact)
      if (isOfUnknownDeal(record, day)) early.push({ fact: record.fact, atMs })
      if (record.kind !== 'filled' || record.dealId === null) continue
      const own = early.filter(({ fact }) => fact.dealId === record.dealId)
      for (const { fact, atMs } of own) for (const told of resultOf(fact, day, atMs)) day = afterFact(day, told)
      early = early.filter(each => !own.includes(each))
    }
  }
  return { day: afterFact(day, { kind: 'prices-missed', epic: null, atMs: 0 }), latency }
}

function isOfUnknownDeal(record: JournalRecord, day: Day): record is RecordOf<'guard'> {
  if (record.kind !== 'guard' || record.fact.kind !== 'deal-closed' || typeof record.fact.dealId !== 'string')
    return false
  return dealOf(day, dealId(record.fact.dealId)) === undefined
}

/** What else the journal says, for a record of it. */
interface Known {
  readonly announced: ReadonlyMap<string, Announcement>
  /** At which positions were opened, by their deals, also where that is told after a close. */
  readonly sizes: ReadonlyMap<string, Decimal>
  readonly termsOf: (of: Epic) => Terms | null
}

function openedSizes(entries: readonly JournalEntry[]): Known['sizes'] {
  const asked = new Map<string, string>()
  const sizes = new Map<string, Decimal>()
  for (const { record } of entries) {
    if (record.kind === 'about-to-open') asked.set(record.id, record.size)
    if (record.kind !== 'filled' || record.dealId === null) continue
    const wanted = asked.get(record.id)
    if (wanted !== undefined) sizes.set(record.dealId, new Decimal(record.size ?? wanted))
  }
  return sizes
}

function factsOf(
  record: JournalRecord,
  { announced, sizes, termsOf }: Known,
  day: Day,
  atMs: number,
): readonly DayFact[] {
  switch (record.kind) {
    case 'filled': {
      const order = announced.get(record.id)
      if (order?.kind === 'about-to-close') return [closedBy(order, record, atMs)]
      return order?.kind === 'about-to-open' ? openedBy(order, record, day, termsOf(epic(order.epic)), atMs) : []
    }
    case 'about-to-close':
      return heldAt(record, sizes.get(record.dealId) ?? null, day, termsOf(epic(record.epic)), atMs)
    case 'done': {
      const order = announced.get(record.id)
      if (order?.kind !== 'about-to-amend') return []
      return [{ kind: 'stop', dealId: dealId(order.dealId), stop: figure(order.stopLevel), atMs }]
    }
    case 'position-appeared': {
      const terms = termsOf(epic(record.epic))
      const { direction, level, stopLevel } = record
      const seen = { level: figure(level), stop: figure(stopLevel), heldBeforeMs: null, reference: null }
      return terms ? [opened(record, { direction, size: new Decimal(record.size), ...seen }, terms, atMs)] : []
    }
    case 'position-gone': {
      const deal = dealOf(day, dealId(record.dealId))
      if (!deal || deal.left.isZero()) return []
      const { direction, left: size, epic: of } = deal
      const told = { level: null, profit: figure(record.profit), profitCurrency: record.profitCurrency }
      const id = untoldName(deal, new Decimal(0))
      return [{ kind: 'reduced', id, dealId: deal.dealId, epic: of, direction, size, ...told, by: 'book', atMs }]
    }
    case 'market-traded':
      return [{ kind: 'rate', currency: record.currency, perBase: figure(record.currencyPerBase), atMs }]
    case 'guard':
      return resultOf(record.fact, day, atMs)
    default:
      return []
  }
}

function pickedTerms({ currency, contractSize, pointsPerUnit, decimals }: RecordOf<'market-traded'>): Terms {
  return { currency, contractSize: new Decimal(contractSize), pointsPerUnit, decimals }
}

/**
 * What was held when a close left, of a deal of an earlier day, or of one whose opening is told later; part of it may have been gone by then, and
 * nobody told of a close.
 * @param whole what it was opened at; null: this journal does not say
 */
function heldAt(
  { dealId: name, epic: of, direction: closing, heldSize }: RecordOf<'about-to-close'>,
  whole: Decimal | null,
  day: Day,
  terms: Terms | null,
  atMs: number,
): readonly DayFact[] {
  const deal = dealOf(day, dealId(name))
  const size = new Decimal(heldSize)
  if (deal) return deal.left.gt(size) ? [gone(deal, untoldName(deal, size), size, atMs)] : []
  if (!terms) return []
  const unseen = { level: null, stop: null, heldBeforeMs: null, reference: null }
  const direction = opposite(closing)
  const told = opened({ dealId: name, epic: of }, { direction, size: whole ?? size, ...unseen }, terms, atMs)
  if (whole === null || whole.lte(size)) return [told]
  const held = { dealId: told.dealId, epic: told.epic, direction, left: whole, parts: [], earlierParts: [] }
  return [told, gone(held, untoldName(held, size), size, atMs)]
}

/** A result that no other record tells: a position that was seen smaller or gone, or a close that was told of late. */
function resultOf(fact: GuardFact, day: Day, atMs: number): readonly DayFact[] {
  if (fact.kind === 'charge-booked') return chargeOf(fact, day, atMs)
  if (fact.kind !== 'deal-closed' || typeof fact.dealId !== 'string' || typeof fact.id !== 'string') return []
  const { id } = fact
  const dealt = { fromMs: null, untilMs: typeof fact.brokerMs === 'number' ? fact.brokerMs : null }
  const deal = dealOf(day, dealId(fact.dealId))
  if (!deal) return []
  const part = deal.parts.find(other => other.id === id)
  const stays = staysByName(id, deal.dealId)
  // Nothing of what nobody had told of is left to explain: another record says why, or the list will. Where it is left, the broker booked 0.
  if (!part && stays && fact.profit === '0') return []
  const isTold = typeof fact.profit === 'string'
  // What a part brought is told later, also where something of the deal was shown again meanwhile.
  const isMissing = stays !== null && deal.left.gt(stays) && !(part && isTold)
  const missing = isMissing ? [{ ...gone(deal, id, stays, atMs), dealt }] : []
  if (!part) return missing
  const isNews = isTold && !part.booked
  const result = isNews ? { profit: new Decimal(String(fact.profit)), profitCurrency: day.currency } : UNTOLD
  const told = { level: null, ...result, by: part.by, dealt } as const
  const about = { dealId: deal.dealId, epic: deal.epic, direction: deal.direction }
  // Without news it says when, and not that more is missing.
  const size = isNews ? part.size : NOTHING
  return [...missing, { kind: 'reduced', id, ...about, size, ...told, atMs }]
}

/** What cannot be read is told where the guard takes its facts over. */
function chargeOf(told: GuardFact, { currency }: Day, atMs: number): readonly DayFact[] {
  const fact = factOrNull(told)
  if (fact?.kind !== 'charge-booked') return []
  const { id, dealId, epic, cause, amount } = fact
  return [{ kind: 'charge', id, dealId, epic, cause, amount, currency, atMs }]
}

const UNTOLD = { profit: null, profitCurrency: null }
const NOTHING = new Decimal(0)

type Left = Pick<Deal, 'dealId' | 'epic' | 'direction' | 'left'>

function gone({ dealId, epic: of, direction, left }: Left, id: string, stays: Decimal, atMs: number): Reduced {
  const told = { level: null, profit: null, profitCurrency: null, by: 'book' } as const
  const size = Decimal.max(0, left.minus(stays))
  return { kind: 'reduced', id, dealId, epic: of, direction, size, ...told, atMs }
}

type Terms = NonNullable<ReturnType<Surroundings['termsOf']>>

function openedBy(
  order: RecordOf<'about-to-open'>,
  filled: RecordOf<'filled'>,
  day: Day,
  terms: Terms | null,
  atMs: number,
): readonly DayFact[] {
  if (!terms || filled.dealId === null) return []
  const level = figure(filled.level)
  const points = order.stopPoints ?? order.trailing?.distancePoints ?? null
  const stop = level && points !== null ? stopAt(level, order.direction, points, terms.pointsPerUnit) : null
  // Learnt after it was listed and closed, it is not open again.
  const size = dealOf(day, dealId(filled.dealId))?.left ?? new Decimal(filled.size ?? order.size)
  const reference = dealReference(order.id)
  const deal = { direction: order.direction, size, level, stop, heldBeforeMs: 0, reference }
  const whole = { dealId: dealId(filled.dealId), size: new Decimal(filled.size ?? order.size) }
  return [opened({ dealId: filled.dealId, epic: order.epic }, deal, terms, atMs), { kind: 'whole', ...whole, atMs }]
}

function opened(
  names: { readonly dealId: string; readonly epic: string },
  deal: Pick<Opened, 'direction' | 'size' | 'level' | 'stop' | 'heldBeforeMs' | 'reference'>,
  terms: Terms,
  atMs: number,
): Opened {
  return { kind: 'opened', dealId: dealId(names.dealId), epic: epic(names.epic), ...deal, ...terms, price: null, atMs }
}

function closedBy(order: RecordOf<'about-to-close'>, filled: RecordOf<'filled'>, atMs: number): DayFact {
  const { id, profitCurrency, by } = filled
  const deal: DealId = dealId(order.dealId)
  return {
    kind: 'reduced',
    id,
    dealId: deal,
    epic: epic(order.epic),
    direction: opposite(order.direction),
    size: new Decimal(filled.size ?? order.size),
    level: figure(filled.level),
    profit: figure(filled.profit),
    profitCurrency,
    by,
    atMs,
  }
}

function stopAt(level: Decimal, direction: Direction, points: string, pointsPerUnit: number | null): Decimal | null {
  if (pointsPerUnit === null) return null
  const away = new Exact(points).div(pointsPerUnit)
  return plain(direction === 'BUY' ? new Exact(level).minus(away) : new Exact(level).plus(away))
}

const PURPOSE = {
  'about-to-open': 'open',
  'about-to-close': 'close',
  'about-to-amend': 'amend',
  'about-to-place': 'place',
  'about-to-cancel': 'cancel',
} as const satisfies Record<Announcement['kind'], OrderPurposeKind>

function withLatency(
  ledger: LatencyLedger,
  record: RecordOf<'latency'>,
  order: Announcement | undefined,
  atMs: number,
): LatencyLedger {
  if (!order) return ledger
  const { id, decidedMs, journalledMs, firstByteMs, acknowledgedMs, confirmedMs, paintedMs } = record
  const about = { id, purpose: PURPOSE[order.kind], epic: order.epic }
  const steps = [
    ['key', 0],
    ['decided', decidedMs],
    ['journalled', journalledMs],
    ['first-byte', firstByteMs],
    ['acknowledged', acknowledgedMs],
    ['confirmed', confirmedMs],
    ['painted', paintedMs],
  ] as const
  // The record comes with the last step.
  const keyAtMs = atMs - Math.max(...steps.map(([, ms]) => ms ?? 0))
  return steps.reduce(
    (after, [step, ms]) => (ms === null ? after : stamped(after, { ...about, step, atMs: keyAtMs + ms })),
    ledger,
  )
}

const figure = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text))
