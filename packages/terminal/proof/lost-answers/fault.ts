import type { MockBroker } from '@scalpdesk/mock-broker'
import type { CuttingLine } from './cutting-line.ts'
import { EURUSD, NO_MARKET_ORDERS, type Ticket } from './ticket.ts'

/** One way in which the answer to an order is lost, spoilt or refused. Hits the first open; a refusal hits every one. */
export interface Fault {
  readonly id: FaultId
  readonly title: string
  /** The order that each client is asked to send. */
  readonly ticket: Ticket
  /** The broker takes the first order that it sees: there is a position to be found. */
  readonly isTaken: boolean
  prepare(broker: MockBroker, line: CuttingLine, lateMs: number): void
}

export type FaultId = '504' | 'reset' | 'hang' | 'late' | 'reset-before' | '4xx' | 'empty' | 'html'

/** Longer than any cell lasts. */
const NEVER_MS = 3_600_000

export const FAULTS: readonly Fault[] = [
  {
    id: '504',
    title: '504 after accept',
    ticket: EURUSD,
    isTaken: true,
    prepare: broker => broker.faults.gatewayTimeoutAfterAccept('open'),
  },
  {
    id: 'reset',
    title: 'connection reset after accept',
    ticket: EURUSD,
    isTaken: true,
    prepare: (_broker, line) => line.cutNextOpen('after'),
  },
  {
    id: 'hang',
    title: 'no answer at all',
    ticket: EURUSD,
    isTaken: true,
    prepare: broker => broker.faults.slowReply(NEVER_MS, 'open'),
  },
  {
    id: 'late',
    title: 'answer after the time limit',
    ticket: EURUSD,
    isTaken: true,
    prepare: (broker, _line, lateMs) => broker.faults.slowReply(lateMs, 'open'),
  },
  {
    id: 'reset-before',
    title: 'connection reset before accept',
    ticket: EURUSD,
    isTaken: false,
    prepare: (_broker, line) => line.cutNextOpen('before'),
  },
  { id: '4xx', title: '400 for good', ticket: NO_MARKET_ORDERS, isTaken: false, prepare: () => {} },
  {
    id: 'empty',
    title: '200 without a body',
    ticket: EURUSD,
    isTaken: true,
    prepare: broker => broker.faults.emptyBody('open'),
  },
  {
    id: 'html',
    title: '200 with a page of HTML',
    ticket: EURUSD,
    isTaken: true,
    prepare: broker => broker.faults.htmlBody('open'),
  },
]
