import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AccountTerms, createEngine, markets, seededRandom } from '../engine/index.ts'
import { ADMIN_PREFIX, serveAdmin } from './admin-server.ts'
import { allowances } from './allowances.ts'
import { application } from './application.ts'
import { brokerCalendar } from './broker-calendar.ts'
import { brokerFaults, unknownEpic } from './broker-faults.ts'
import { brokerSnapshot, openPositions, waitingOrders } from './broker-snapshot.ts'
import { brokerState } from './broker-state.ts'
import { jumpingClock } from './clock.ts'
import { confirmDelivery } from './confirm-delivery.ts'
import { costQuotes } from './cost-quotes.ts'
import { dealQueue } from './deal-queue.ts'
import { dealReferences } from './deal-references.ts'
import { directLine } from './direct-line.ts'
import { checkFaultPlan } from './fault-plan.ts'
import { faultPlanner } from './fault-planner.ts'
import type { Faults } from './faults.ts'
import { nodeExchange } from './http/node-exchange.ts'
import { plainLane } from './http/plain-lane.ts'
import { answerUnreadable, listen, shut } from './listening.ts'
import { loginSessions } from './login/login-sessions.ts'
import { passwordKey } from './login/password-key.ts'
import { injectTick, settle } from './market-controls.ts'
import type { MockBroker } from './mock-broker.ts'
import { checkClock, checkOptions, checkStep, type MockBrokerOptions } from './mock-broker-options.ts'
import { pastTrading } from './past-trading.ts'
import { type Playback, startPlayback } from './playback/playback.ts'
import { priceHistory } from './prices/price-history.ts'
import { requestLog } from './request-log.ts'
import { isBelowBase } from './rest/request-head.ts'
import { restServer } from './rest/rest-server.ts'
import { sentiment } from './sentiment.ts'
import { shownMarket } from './shown-market.ts'
import { STREAM_PATH } from './stream/http-requests.ts'
import { streamServer } from './stream/stream-server.ts'
import { STREAM_DEFAULTS } from './stream/stream-terms.ts'
import { systemClock } from './system-clock.ts'
import { API_KEY, defaultUsers, type MockUser } from './users.ts'
import { waitingFaults } from './waiting-faults.ts'
import { watchlists } from './watchlists.ts'

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
    keepsHours: options.keepsHours,
  })
  const state = brokerState(engine)
  const faults = waitingFaults()
  const log = requestLog(clock)
  const references = dealReferences(clock)
  const delivery = confirmDelivery(references, clock)
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
    staysOpen: options.staysOpen ?? false,
    isSyntheticStill: options.synthetic === 'still',
    strict: options.strict ?? false,
    gapMinutes: options.gapMinutes ?? 30,
    onNotice,
    onLoading: options.onLoading,
  })
  const played = playback
  const calendar = brokerCalendar({ state, clock, timeOf, keepsHours: options.keepsHours ?? false })
  const deals = dealQueue({ state, references, clock, confirmMs, timeOf })
  const { streaming = {} } = options
  const accountIds = accountsOf(users).map(({ id }) => id)
  const stream = streamServer({
    state,
    delivery,
    logins,
    prices,
    clock,
    random: tokenRandom,
    accounts: accountIds,
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
  const broken = brokerFaults({ faults, state, stream, logins, references, clock, timeOf })
  // A source of its own as well: chance must not change the deal ids.
  const planner = faultPlanner({ faults: broken, waiting: faults, clock, random: seededRandom(seed + 2) })
  const plan: Faults['plan'] = each => {
    checkFaultPlan(each)
    planner.plan(each)
  }
  const rest = restServer({
    broker: {
      state,
      references,
      delivery,
      logins,
      passwordKey: passwordKey(clock),
      allowances: allowed,
      application: application(allowed, clock.nowMs()),
      watchlists: watchlists(),
      prices,
      costs: costQuotes(),
      sentiment: sentiment(engine, seed),
      clock,
      timeOf,
      earliestMs: played.earliestMs,
      origin: () => origin,
    },
    deals,
    faults,
    log,
    onRequest: planner.onRequest,
    acknowledgeMs,
    onNotice,
  })
  function answer(message: IncomingMessage, response: ServerResponse): void {
    const { url = '' } = message
    if (url.startsWith(ADMIN_PREFIX)) serveAdmin(message, response, broker)
    else if (STREAM_PATH.test(url)) stream.answer(message, response)
    else nodeExchange(message, response, rest.answer)
  }
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, answer)
  http.on('upgrade', stream.upgrade)
  answerUnreadable(http)
  const plain = plainLane({
    http,
    serves: url => isBelowBase(url) && !STREAM_PATH.test(url),
    serve: rest.answer,
    nowMs: systemClock.nowMs,
  })

  let closing: Promise<void> | null = null
  async function stop(): Promise<void> {
    planner.close()
    rest.close()
    deals.close()
    delivery.close()
    calendar.close()
    stream.close()
    plain.close()
    await Promise.all([played.stop(), shut(http)])
  }
  const close = (): Promise<void> => {
    closing ??= stop()
    return closing
  }
  try {
    origin = options.listens === false ? UNHEARD : await listen(http, host, options.port ?? 0)
  } catch (cause) {
    calendar.close()
    await played.stop()
    throw cause
  }

  const startMs = played.earliestMs()
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

  const broker: MockBroker = {
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
    positions: () => openPositions(state, clock.nowMs()),
    workingOrders: () => waitingOrders(state, clock.nowMs()),
    streams: stream.sessions,
    faults: { ...broken, plan, stop: planner.stop, planned: planner.planned },
    injectTick: (epic, bid, offer) => injectTick(state, epic, bid, offer, timeOf(epic)),
    passNight: () => state.process({ kind: 'night', atMs: clock.nowMs() }),
    settle: (epic, level) => settle(state, epic, level, timeOf(epic)),
    state: () =>
      brokerSnapshot({
        state,
        accounts: accountIds,
        playback: played,
        streams: stream.sessions,
        planned: planner.planned,
        nowMs: clock.nowMs,
      }),
    setClock(nowMs) {
      checkClock(nowMs)
      clock.jump(nowMs - clock.nowMs())
    },
    pause: played.pause,
    resume: played.resume,
    step(ticks = 1, epic) {
      if (epic !== undefined && !state.engine.book(epic)) throw unknownEpic(epic)
      checkStep(ticks, played.isPaused())
      return played.step(ticks, epic)
    },
    shown: epic => shownMarket(state, played, epic),
    replay: played.progress,
    direct: directLine(rest.answer, stream),
    isReading: played.isReading,
    setSpeed(speed) {
      checkOptions({ speed })
      played.setSpeed(speed)
    },
  }
  for (const each of options.faults ?? []) plan(each)
  return broker
}

function accountsOf(users: readonly [MockUser, ...MockUser[]]): readonly [AccountTerms, ...AccountTerms[]] {
  const [first, ...others] = users
  return [...first.accounts, ...others.flatMap(({ accounts }) => accounts)]
}

/** Of a broker that listens nowhere: the discard port (RFC 863), which nobody answers. */
const UNHEARD = 'http://127.0.0.1:9'
/** A trader pauses for longer than Node's five seconds, and the next order should find its connection alive. Our choice. */
const KEEP_ALIVE_MS = 65_000
