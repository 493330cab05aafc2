import { createServer, type Server } from 'node:http'
import type { OpenPositionJson, WorkingOrderEntryJson } from '@scalpdesk/wire'
import { type AccountTerms, createEngine, markets, parseUnits, seededRandom } from '../engine/index.ts'
import { allowances } from './allowances.ts'
import { application } from './application.ts'
import { brokerCalendar } from './broker-calendar.ts'
import { brokerFaults, unknownEpic } from './broker-faults.ts'
import { type BrokerState, brokerState } from './broker-state.ts'
import { jumpingClock } from './clock.ts'
import { confirmDelivery } from './confirm-delivery.ts'
import { confirmStore } from './confirm-store.ts'
import { costQuotes } from './cost-quotes.ts'
import { dealQueue } from './deal-queue.ts'
import type { Faults } from './faults.ts'
import { openPositionJson } from './json/position-json.ts'
import { workingOrderJson } from './json/working-order-json.ts'
import { loginSessions } from './login/login-sessions.ts'
import { passwordKey } from './login/password-key.ts'
import { MockBrokerError } from './mock-broker-error.ts'
import { checkOptions, type MockBrokerOptions } from './mock-broker-options.ts'
import { pastTrading } from './past-trading.ts'
import { type Playback, startPlayback } from './playback/playback.ts'
import { priceHistory } from './prices/price-history.ts'
import { type RecordedRequest, requestLog } from './request-log.ts'
import { restServer } from './rest/rest-server.ts'
import { STREAM_PATH } from './stream/http-requests.ts'
import { type OpenStream, streamServer } from './stream/stream-server.ts'
import { STREAM_DEFAULTS } from './stream/stream-terms.ts'
import { systemClock } from './system-clock.ts'
import { API_KEY, defaultUsers, type MockUser } from './users.ts'
import { waitingFaults } from './waiting-faults.ts'
import { watchlists } from './watchlists.ts'

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
  /** Every change of positions and working orders that was asked for, in order, refused ones too. */
  dealingRequests(): readonly RecordedRequest[]
  /** What is open now on all accounts, as GET /positions shows it. */
  positions(): readonly OpenPositionJson[]
  /** What waits for its level now on all accounts, as GET /workingorders shows it. */
  workingOrders(): readonly WorkingOrderEntryJson[]
  /** Streaming sessions that are open now, with or without a client listening. */
  streams(): readonly OpenStream[]
  readonly faults: Faults
  /** Shows a market this quote now. @throws MockBrokerError for an unknown epic or a price it cannot show. */
  injectTick(epic: string, bid: string, offer: string): void
  /** A night passes: open positions are charged for it. */
  passNight(): void
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
  const { seed = 1, host = '127.0.0.1', onNotice = () => {} } = options
  const clock = jumpingClock(options.clock ?? systemClock)
  const users = options.users ?? defaultUsers(options.cash ?? '100000')
  const engine = createEngine({
    markets,
    accounts: accountsOf(users),
    random: seededRandom(seed),
    conditions: options.conditions && { ...options.conditions, seed },
  })
  const state = brokerState(engine)
  const faults = waitingFaults()
  const log = requestLog(clock)
  const confirms = confirmStore(clock)
  const delivery = confirmDelivery(state, confirms, clock)
  // Tokens and session ids draw from a source of their own: how often one signs in must not change the deal ids.
  const tokenRandom = seededRandom(seed + 1)
  const logins = loginSessions(users, tokenRandom, clock)
  const { acknowledgeMs = 25, confirmMs = 40 } = options.delays ?? {}
  let playback: Playback | null = null
  const timeOf = (epic: string | undefined): number => playback?.timeOf(epic) ?? clock.nowMs()
  const prices = priceHistory(state, seed, timeOf)

  playback = await startPlayback({
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
  const played = playback
  const calendar = brokerCalendar({ state, clock, timeOf })
  const deals = dealQueue({ state, clock, confirmMs, timeOf })
  const { streaming = {} } = options
  const stream = streamServer({
    state,
    delivery,
    logins,
    prices,
    clock,
    random: tokenRandom,
    accounts: accountsOf(users).map(({ id }) => id),
    terms: {
      newestTlcp: streaming.newestTlcp ?? STREAM_DEFAULTS.newestTlcp,
      controlLink: streaming.controlLink ?? STREAM_DEFAULTS.controlLink,
      subscriptionLimit: streaming.subscriptionLimit ?? STREAM_DEFAULTS.subscriptionLimit,
      servesLegacy: streaming.legacyItems ?? STREAM_DEFAULTS.servesLegacy,
      endsAtSignOut: streaming.endsAtSignOut ?? STREAM_DEFAULTS.endsAtSignOut,
    },
  })
  state.onEvents(events => {
    for (const event of events) event.kind === 'confirm' ? delivery.deliver(event) : stream.tell(event)
  })
  const allowed = allowances(clock, options.allowances === 'ig')
  let origin = ''
  const rest = restServer({
    broker: {
      state,
      confirms,
      delivery,
      logins,
      passwordKey: passwordKey(clock),
      allowances: allowed,
      application: application(allowed, clock.nowMs()),
      watchlists: watchlists(),
      prices,
      costs: costQuotes(),
      clock,
      timeOf,
      origin: () => origin,
    },
    deals,
    faults,
    log,
    acknowledgeMs,
    onNotice,
  })
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (message, response) => {
    const path = (message.url ?? '').split('?', 1)[0] ?? ''
    if (STREAM_PATH.test(path)) stream.answer(message, response)
    else rest.answer(message, response)
  })
  http.on('upgrade', stream.upgrade)

  let closing: Promise<void> | null = null
  async function stop(): Promise<void> {
    rest.close()
    deals.close()
    delivery.close()
    calendar.close()
    stream.close()
    await Promise.all([played.stop(), shut(http)])
  }
  const close = (): Promise<void> => {
    closing ??= stop()
    return closing
  }
  try {
    origin = await listen(http, host, options.port ?? 0)
  } catch (cause) {
    calendar.close()
    await played.stop()
    throw cause
  }

  const startMs = clock.nowMs()
  engine.remember(() =>
    pastTrading({
      accounts: accountsOf(users),
      book: engine.book,
      pastBid: prices.pastBid,
      seed,
      nowMs: startMs,
      days: options.pastDays ?? 90,
    }),
  )

  return {
    url: `${origin}/gateway/deal`,
    stream: origin,
    apiKey: API_KEY,
    username: users[0].username,
    password: users[0].password,
    accountId: users[0].accounts[0].id,
    close,
    [Symbol.asyncDispose]: close,
    requests: log.all,
    orders: log.orders,
    dealingRequests: log.dealing,
    positions: () => positionsOf(state, clock.nowMs()),
    workingOrders: () => workingOrdersOf(state, clock.nowMs()),
    streams: stream.sessions,
    faults: brokerFaults({ faults, state, stream, logins, confirms, clock, timeOf }),
    injectTick: (epic, bid, offer) => injectTick(state, epic, bid, offer, timeOf(epic)),
    passNight: () => state.process({ kind: 'night', atMs: clock.nowMs() }),
    pause: played.pause,
    resume: played.resume,
  }
}

function accountsOf(users: readonly [MockUser, ...MockUser[]]): readonly [AccountTerms, ...AccountTerms[]] {
  const [first, ...others] = users
  return [...first.accounts, ...others.flatMap(({ accounts }) => accounts)]
}

function workingOrdersOf({ engine }: BrokerState, nowMs: number): readonly WorkingOrderEntryJson[] {
  return engine.workingOrders().map(order => workingOrderJson(order, engine.book(order.epic)!, nowMs))
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
