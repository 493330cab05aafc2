export type { BrokerPort } from './broker-port.ts'
export { leavesExposure, nextDueMs, process } from './desk.ts'
export { type Desk, type DeskClock, type DeskPorts, type ExternalEvent, runDesk } from './desk-driver.ts'
export type { BrokerBook, DeskEvent } from './desk-event.ts'
export {
  areTradesHeard,
  type BookKnowledge,
  type DeskLimits,
  type DeskSetup,
  type DeskState,
  type Flatten,
  type Holding,
  initialState,
  type News,
  type Outage,
  type Outcome,
  type TradeFeed,
} from './desk-state.ts'
export type { Effect } from './effect.ts'
export { type Exposure, exposure } from './exposure.ts'
export { type Freshness, freshness } from './freshness.ts'
export type { Approved, Denial, DenialCode } from './guard.ts'
export type { Intent } from './intent.ts'
export type { JournalPort, JournalRecord } from './journal.ts'
export { isPending, isUnknown, type OrderStage, type OrderTiming, type TrackedOrder } from './order.ts'
export { type Preset, presetProblems } from './preset.ts'
export { type Profit, profitOf } from './profit.ts'
export { rehearse } from './rehearsal.ts'
