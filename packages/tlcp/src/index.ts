export type { Command } from './command-table.ts'
export { httpDial } from './http-stream.ts'
export type { MessageOptions, MessageOutcome } from './message-board.ts'
export type { RealFrequency } from './notification.ts'
export type { Clock, Dial, Random, Socket, SocketEvents } from './ports.ts'
export type { Credentials } from './request.ts'
export type { RowStream, StreamEvent } from './row-stream.ts'
export type { ProtocolVersion } from './session-codes.ts'
export type { Cause, Continuity, TlcpStatus } from './status.ts'
export type {
  Refusal,
  Row,
  Subscription,
  SubscriptionListener,
  SubscriptionSpec,
  TlcpSubscription,
  Update,
} from './subscription.ts'
export { systemClock, systemRandom } from './system-clock.ts'
export {
  openTlcp,
  type RowStreamOptions,
  type SessionView,
  type Tlcp,
  type TlcpClient,
  type TlcpOptions,
} from './tlcp-client.ts'
export type { Trace, TraceEvent } from './trace.ts'
export type { Transport, TransportChoice } from './transport.ts'
export { dialWebSocket } from './web-socket.ts'
