export {
  type AccountTerms,
  type CurrencyCode,
  cashAccount,
  type ReplayFile,
  TapeError,
  type TapeErrorCode,
} from '../engine/index.ts'
export type { AccountSnapshot, BrokerSnapshot, MarketSnapshot } from './broker-snapshot.ts'
export type { Clock, Timer } from './clock.ts'
export type { DirectAnswer, DirectLine, DirectRequest, DirectStream, DirectStreamListener } from './direct-line.ts'
export { type FaultPlan, type FaultTime, parseFaultPlans } from './fault-plan.ts'
export type { FaultArg, FaultName } from './fault-rules.ts'
export type { AllowanceKind, BasicFaults, ConfirmMatch, DealingOperation, FaultMatch, Faults } from './faults.ts'
export type { MockBroker } from './mock-broker.ts'
export { MockBrokerError } from './mock-broker-error.ts'
export type { MockBrokerOptions, StreamingOptions } from './mock-broker-options.ts'
export type { LoadingProgress, ReplayProgress, TapeProgressEntry } from './playback/replay-progress.ts'
export type { RecordedRequest } from './request-log.ts'
export type { ShownMarket } from './shown-market.ts'
export { startMockBroker } from './start-mock-broker.ts'
export type { OpenStream } from './stream/stream-server.ts'
export type { TlcpVersion } from './stream/stream-terms.ts'
export type { MockUser } from './users.ts'
