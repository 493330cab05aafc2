import { dialWebSocket, openTlcp } from '@scalpdesk/tlcp'
import type { Account } from './account.ts'
import type { Confirm } from './confirm.ts'
import { ProtocolError } from './errors.ts'
import type { AccountId, DealReference } from './ids.ts'
import type { ConnectOptions, Ig } from './ig.ts'
import { failureOf, readAnswer } from './rest/answer.ts'
import { decodeAccounts } from './rest/decode-account.ts'
import { decodeConfirm } from './rest/decode-confirm.ts'
import { decodeMarket, decodeMarketSearch } from './rest/decode-market.ts'
import { decodePositions, decodeWorkingOrders } from './rest/decode-position.ts'
import { restBase } from './rest/environment.ts'
import { laneRefresher } from './rest/lane-refresher.ts'
import { OrderLane } from './rest/order-lane.ts'
import { OrderSender } from './rest/order-sender.ts'
import { undiciReadPool } from './rest/read-pool.ts'
import { RestSession } from './rest/rest-session.ts'
import { type SignInPorts, signIn } from './rest/sign-in.ts'
import { LazyIgStream } from './stream/ig-stream.ts'
import { streamCredentials } from './stream/stream-credentials.ts'
import { streamServer } from './stream/stream-server.ts'
import { systemClock, systemRandom } from './system-clock.ts'

/** Our choice: longer than any answer that still helps a trader. */
const REQUEST_TIMEOUT_MS = 10_000

/** See `connectIg`. */
export async function openIg(options: ConnectOptions): Promise<Ig> {
  const { credentials, clock = systemClock, random = systemRandom, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options
  const base = restBase(options.environment)
  const pool = undiciReadPool(base, clock, requestTimeoutMs)
  const lane = new OrderLane(base, clock, requestTimeoutMs)
  try {
    // In parallel with the sign-in: the first order is not the one to pay for a handshake.
    const warm = lane.warm()
    const ports: SignInPorts = { pool, basePath: base.pathname, credentials, wanted: options.accountId }
    const session = new RestSession(ports, await signIn(ports, options.signal), clock)
    const [account] = await Promise.all([accountActedOn(session), warm])
    options.signal?.throwIfAborted()
    const orders = new OrderSender(lane, session, clock, base, credentials.apiKey)
    const stream = new LazyIgStream(
      () =>
        openTlcp({
          server: streamServer(base, session.streamServer),
          credentials: need => streamCredentials(session, need),
          clock,
          random,
          dial: dialWebSocket,
        }),
      session.accountId,
      clock,
    )
    stream.onStatus(laneRefresher(lane))
    let closing: Promise<void> | null = null
    const close = (): Promise<void> => {
      closing ??= closeAll(stream, lane, session, pool)
      return closing
    }
    return {
      account,
      ...reads(session),
      positions: positions(session, orders),
      stream,
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await Promise.all([lane.close(), pool.close()])
    throw error
  }
}

function reads(session: RestSession): Pick<Ig, 'accounts' | 'markets' | 'workingOrders' | 'confirms'> {
  return {
    accounts: { list: async () => decodeAccounts(await session.get('/accounts', 1)) },
    markets: {
      get: async epic => decodeMarket(await session.get(`/markets/${encodeURIComponent(epic)}`, 3)),
      search: async text => decodeMarketSearch(await session.get(`/markets?searchTerm=${encodeURIComponent(text)}`, 1)),
    },
    workingOrders: { list: async () => decodeWorkingOrders(await session.get('/workingorders', 2)) },
    confirms: { find: reference => findConfirm(session, reference) },
  }
}

function positions(session: RestSession, orders: OrderSender): Ig['positions'] {
  return {
    list: async () => decodePositions(await session.get('/positions', 2)),
    open: (order, watch) => orders.open(order, watch),
    close: (order, watch) => orders.close(order, watch),
    amend: (order, watch) => orders.amend(order, watch),
  }
}

/** Before a confirm exists IG answers 404, and was seen to answer 405 and 500. Source: IG Labs, REST API reference, "Confirms". */
async function findConfirm(session: RestSession, reference: DealReference): Promise<Confirm | null> {
  const path = `/confirms/${encodeURIComponent(reference)}`
  const response = await session.getResponse(path, 1)
  if (response.status === 404 || response.status === 405 || response.status === 500) return null
  const request = { method: 'GET', path }
  if (response.status !== 200) throw failureOf(response, request)
  const confirm = decodeConfirm(readAnswer(response, request))
  if (confirm.reference === reference) return confirm
  const text = `expected the confirm of ${reference}, but got that of ${confirm.reference}; ask again`
  throw new ProtocolError('other-confirm', text)
}

async function accountActedOn(session: RestSession): Promise<Account> {
  const id: AccountId = session.accountId
  const account = decodeAccounts(await session.get('/accounts', 1)).find(candidate => candidate.id === id)
  if (account !== undefined) return account
  const text = `expected the account ${id} among those of this login, but it is not there; try again`
  throw new ProtocolError('account-missing', text)
}

async function closeAll(
  stream: LazyIgStream,
  lane: OrderLane,
  session: RestSession,
  pool: { close(): Promise<void> },
): Promise<void> {
  // Signing out while the stream is up would end it as if it had failed; orders on their way need their tokens.
  await Promise.all([stream.close(), lane.close()])
  await session.signOut()
  await pool.close()
}
