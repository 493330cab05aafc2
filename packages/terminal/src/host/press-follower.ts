import {
  type DeskState,
  exposure,
  type Intent,
  isPending,
  type JournalRecord,
  type PressedBy,
  type TrackedOrder,
} from '@scalpdesk/desk'
import type { Clock } from '@scalpdesk/sdk'
import type { OrderEnd, PressEnd, PressedOrder, PressOutcome } from './press-outcome.ts'

/** A running desk, as far as one that presses and follows needs it. */
export interface PressableDesk {
  readonly state: DeskState
  want(intent: Intent, by: PressedBy): void
  /** Told after each event of the desk, until the function that it returns is called. */
  onChange(listener: () => void): () => void
  /** Hears each record that the desk writes down, whether the disk takes it or not. */
  onRecord(listener: (record: JournalRecord) => void): () => void
}

export interface FollowOptions {
  readonly clock: Pick<Clock, 'monotonicMs' | 'at'>
  /** The desk itself gives an order up after a minute. */
  readonly limitMs: number
  /** Told in words what goes on. */
  onProgress(words: string): void
}

/** A press under way. */
export interface FollowedPress {
  /** As far as it got. */
  now(): PressOutcome
  readonly over: Promise<PressOutcome>
}

/** Presses once, and follows what comes of it to its end. Sends nothing by itself. */
export function followPress(
  desk: PressableDesk,
  intent: Intent,
  by: PressedBy,
  { clock, limitMs, onProgress }: FollowOptions,
): FollowedPress {
  const records: JournalRecord[] = []
  const stopHearing = desk.onRecord(record => void records.push(record))
  const before = desk.state
  desk.want(intent, by)
  const root = rootOf(before, desk.state, records)
  const told: string[] = []
  const ended = new Set<string>()
  const over = Promise.withResolvers<PressOutcome>()
  const now = (): PressOutcome => outcomeOf({ state: desk.state, records, root, intent, told })
  let lastWords = ''

  function look(): void {
    const { state } = desk
    for (const order of ordersOf(state, root))
      if (!isPending(order) && !ended.has(order.id)) {
        ended.add(order.id)
        told.push(state.outcome.text)
      }
    if (state.outcome.text !== lastWords) {
      lastWords = state.outcome.text
      onProgress(lastWords)
    }
    if (root === null || !isUnderWay(state, root)) finish()
  }

  function finish(): void {
    stopHearing()
    stopWatching()
    limit.cancel()
    const last = desk.state.outcome.text
    if (told.at(-1) !== last && (ended.size === 0 || intent.kind === 'flatten')) told.push(last)
    over.resolve(now())
  }

  const limit = clock.at(clock.monotonicMs() + limitMs, () => finish())
  const stopWatching = desk.onChange(look)
  look()
  return { now, over: over.promise }
}

/** The reference of the press, after which each of its orders is named; null when nothing comes of it. */
function rootOf(before: DeskState, after: DeskState, records: readonly JournalRecord[]): string | null {
  for (const record of records) if (isAnnouncement(record)) return rootName(record.id)
  const change = after.legChanges.find(each => !before.legChanges.includes(each))
  if (change) return rootName(change.id)
  const known = new Set(before.flattens.map(({ reference }) => reference))
  return after.flattens.find(({ reference }) => !known.has(reference))?.reference ?? null
}

const rootName = (id: string): string => id.split('.', 1)[0] ?? id

function isUnderWay(state: DeskState, root: string): boolean {
  return (
    state.legChanges.some(({ id }) => rootName(id) === root) ||
    state.flattens.some(({ reference }) => reference === root) ||
    state.reversals.some(({ reference }) => reference === root) ||
    ordersOf(state, root).some(isPending)
  )
}

function ordersOf(state: DeskState, root: string | null): readonly TrackedOrder[] {
  return root === null ? [] : [...state.orders.values()].filter(({ id }) => rootName(id) === root)
}

interface Followed {
  readonly state: DeskState
  readonly records: readonly JournalRecord[]
  readonly root: string | null
  readonly intent: Intent
  readonly told: readonly string[]
}

function outcomeOf(followed: Followed): PressOutcome {
  const { state, records, root, intent, told } = followed
  const announced = records.filter(isAnnouncement).filter(({ id }) => rootName(id) === root)
  const orders = announced.map(record => pressedOrder(record, state, records))
  const denial = records.find(record => record.kind === 'denied' && record.id === null)
  const refused = denial?.kind === 'denied' && orders.length === 0 ? { code: denial.code, words: denial.words } : null
  const words = [...new Set(told)].join('\n') || state.outcome.text
  if (intent.kind === 'reverse') return reverseEnd(orders, denial ?? null, words)
  const outcome = intent.kind === 'flatten' ? flattenEnd(followed) : endOf(orders, refused !== null)
  return { outcome, words, denial: refused, orders }
}

/** Closed and not entered is not done: where the guard refused the entry, it says why. */
function reverseEnd(orders: readonly PressedOrder[], denial: JournalRecord | null, words: string): PressOutcome {
  const refused = denial?.kind === 'denied' ? { code: denial.code, words: denial.words } : null
  const outcome = endOf(orders, refused !== null)
  if (outcome !== 'done' || orders.some(({ action }) => action === 'open'))
    return { outcome, words, denial: outcome === 'denied' ? refused : null, orders }
  if (refused) return { outcome: 'denied', words, denial: refused, orders }
  return { outcome: 'rejected', words: `${words}\nnothing was entered the other way`, denial: null, orders }
}

function endOf(orders: readonly PressedOrder[], isDenied: boolean): PressEnd {
  if (orders.length === 0) return isDenied ? 'denied' : 'nothing'
  for (const end of ['unknown', 'rejected', 'denied'] as const)
    if (orders.some(({ state }) => state === end)) return end
  return 'done'
}

/** What counts is what is open, not the single requests: a refused one may have been sent again. */
function flattenEnd({ state, records, root, intent }: Followed): PressEnd {
  if (intent.kind !== 'flatten') return 'nothing'
  if (root !== null && isUnderWay(state, root)) return 'unknown'
  if (exposure(state, intent.scope) === 'flat') return 'done'
  return records.some(({ kind }) => kind === 'not-flat') ? 'rejected' : 'unknown'
}

function pressedOrder(record: Announced, state: DeskState, records: readonly JournalRecord[]): PressedOrder {
  const about = records.filter(each => 'id' in each && each.id === record.id)
  const filled = about.find(each => each.kind === 'filled')
  const done = about.find(each => each.kind === 'done')
  const stage = state.orders.get(record.id)?.stage
  const named = 'dealId' in record ? record.dealId : null
  // That an order rests no more does not say whether it was cancelled: it may be a position now.
  const isGuess = record.kind === 'about-to-cancel' && done?.kind === 'done' && done.by === 'book'
  return {
    id: record.id,
    action: ACTIONS[record.kind],
    state: isGuess ? 'unknown' : endOfStage(stage),
    epic: record.epic,
    direction: 'direction' in record ? record.direction : null,
    size: filled?.kind === 'filled' && filled.size ? filled.size : 'size' in record ? record.size : null,
    dealId: (filled?.kind === 'filled' ? filled.dealId : done?.kind === 'done' ? done.dealId : null) ?? named,
    level: filled?.kind === 'filled' ? filled.level : record.kind === 'about-to-place' ? record.level : null,
    profit: filled?.kind === 'filled' ? filled.profit : null,
    profitCurrency: filled?.kind === 'filled' ? filled.profitCurrency : null,
    reason: isGuess ? 'it rests no more: cancelled, or dealt' : reasonOf(stage),
  }
}

function endOfStage(stage: TrackedOrder['stage'] | undefined): OrderEnd {
  switch (stage?.kind) {
    case 'done':
    case 'rejected':
    case 'denied':
      return stage.kind
    default:
      return 'unknown'
  }
}

function reasonOf(stage: TrackedOrder['stage'] | undefined): string | null {
  switch (stage?.kind) {
    case 'rejected':
    case 'denied':
      return stage.reason
    case 'checking':
    case 'unresolved':
      return stage.cause
    case 'sending':
    case 'acknowledged':
      return 'its outcome has not come yet'
    default:
      return null
  }
}

type Announced = Extract<JournalRecord, { kind: keyof typeof ACTIONS }>

const ACTIONS = {
  'about-to-open': 'open',
  'about-to-close': 'close',
  'about-to-amend': 'amend',
  'about-to-place': 'place',
  'about-to-cancel': 'cancel',
} as const

const isAnnouncement = (record: JournalRecord): record is Announced => Object.hasOwn(ACTIONS, record.kind)
