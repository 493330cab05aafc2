import type { DealReference, Decimal, Direction, Epic, OpenOrder } from '@scalpdesk/sdk'
import type { Contract } from '../contract.ts'
import type { DeskEvent } from '../desk-event.ts'
import type { DeskState } from '../desk-state.ts'
import { type Approved, approveOpen } from '../guard/approved.ts'
import { type Denial, deny } from '../guard/denial.ts'
import { openAsk } from '../guard/order-ask.ts'
import { type EntryAsk, pressOf } from '../guard/question.ts'
import type { RecordOf } from '../journal/record.ts'
import { learn } from '../learning.ts'
import type { OpenPurpose } from '../orders/order.ts'
import { sentMessage } from '../orders/order-texts.ts'
import { sendOrder } from '../orders/sending.ts'
import { wantedDeal } from '../preset-deal.ts'
import { openLegs } from '../presets/arming.ts'
import type { PresetStop } from '../presets/preset.ts'
import { bookChanged, record, say, type Turn } from '../turn.ts'
import { wantedText } from '../words/english/things.ts'
import { message } from '../words/message.ts'
import type { WantedText } from '../words/things.ts'
import { circumstancesOf } from './circumstances.ts'

/** What an entry is made of, whichever intent it came by. */
export interface Entry {
  readonly epic: Epic
  readonly direction: Direction
  readonly reference: DealReference
  readonly pressedAtMs: number
  /** The chosen preset's where it is undefined; so with the legs, of which null is none. */
  readonly size: Decimal | undefined
  readonly stop?: PresetStop | null | undefined
  readonly limitPoints?: Decimal | null | undefined
}

/** One intent to enter becomes at most one order: journalled first, sent once, or denied with its reason. */
export function enter(turn: Turn, entry: Entry): void {
  const { state, atMs } = turn
  const { epic, direction, reference, pressedAtMs, size } = entry
  const wanted = { kind: 'entry', direction } as const
  const contract = tradedContract(turn, entry, wanted)
  if (!contract) return
  const { deal, problems } = wantedDeal(state, withLegs(contract, entry), size)
  const order: OpenOrder = { reference, market: contract.market, direction, size: deal.size, ...openLegs(deal) }
  const around = circumstancesOf(state, epic, atMs, pressedAtMs, problems)
  const verdict = approveOpen(order, around)
  const ask = openAsk(order, around.known, pressedAtMs)
  if (verdict.kind === 'denied') return deniedEntry(turn, wanted, ask, verdict.denial)
  const { quote } = around.known
  const seenLevel = direction === 'BUY' ? quote?.offer : quote?.bid
  if (!seenLevel) return denied(turn, wanted, deny('no-price', message('no-price')))
  send(turn, entry, verdict.order, seenLevel)
  learn(turn, { kind: 'entry-sent', press: pressOf(ask), pressedAtMs })
}

/** What {@link enter} does beside the order itself, for one that was foreseen. */
export function onEntered(turn: Turn, { order, press, pressedAtMs }: Extract<DeskEvent, { kind: 'entered' }>): void {
  saySent(turn, order)
  learn(turn, { kind: 'entry-sent', press, pressedAtMs })
}

/** The contract of an entry that may be judged at all; what speaks against that is said. */
export function tradedContract(
  turn: Turn,
  { epic, reference }: Pick<Entry, 'epic' | 'reference'>,
  wanted: WantedText,
): Contract | null {
  const { contracts, usedReferences, orders } = turn.state
  const contract = contracts.get(epic)
  if (!contract) denied(turn, wanted, deny('market-not-allowed', message('no-contract')))
  else if (usedReferences.has(reference) || orders.has(reference))
    denied(turn, wanted, deny('reference-used', message('reference-used')))
  else return contract
  return null
}

export function denied(turn: Turn, wanted: WantedText, { code, words, message: why }: Denial): void {
  record(turn, { kind: 'denied', atMs: turn.atMs, id: null, intent: wantedText(wanted), code, words })
  say(turn, 'bad', message('denied', { wanted, why }))
}

/** A press that repeats one starts its window anew: a key that bounces on and on sends once. */
export function deniedEntry(turn: Turn, wanted: WantedText, ask: EntryAsk, denial: Denial): void {
  denied(turn, wanted, denial)
  if (denial.code === 'duplicate')
    learn(turn, { kind: 'duplicate-refused', press: pressOf(ask), pressedAtMs: ask.pressedAtMs })
}

/** The contract with the legs that are said in the place of its preset's. */
function withLegs(contract: Contract, { stop, limitPoints }: Entry): Contract {
  if (stop === undefined && limitPoints === undefined) return contract
  const { chosen } = contract
  const legs = {
    stop: stop === undefined ? chosen.stop : stop,
    limitPoints: limitPoints === undefined ? chosen.limitPoints : limitPoints,
  }
  return { ...contract, chosen: { ...chosen, ...legs } }
}

const hasOwnLegs = ({ stop, limitPoints }: Entry): boolean => stop !== undefined || limitPoints !== undefined

function send(turn: Turn, entry: Entry, order: Approved<OpenOrder>, seenLevel: Decimal): void {
  const { state, atMs } = turn
  const { pressedAtMs } = entry
  const announcement = openingRecord(state, order, seenLevel.toFixed(), atMs)
  sendOrder(turn, {
    effect: { kind: 'open', id: order.reference, order },
    purpose: openPurpose(order, seenLevel),
    announcement: hasOwnLegs(entry) ? { ...announcement, preset: null } : announcement,
    pressedAtMs,
    isEntry: true,
  })
  saySent(turn, order)
}

export function openPurpose({ market, direction, size, stop }: OpenOrder, seenLevel: Decimal | null): OpenPurpose {
  return { kind: 'open', epic: market.epic, direction, size, seenLevel, stopPoints: stop?.distancePoints ?? null }
}

export function openingRecord(
  state: DeskState,
  { reference, market, direction, size, stop, limit }: OpenOrder,
  seenLevel: string,
  atMs: number,
): RecordOf<'about-to-open'> {
  return {
    kind: 'about-to-open',
    atMs,
    id: reference,
    epic: market.epic,
    direction,
    size: size.toFixed(),
    preset: presetName(state, market.epic),
    stopPoints: stop?.distancePoints?.toFixed() ?? null,
    limitPoints: limit?.distancePoints?.toFixed() ?? null,
    trailing: stop?.stepPoints
      ? { distancePoints: stop.distancePoints.toFixed(), stepPoints: stop.stepPoints.toFixed() }
      : null,
    isGuaranteed: stop?.isGuaranteed ?? false,
    seenLevel,
  }
}

function saySent(turn: Turn, order: OpenOrder): void {
  say(turn, 'wait', sentMessage(turn.state, order))
  // Read once the dust has settled: the reading that its fill asks for is this one.
  bookChanged(turn, AFTER_SEND_MS)
}

function presetName({ contracts }: DeskState, epic: Epic): string | null {
  return contracts.get(epic)?.chosen.name ?? null
}

/** Our choice: long enough for the confirm to come first, short enough to notice when it does not. */
export const AFTER_SEND_MS = 3_000
