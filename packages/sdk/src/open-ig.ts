import { dialWebSocket, httpDial, openTlcp } from '@scalpdesk/tlcp'
import { AccountChoice } from './account-choice.ts'
import { learnLimits } from './allowance/learn-limits.ts'
import { routeAllowance } from './allowance/route-allowance.ts'
import { type ConnectionPlan, connectionPlan } from './connection-plan.ts'
import { dealingOver } from './dealing/dealing.ts'
import { keepRehearsing, rehearse } from './dealing/rehearsal.ts'
import type { AccountId } from './ids.ts'
import type { ConnectOptions, Ig } from './ig.ts'
import { accountsOver } from './resources/accounts.ts'
import { applicationsOver } from './resources/applications.ts'
import { costsOver } from './resources/costs.ts'
import { historyOver } from './resources/history.ts'
import { marketsOver } from './resources/markets.ts'
import { pricesOver } from './resources/prices.ts'
import { repeatDealingOver } from './resources/repeat-dealing.ts'
import { sessionOver } from './resources/session.ts'
import { watchlistsOver } from './resources/watchlists.ts'
import { callTo } from './rest/call.ts'
import { Caller } from './rest/caller.ts'
import { aborted } from './rest/pause.ts'
import type { Rest } from './rest/rest.ts'
import { RestClient } from './rest/rest-client.ts'
import { ROUTES } from './rest/routes.ts'
import { IgSession } from './session/ig-session.ts'
import { keepAlive } from './session/keep-alive.ts'
import { type SignInPorts, signIn, signOut } from './session/sign-in.ts'
import { LazyIgStream } from './stream/ig-stream.ts'
import { streamCredentials } from './stream/stream-credentials.ts'
import { streamServer } from './stream/stream-server.ts'
import { laneRefresher } from './transport/lane-refresher.ts'
import { nodeTransport } from './transport/node-transport.ts'
import type { Transport } from './transport/transport.ts'

/** See `connectIg`. */
export async function openIg(options: ConnectOptions): Promise<Ig> {
  const plan = connectionPlan(options)
  const { base, clock, random, gate } = plan
  const transport = (options.transport ?? nodeTransport)({ base, clock })
  const caller = new Caller({ transport, ...plan })
  const allowance = routeAllowance(gate)
  const ports: SignInPorts = {
    send(call, headers, signal) {
      allowance.count(call.route)
      return caller.send(call, headers, { lane: 'exit', attempt: 1 }, { signal })
    },
    monotonicMs: () => clock.monotonicMs(),
  }
  let session: IgSession | null = null
  try {
    // In parallel with the sign-in: the first order is not the one to pay for a handshake.
    const warm = transport.warm()
    const signedIn = await signIn(ports, plan.signIn, options.signal)
    session = new IgSession({ signIn: ports, clock, random, tell: event => caller.tell(event) }, plan.signIn, signedIn)
    caller.tell({ kind: 'session', what: 'signed-in' })
    gate.actFor(session.accountId)
    const ending = new AbortController()
    const rest = new RestClient({ caller, authority: session, allowance, clock, random, ending: ending.signal })
    const choice = new AccountChoice(session, accountsOver(rest))
    // One after the other: the accounts are then read over a connection of the orders.
    await Promise.all([
      warm.then(() => choice.begin(options.signal)),
      plan.rehearsal === 'before' ? rehearse(plan) : null,
    ])
    if (options.signal?.aborted) throw aborted()
    if (plan.rehearsal === 'kept') keepRehearsing(plan, ending.signal)
    return connected({ plan, transport, caller, ports, session, rest, choice, ending })
  } catch (error) {
    gate.close()
    // Where we got in we also leave.
    if (session !== null) await signOut(ports, plan.signIn, await session.close())
    await transport.close()
    throw error
  }
}

interface Parts {
  readonly plan: ConnectionPlan
  readonly transport: Transport
  readonly caller: Caller
  readonly ports: SignInPorts
  readonly session: IgSession
  readonly rest: Rest
  readonly choice: AccountChoice
  /** Aborted when the connection is closed. */
  readonly ending: AbortController
}

function connected(parts: Parts): Ig {
  const { plan, rest, session, choice } = parts
  const { gate, clock } = plan
  const stream = openStream(parts)
  const accountId = (): AccountId => session.accountId
  const zone = (): string | { readonly offsetHours: number } => plan.timeZone ?? { offsetHours: session.utcOffsetHours }
  const history = historyOver(rest, { zone, clock, accountId })
  const isHearingConfirms = (): boolean => stream.isHearingConfirms
  const dealing = dealingOver({ ...plan, ...parts, allowance: gate, history, isHearingConfirms })
  stream.onConfirm(confirm => dealing.inbox.note(confirm))
  choice.onSwitch({
    begins: () => parts.transport.stopWaiting(),
    done() {
      gate.actFor(session.accountId)
      dealing.stopSettling()
      stream.switchAccount()
    },
  })
  const applications = applicationsOver(rest)
  const ending = parts.ending
  const staying = keepAlive(clock, session, () => rest.read(callTo(ROUTES.readSession), { signal: ending.signal }))
  const { apiKey } = plan.signIn.credentials
  const learning = plan.learnsLimits
    ? learnLimits({ gate, stream, applications, apiKey }, ending.signal)
    : Promise.resolve()

  async function closeAll(): Promise<void> {
    ending.abort()
    gate.close()
    staying.stop()
    dealing.stopSettling()
    parts.transport.stopWaiting()
    const auth = await session.close()
    // Signing out while the stream is up would end it as if it had failed; orders on their way need their tokens.
    await Promise.all([stream.close(), dealing.drained(), learning])
    await signOut(parts.ports, plan.signIn, auth)
    parts.caller.tell({ kind: 'session', what: 'signed-out' })
    await parts.transport.close()
  }
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= closeAll()
    return closing
  }
  return {
    get account() {
      return choice.account
    },
    session: sessionOver(rest, choice),
    accounts: accountsOver(rest),
    markets: marketsOver(rest),
    prices: pricesOver(rest, points => gate.learnPoints(points), accountId),
    ...dealing.resources,
    history,
    watchlists: watchlistsOver(rest),
    costs: costsOver(rest),
    applications,
    repeatDealing: repeatDealingOver(rest),
    allowances: {
      view: () => gate.view(),
      waitMs: lane => gate.waitMs(lane === 'data' ? 'data' : 'trading', lane),
    },
    stream,
    settle: dealing.settle,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function openStream({ plan, transport, session, rest }: Parts): LazyIgStream {
  const { base, clock, random } = plan
  const stream = new LazyIgStream({
    open: () =>
      openTlcp({
        server: streamServer(base, session.streamServer),
        credentials: streamCredentials(session, rest),
        clock,
        random,
        ...(plan.streamDial ? { dial: plan.streamDial } : { dial: dialWebSocket, dialHttp: httpDial() }),
      }),
    account: () => session.accountId,
    server: () => session.streamServer,
    clock,
  })
  stream.onStatus(laneRefresher(transport))
  session.onRenewed(() => stream.sessionRenewed())
  return stream
}
