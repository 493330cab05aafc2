import { type MarketState, markets } from '../engine/index.ts'
import type { BrokerState } from './broker-state.ts'
import type { DealReferences } from './deal-references.ts'
import type { BasicFaults } from './faults.ts'
import type { LoginSessions } from './login/login-sessions.ts'
import { MockBrokerError } from './mock-broker-error.ts'
import { checkJump } from './mock-broker-options.ts'
import type { StreamServer } from './stream/stream-server.ts'
import type { WaitingFaults } from './waiting-faults.ts'

export interface FaultTargets {
  readonly faults: WaitingFaults
  readonly state: BrokerState
  readonly stream: StreamServer
  readonly logins: LoginSessions
  readonly references: DealReferences
  readonly clock: { jump(ms: number): void }
  readonly timeOf: (epic: string) => number
}

/** Every fault by its name, joined to what it breaks. */
export function brokerFaults({ faults, state, stream, logins, references, clock, timeOf }: FaultTargets): BasicFaults {
  const lose: BasicFaults['loseReply'] = match => faults.reply({ kind: 'lost' }, match)
  function expectMarket(epic: string): void {
    if (!state.engine.book(epic)) throw unknownEpic(epic)
  }
  function setMarket(epic: string, marketState: MarketState): void {
    expectMarket(epic)
    state.process({ kind: 'market-state', atMs: timeOf(epic), epic, state: marketState })
  }
  return {
    loseReply: lose,
    loseNextReply: lose,
    slowReply: (ms, match) => faults.reply({ kind: 'slow', ms }, match),
    gatewayTimeoutAfterAccept: match => faults.reply({ kind: 'timeout' }, match),
    errorWithNullCode: match => faults.reply({ kind: 'null-code' }, match),
    emptyBody: match => faults.reply({ kind: 'empty' }, match),
    htmlBody: match => faults.reply({ kind: 'html' }, match),
    confirmLate: (ms, match) => faults.confirm({ kind: 'late', ms }, match),
    confirmLost: match => faults.confirm({ kind: 'lost' }, match),
    confirmTwice: match => faults.confirm({ kind: 'twice' }, match),
    confirmWrongId: match => faults.confirm({ kind: 'wrong-id' }, match),
    confirm405ThoughOpen: match => faults.confirm({ kind: '405' }, match),
    openWithoutStop: faults.loseNextStop,
    rejectNext: faults.rejectNext,
    expireToken: logins.expireAll,
    exceedAllowance: (kind = 'api-key') => faults.exceed(kind),
    dropStream: stream.dropAll,
    goSilent: () => stream.setSilent(true),
    speak: () => stream.setSilent(false),
    loopStream: stream.loopAll,
    endStream: stream.endAll,
    refuseStream: (code, text) => stream.refuseNextSession({ code, text }),
    refuseSubscription: (code, text) => stream.refuseNextSubscription({ code, text }),
    forgetStream: stream.forgetSent,
    nullPrices(epic) {
      expectMarket(epic)
      state.process({ kind: 'quote-loss', atMs: timeOf(epic), epic })
    },
    halfLine: stream.breakNextLine,
    badRow: stream.spoilNextRow,
    staleQuote(epic) {
      expectMarket(epic)
      state.holdQuotes(epic, true)
    },
    freshQuote(epic) {
      expectMarket(epic)
      state.holdQuotes(epic, false)
    },
    crossedQuote(epic) {
      expectMarket(epic)
      stream.showCrossed(epic)
    },
    clockJump(ms) {
      checkJump(ms)
      clock.jump(ms)
    },
    marketClosed: epic => setMarket(epic, 'CLOSED'),
    closeMarket: epic => setMarket(epic, 'CLOSED'),
    openMarket: epic => setMarket(epic, 'TRADEABLE'),
    restart() {
      logins.closeAll()
      references.forgetConfirms()
      stream.endAll(32, 'The mock broker restarts')
      stream.dropAll()
    },
  }
}

export function unknownEpic(epic: string): MockBrokerError {
  const known = markets.map(market => market.epic).join(', ')
  return new MockBrokerError('bad-option', `expected one of the epics ${known}, but got ${epic}; choose one of them`)
}
