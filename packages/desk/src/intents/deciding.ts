import type { DealId, Epic } from '@scalpdesk/sdk'
import { own } from '../book/holdings.ts'
import type { DeskState } from '../desk-state.ts'
import { deny } from '../guard/denial.ts'
import { LOCKED_BY_TRADER, lockMessage } from '../guard/memory/day-lock.ts'
import { learn } from '../learning.ts'
import type { OrderId, TrackedOrder } from '../orders/order.ts'
import { heldText, orderText } from '../orders/order-texts.ts'
import { presetSetting } from '../preset-deal.ts'
import { armPreset } from '../presets/arming.ts'
import type { SizeKey } from '../presets/preset.ts'
import { patchOrder, readBookIn, record, say, type Turn, update } from '../turn.ts'
import { type MessageOf, message } from '../words/message.ts'
import { denied } from './entering.ts'

// What the trader decides without an order.

/** A position or working order from elsewhere counts as ours from now on. */
export function adopt(turn: Turn, dealId: DealId): void {
  const { state } = turn
  const holding = state.holdings.get(dealId)
  const held = holding ?? state.resting.get(dealId)
  if (!held) {
    say(turn, 'bad', message('nothing-to-adopt', { dealId }))
    return readBookIn(turn, 0)
  }
  const told = { held: heldText(held) }
  if (held.origin !== 'elsewhere') return say(turn, 'info', message('ours-already', told))
  own(turn, dealId, 'adopted')
  if (holding) update(turn, { holdings: new Map(state.holdings).set(dealId, { ...holding, origin: 'adopted' }) })
  else update(turn, { resting: adoptedAmong(state.resting, dealId) })
  record(turn, { kind: 'position-adopted', atMs: turn.atMs, dealId, epic: held.epic })
  say(turn, 'good', message('adopted', told))
}

function adoptedAmong(resting: DeskState['resting'], dealId: DealId): DeskState['resting'] {
  const order = resting.get(dealId)
  return order ? new Map(resting).set(dealId, { ...order, origin: 'adopted' }) : resting
}

/** The trader looked at the broker's platform: an order that nobody could settle holds up nothing any more. */
export function acceptUnknown(turn: Turn, id: OrderId): void {
  const order = turn.state.orders.get(id)
  if (order?.stage.kind !== 'unresolved' || order.stage.isAccepted)
    return say(turn, 'bad', message('nothing-to-accept', { orderId: id, why: whyNotAccepted(order) }))
  patchOrder(turn, id, { stage: { ...order.stage, isAccepted: true } })
  record(turn, { kind: 'accepted-unknown', atMs: turn.atMs, id })
  say(turn, 'info', message('accepted-unknown', { order: orderText(turn.state, order) }))
}

function whyNotAccepted(order: TrackedOrder | undefined): MessageOf<'nothing-to-accept'>['values']['why'] {
  if (!order) return 'no-such-order'
  return order.stage.kind === 'checking' ? 'still-checked' : 'not-unknown'
}

export function setArmed(turn: Turn, isArmed: boolean): void {
  // What was to be entered, or moved away, is not wanted any more.
  update(turn, { isArmed, ...(!isArmed && { reversals: [] }) })
  record(turn, { kind: 'armed', atMs: turn.atMs, isArmed, because: 'the trader' })
  say(turn, 'info', message(isArmed ? 'armed' : 'disarmed'))
}

/** The trader wants no more of this day. Only the broker's next day ends it. */
export function lockDay(turn: Turn): void {
  const { lock } = turn.state.memory
  if (lock) return say(turn, 'bad', message('locked-already', { lock: lockMessage(lock) }))
  learn(turn, { kind: 'locked', ...LOCKED_BY_TRADER })
}

/** A preset that the market's rules refuse is not chosen. */
export function choosePreset(turn: Turn, epic: Epic, name: string, sizeKey: SizeKey | undefined): void {
  const contract = turn.state.contracts.get(epic)
  const preset = contract?.presets.get(name)
  const wanted = { kind: 'preset', name } as const
  if (!contract || !preset) return denied(turn, wanted, deny('no-such-preset', message('no-such-preset')))
  const key = sizeKey ?? preset.sizeKey
  const arming = armPreset({ ...preset, sizeKey: key }, presetSetting(turn.state, contract))
  if (arming.kind === 'refused') {
    const [problem] = arming.problems
    return denied(turn, wanted, deny('preset', problem?.message ?? message('preset-unusable')))
  }
  const chosen = { ...contract, chosen: arming.preset, sizeKey: key }
  update(turn, { contracts: new Map(turn.state.contracts).set(epic, chosen) })
  record(turn, { kind: 'preset-chosen', atMs: turn.atMs, epic, name })
  say(turn, 'info', message('preset-chosen', { preset: name, market: contract.market.name }))
}
