import type { DealId, Epic } from '@scalpdesk/sdk'
import { own } from '../book/holdings.ts'
import type { DeskState } from '../desk-state.ts'
import { learn } from '../learning.ts'
import type { OrderId, TrackedOrder } from '../orders/order.ts'
import { orderWords } from '../orders/order-words.ts'
import { presetSetting } from '../preset-deal.ts'
import { armPreset } from '../presets/arming.ts'
import type { SizeKey } from '../presets/preset.ts'
import { patchOrder, readBookIn, record, say, type Turn, update } from '../turn.ts'
import { denied } from './entering.ts'

// What the trader decides without an order.

/** A position or working order from elsewhere counts as ours from now on. */
export function adopt(turn: Turn, dealId: DealId): void {
  const { state } = turn
  const holding = state.holdings.get(dealId)
  const held = holding ?? state.resting.get(dealId)
  if (!held) {
    say(turn, { tone: 'bad', text: `NOTHING TO ADOPT: no deal ${dealId} is known; asking the broker what is open` })
    return readBookIn(turn, 0)
  }
  const what = [held.direction, held.size, held.marketName].filter(Boolean).join(' ')
  if (held.origin !== 'elsewhere') return say(turn, { tone: 'info', text: `OURS ALREADY: ${what}` })
  own(turn, dealId, 'adopted')
  if (holding) update(turn, { holdings: new Map(state.holdings).set(dealId, { ...holding, origin: 'adopted' }) })
  else update(turn, { resting: adoptedAmong(state.resting, dealId) })
  record(turn, { kind: 'position-adopted', atMs: turn.atMs, dealId, epic: held.epic })
  say(turn, { tone: 'good', text: `ADOPTED: ${what}` })
}

function adoptedAmong(resting: DeskState['resting'], dealId: DealId): DeskState['resting'] {
  const order = resting.get(dealId)
  return order ? new Map(resting).set(dealId, { ...order, origin: 'adopted' }) : resting
}

/** The trader looked at the broker's platform: an order that nobody could settle holds up nothing any more. */
export function acceptUnknown(turn: Turn, id: OrderId): void {
  const order = turn.state.orders.get(id)
  if (order?.stage.kind !== 'unresolved' || order.stage.isAccepted)
    return say(turn, { tone: 'bad', text: `NOTHING TO ACCEPT: ${whyNotAccepted(order, id)}` })
  patchOrder(turn, id, { stage: { ...order.stage, isAccepted: true } })
  record(turn, { kind: 'accepted-unknown', atMs: turn.atMs, id })
  say(turn, { tone: 'info', text: `ACCEPTED as unknown: ${orderWords(order)}; entries go on` })
}

function whyNotAccepted(order: TrackedOrder | undefined, id: OrderId): string {
  if (!order) return `no order ${id} is known`
  return order.stage.kind === 'checking' ? `order ${id} is still being checked` : `order ${id} is not unknown`
}

export function setArmed(turn: Turn, isArmed: boolean): void {
  // What was to be entered, or moved away, is not wanted any more.
  update(turn, { isArmed, ...(!isArmed && { reversals: [] }) })
  record(turn, { kind: 'armed', atMs: turn.atMs, isArmed, because: 'the trader' })
  say(turn, {
    tone: 'info',
    text: isArmed ? 'ARMED: entries are sent' : 'DISARMED: entries are refused, closing still works',
  })
}

/** The trader wants no more of this day. Only the broker's next day ends it. */
export function lockDay(turn: Turn): void {
  const { lock } = turn.state.memory
  if (lock) {
    const text = `LOCKED ALREADY: ${lock.words}; entries are refused until the broker’s next day, closing works`
    return say(turn, { tone: 'bad', text })
  }
  learn(turn, { kind: 'locked', reason: 'trader', words: 'by the trader' })
}

/** A preset that the market's rules refuse is not chosen. */
export function choosePreset(turn: Turn, epic: Epic, name: string, sizeKey: SizeKey | undefined): void {
  const contract = turn.state.contracts.get(epic)
  const preset = contract?.presets.get(name)
  const what = `preset ${name}`
  if (!contract || !preset) return denied(turn, what, { code: 'no-such-preset', words: 'there is none of this name' })
  const key = sizeKey ?? preset.sizeKey
  const arming = armPreset({ ...preset, sizeKey: key }, presetSetting(turn.state, contract))
  if (arming.kind === 'refused') {
    const [problem] = arming.problems
    return denied(turn, what, { code: 'preset', words: problem?.words ?? 'it cannot be sent' })
  }
  const chosen = { ...contract, chosen: arming.preset, sizeKey: key }
  update(turn, { contracts: new Map(turn.state.contracts).set(epic, chosen) })
  record(turn, { kind: 'preset-chosen', atMs: turn.atMs, epic, name })
  say(turn, { tone: 'info', text: `PRESET ${name} for ${contract.market.name}` })
}
