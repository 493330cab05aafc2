export { deskIntent, type Translated } from './desk-intent.ts'
export type { Held, Holdings, Resting } from './held.ts'
export type { SightNow } from './sight-now.ts'
export { type HostEnd, type HostPorts, type HostSetup, StrategyHost } from './strategy-host.ts'
