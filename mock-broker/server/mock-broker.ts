import { createServer, type Server } from 'node:http'
import type { OpenPositionJson } from '@scalpdesk/wire'
import { Decimal } from 'decimal.js'
import { createEngine, markets, parseUnits, seededRandom } from '../engine/index.ts'
import { brokerIdentity } from './broker-identity.ts'
import { type BrokerState, brokerState } from './broker-state.ts'
import { confirmStore } from './confirm-store.ts'
import { dealQueue } from './deal-queue.ts'
import { type Faults, waitingFaults } from './faults.ts'
import { confirmJson } from './json/confirm-json.ts'
import { openPositionJson } from './json/position-json.ts'
import { loginSessions } from './login-sessions.ts'
import { MockBrokerError } from './mock-broker-error.ts'
import { checkOptions, type MockBrokerOptions } from './mock-broker-options.ts'
import { startPlayback } from './playback/playback.ts'
import { type RecordedRequest, requestLog } from './request-log.ts'
import { restServer } from './rest/rest-server.ts'
import { streamServer } from './stream/stream-server.ts'
import { systemClock } from './system-clock.ts'

/** A broker on this machine that speaks IG's REST and streaming protocols. */
export interface MockBroker extends AsyncDisposable {
  /** Base URL of the REST API, `http://127.0.0.1:40000/gateway/deal`. */
  readonly url: string
  /** Streaming endpoint, `http://127.0.0.1:40000`. */
  readonly stream: string
  readonly apiKey: string
  readonly username: string
  readonly password: string
  readonly accountId: string
  /** Stops everything: sockets, timers, files. */
  close(): Promise<void>
  /** Every REST request so far (the last 10,000). */
  requests(): readonly RecordedRequest[]
  /** The opens and closes among them. */
  orders(): readonly RecordedRequest[]
  /** What is open now, as GET /positions shows it. */
  positions(): readonly OpenPositionJson[]
  readonly faults: Faults
  /** Shows a market this quote now. @throws MockBrokerError for an unknown epic or a price it cannot show. */
  injectTick(epic: string, bid: string, offer: string): void
  /** Holds all prices where they are. */
  pause(): void
  resume(): void
}

/**
 * Starts a mock broker; it is ready when the promise resolves.
 * @throws MockBrokerError when it cannot listen or an option is wrong; TapeError when a tape cannot be played.
 */
export async function startMockBroker(options: MockBrokerOptions = {}): Promise<MockBroker> {
  checkOptions(options)
  const { clock = systemClock, seed = 1, host = '127.0.0.1', onNotice = () => {} } = options
  const random = seededRandom(seed)
  const state = brokerState(createEngine({ markets, cash: new Decimal(options.cash ?? '100000'), random }))
  const faults = waitingFaults()
  const log = requestLog(clock)
  const confirms = confirmStore(clock)
  // Tokens and session ids draw from a source of their own: how often one signs in must not change the deal ids.
  const tokenRandom = seededRandom(seed + 1)
  const logins = loginSessions(tokenRandom, clock)
  const { acknowledgeMs = 25, confirmMs = 40 } = options.delays ?? {}

  state.onEvents(events => {
    for (const event of events) {
      if (event.kind === 'confirm') confirms.put(confirmJson(event, state.engine.book(event.epic)))
    }
  })
  const playback = await startPlayback({
    state,
    clock,
    seed,
    replay: options.replay ?? [],
    from: options.from,
    speed: options.speed ?? 1,
    loop: options.loop ?? false,
    strict: options.strict ?? false,
    onNotice,
  })
  const deals = dealQueue({ state, clock, confirmMs, timeOf: playback.timeOf })
  const stream = streamServer({ state, logins, clock, random: tokenRandom })
  let origin = ''
  const rest = restServer({
    broker: { state, confirms, logins, clock, origin: () => origin },
    deals,
    faults,
    log,
    acknowledgeMs,
    onNotice,
  })
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, rest.answer)
  http.on('upgrade', stream.upgrade)

  let closing: Promise<void> | null = null
  async function stop(): Promise<void> {
    rest.close()
    deals.close()
    stream.close()
    await Promise.all([playback.stop(), shut(http)])
  }
  const close = (): Promise<void> => {
    closing ??= stop()
    return closing
  }
  function setMarket(epic: string, marketState: 'TRADEABLE' | 'CLOSED'): void {
    if (!state.engine.book(epic)) throw unknownEpic(epic)
    state.process({ kind: 'market-state', atMs: playback.timeOf(epic), epic, state: marketState })
  }
  try {
    origin = await listen(http, host, options.port ?? 0)
  } catch (cause) {
    await playback.stop()
    throw cause
  }

  return {
    url: `${origin}/gateway/deal`,
    stream: origin,
    apiKey: brokerIdentity.apiKey,
    username: brokerIdentity.username,
    password: brokerIdentity.password,
    accountId: brokerIdentity.accountId,
    close,
    [Symbol.asyncDispose]: close,
    requests: log.all,
    orders: log.orders,
    positions: () => positionsOf(state, clock.nowMs()),
    faults: {
      loseNextReply: faults.loseNextReply,
      rejectNext: faults.rejectNext,
      dropStream: stream.dropAll,
      goSilent: () => stream.setSilent(true),
      speak: () => stream.setSilent(false),
      closeMarket: epic => setMarket(epic, 'CLOSED'),
      openMarket: epic => setMarket(epic, 'TRADEABLE'),
    },
    injectTick: (epic, bid, offer) => injectTick(state, epic, bid, offer, playback.timeOf(epic)),
    pause: playback.pause,
    resume: playback.resume,
  }
}

function positionsOf({ engine }: BrokerState, nowMs: number): readonly OpenPositionJson[] {
  return engine.positions().map(position => openPositionJson(position, engine.book(position.epic)!, nowMs))
}

function injectTick(state: BrokerState, epic: string, bid: string, offer: string, atMs: number): void {
  const market = state.engine.book(epic)?.market
  if (!market) throw unknownEpic(epic)
  const bidUnits = parseUnits(bid, market.decimals)
  const offerUnits = parseUnits(offer, market.decimals)
  if (!bidUnits || !offerUnits) {
    throw new MockBrokerError(
      'bad-option',
      `expected prices above 0 with at most ${market.decimals} decimals for ${epic}, but got ${bid}/${offer}; correct them`,
    )
  }
  state.process({ kind: 'tick', epic, atMs, bidUnits, offerUnits })
}

function unknownEpic(epic: string): MockBrokerError {
  const known = markets.map(market => market.epic).join(', ')
  return new MockBrokerError('bad-option', `expected one of the epics ${known}, but got ${epic}; choose one of them`)
}

async function listen(http: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', cause => {
      const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'listen-failed'
      const why =
        code === 'EADDRINUSE'
          ? 'it is in use; stop the other program or choose another'
          : `${cause.message}; choose another host or port`
      reject(new MockBrokerError(code, `expected to listen on ${host} port ${port}, but ${why}`, { cause }))
    })
    http.listen(port, host, resolve)
  })
  const address = http.address()
  const taken = typeof address === 'object' && address ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

async function shut(http: Server): Promise<void> {
  const closed = new Promise<void>(resolve => http.close(() => resolve()))
  http.closeAllConnections()
  await closed
}

/** A trader pauses for longer than Node's five seconds, and the next order should find its connection alive. Our choice. */
const KEEP_ALIVE_MS = 65_000
