import { type Reason, reasons } from '@scalpdesk/mock-broker/engine'
import { anyOf, between, oneOf, type Random } from './chance.ts'
import type { EngineBroker } from './engine-broker.ts'
import { EPICS } from './simulated-markets.ts'
import type { ConfirmFault, Match, ReplyFault, TravelFault } from './waiting-faults.ts'

/** What a fault is applied to, beside the numbers that decide its figures. */
export interface FaultTarget {
  readonly broker: EngineBroker
  /** Later, by the clock of the simulation. */
  later(ms: number, run: () => void): void
}

type Fault = (target: FaultTarget, random: Random) => void

/** Each fault of the mock broker, by its name there. */
export const MOCK_FAULTS = {
  loseReply: onReply(() => ({ kind: 'lost' })),
  slowReply: onReply(random => ({ kind: 'slow', ms: between(random, 100, 12_000) })),
  gatewayTimeoutAfterAccept: onReply(() => ({ kind: 'timeout' })),
  errorWithNullCode: onReply(() => ({ kind: 'null-code' })),
  emptyBody: onReply(() => ({ kind: 'empty' })),
  htmlBody: onReply(() => ({ kind: 'html' })),
  confirmLate: onConfirm(random => ({ kind: 'late', ms: between(random, 50, 20_000) })),
  confirmLost: onConfirm(() => ({ kind: 'lost' })),
  confirmTwice: onConfirm(() => ({ kind: 'twice' })),
  confirmWrongId: onConfirm(() => ({ kind: 'wrong-id' })),
  confirm405ThoughOpen: onConfirm(() => ({ kind: '405' })),
  openWithoutStop: ({ broker }) => {
    broker.faults.lostStops += 1
  },
  rejectNext: ({ broker }, random) => void broker.faults.rejections.push(anyOf(random, REASONS) ?? 'UNKNOWN'),
  expireToken: ({ broker }, random) => broker.expireTokens(between(random, 100, 600)),
  exceedAllowance: ({ broker }, random) => void broker.faults.exceeded.push(oneOf(random, ALLOWANCES)),
  dropStream: ({ broker }) => broker.stream.drop(),
  loopStream: ({ broker }) => broker.stream.loop(),
  endStream: ({ broker }, random) => broker.stream.end(oneOf(random, [48, 32]), 'the session is over'),
  refuseStream: ({ broker }, random) => broker.stream.refuse(oneOf(random, [4, 5]), 'not now'),
  refuseSubscription: ({ broker }) => broker.stream.refuseSubscription(),
  forgetStream: ({ broker }) => broker.stream.forget(),
  goSilent: ({ broker, later }, random) => {
    broker.stream.goSilent()
    later(between(random, 200, 15_000), () => broker.stream.speak())
  },
  nullPrices: ({ broker }, random) => broker.exchange.losePrice(oneOf(random, EPICS)),
  halfLine: ({ broker }) => broker.stream.breakNextLine(),
  badRow: ({ broker }) => broker.stream.spoilNextRow(),
  staleQuote: ({ broker, later }, random) => {
    const epic = oneOf(random, EPICS)
    broker.exchange.holdQuotes(epic, true)
    later(between(random, 2_000, 30_000), () => broker.exchange.holdQuotes(epic, false))
  },
  crossedQuote: ({ broker }, random) => broker.exchange.showCrossed(oneOf(random, EPICS)),
  clockJump: ({ broker }, random) => broker.exchange.jump(between(random, -20_000, 20_000)),
  marketClosed: ({ broker, later }, random) => {
    const epic = oneOf(random, EPICS)
    broker.exchange.setMarket(epic, oneOf(random, STATES))
    later(between(random, 500, 20_000), () => broker.exchange.setMarket(epic, 'TRADEABLE'))
  },
  restart: ({ broker }, random) => {
    broker.expireTokens(between(random, 300, 2_000))
    broker.exchange.confirms.forgetAll()
    broker.stream.end(32, 'the broker restarts')
    broker.stream.drop()
  },
} as const satisfies Readonly<Record<string, Fault>>

/** What the mock broker's own network cannot do: the way there, and lists that fail or lag. */
export const NETWORK_FAULTS = {
  noConnection: onTravel(() => ({ kind: 'unsent' })),
  loseRequest: onTravel(() => ({ kind: 'lost' })),
  lateRequest: onTravel(random => ({ kind: 'late', ms: between(random, 1_000, 15_000) })),
  failReadings: ({ broker, later }, random) => {
    broker.readings = 'failing'
    later(between(random, 500, 12_000), () => {
      broker.readings = 'whole'
    })
  },
  hideWorkingOrders: ({ broker, later }, random) => {
    broker.readings = 'without-working-orders'
    later(between(random, 500, 12_000), () => {
      broker.readings = 'whole'
    })
  },
  leaveOutUpdate: ({ broker }) => {
    broker.faults.leftOutUpdates += 1
  },
} as const satisfies Readonly<Record<string, Fault>>

export const FAULTS: Readonly<Record<FaultName, Fault>> = { ...MOCK_FAULTS, ...NETWORK_FAULTS }

export type FaultName = keyof typeof MOCK_FAULTS | keyof typeof NETWORK_FAULTS

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[]

const MATCHES: readonly [Match, ...Match[]] = ['dealing', 'dealing', 'open', 'close', 'amend', 'place', 'cancel']
const ALLOWANCES: readonly [string, ...string[]] = ['api-key', 'account', 'account-trading']
const STATES = ['CLOSED', 'EDITS_ONLY', 'CLOSINGS_ONLY', 'DEAL_NO_EDIT', 'SUSPENDED', 'ON_AUCTION'] as const
/** An order that was refused has a reason. */
const REASONS: readonly Reason[] = reasons.filter(reason => reason !== 'SUCCESS')

function onReply(fault: (random: Random) => ReplyFault): Fault {
  return ({ broker }, random) =>
    void broker.faults.replies.push({ fault: fault(random), match: oneOf(random, MATCHES) })
}

function onConfirm(fault: (random: Random) => ConfirmFault): Fault {
  return ({ broker }, random) =>
    void broker.faults.confirms.push({ fault: fault(random), match: oneOf(random, MATCHES) })
}

function onTravel(fault: (random: Random) => TravelFault): Fault {
  return ({ broker }, random) =>
    void broker.faults.travels.push({ fault: fault(random), match: oneOf(random, MATCHES) })
}
