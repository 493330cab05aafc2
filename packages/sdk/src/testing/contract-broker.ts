import { type MockBroker, type MockBrokerOptions, startMockBroker } from '@scalpdesk/mock-broker'
import { type ManualClock, manualClock, seededRandom } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { connectIg } from '../connect-ig.ts'
import type { DealRequest } from '../deal-request.ts'
import { type DealReference, dealReference, type Epic, epic } from '../ids.ts'
import type { ConnectOptions, Ig } from '../ig.ts'
import type { SdkEvent } from '../observe.ts'
import type { OpenTerms } from '../order.ts'
import type { Accepted, Settlement } from '../settlement.ts'
import type { Sent } from '../submission.ts'
import { noteAnswered } from './contract-routes.ts'
import { sharedTime } from './shared-time.ts'

export const EURUSD = epic('CS.D.EURUSD.CFD.IP')
export const DAX = epic('IX.D.DAX.IFD.IP')

/** A Wednesday: markets trade before and after it. */
export const START_MS = Date.UTC(2026, 5, 17, 9, 30, 15)

/** The client and the mock broker over real sockets, in a time that only the test moves on. */
export interface Contract extends AsyncDisposable {
  readonly broker: MockBroker
  readonly clock: ManualClock
  readonly ig: Ig
  /** What every connection told its observer, in order. */
  readonly events: readonly SdkEvent[]
  /** Another connection; it ends with the rest. */
  connect(options?: Partial<ConnectOptions>): Promise<Ig>
  /** Moves time on while `work` waits for nothing but time. */
  inTime<T>(work: Promise<T>): Promise<T>
  /** Moves time on in steps, which let what they have woken go on. */
  pass(ms: number): Promise<void>
  /** Lets time pass, slowly enough for streams to be heard, until something is there. */
  comes<T>(what: string, read: () => T | undefined | null | false): Promise<T>
  settled(sent: Promise<Sent> | Sent | DealRequest): Promise<Settlement>
  /** @throws when it was not accepted. */
  dealt(sent: Promise<Sent>): Promise<Accepted>
  /** One that was not used before. */
  reference(): DealReference
  /** Of buying 1 EUR/USD, with a reference of its own, unless told otherwise. */
  terms(changes?: Partial<Omit<OpenTerms, 'market'>> & { readonly epic?: Epic }): Promise<OpenTerms>
}

export interface ContractOptions {
  readonly broker?: MockBrokerOptions
  readonly connect?: Partial<ConnectOptions>
}

const QUIET: MockBrokerOptions = { pastDays: 0, delays: { acknowledgeMs: 0, confirmMs: 0 } }

/** The prices stand still; EUR/USD at 1.08417 / 1.08423 and the DAX at 18500.0 / 18501.2. */
export async function startContract(options: ContractOptions = {}): Promise<Contract> {
  const clock = manualClock(START_MS)
  const broker = await startMockBroker({ ...QUIET, clock, ...options.broker })
  broker.pause()
  broker.injectTick(EURUSD, '1.08417', '1.08423')
  broker.injectTick(DAX, '18500.0', '18501.2')
  const time = sharedTime(clock)
  const events: SdkEvent[] = []
  const connections: Ig[] = []
  let references = 0

  function observe(event: SdkEvent): void {
    events.push(event)
    time.hear(event)
    if (event.kind === 'response' && event.status === 200) noteAnswered(event.route)
  }

  async function connect(more: Partial<ConnectOptions> = {}): Promise<Ig> {
    const { apiKey, username: identifier, password } = broker
    const made = await connectIg({
      environment: new URL(broker.url),
      credentials: { apiKey, identifier, password },
      observe,
      clock: time.clock,
      random: seededRandom(1),
      ...more,
    })
    connections.push(made)
    return made
  }

  async function settled(sent: Promise<Sent> | Sent | DealRequest): Promise<Settlement> {
    return time.during(contract.ig.settle(await sent))
  }

  function reference(): DealReference {
    return dealReference(`contract-${++references}`)
  }

  async function close(): Promise<void> {
    await Promise.all(connections.map(each => each.close()))
    await broker.close()
  }

  const ig = await connect(options.connect).catch(async error => {
    await broker.close()
    throw error
  })
  const contract: Contract = {
    broker,
    clock,
    ig,
    events,
    connect,
    inTime: time.during,
    pass: time.pass,
    comes: time.comes,
    settled,
    async dealt(sent) {
      const settlement = await settled(sent)
      if (settlement.kind === 'accepted') return settlement
      throw new Error(`expected an accepted deal, but got ${reasonOf(settlement)}`)
    },
    reference,
    async terms({ epic = EURUSD, ...changes } = {}) {
      const market = await contract.ig.markets.get(epic)
      return { reference: reference(), market, direction: 'BUY', size: new Decimal(1), ...changes }
    },
    [Symbol.asyncDispose]: close,
  }
  return contract
}

function reasonOf(settlement: Exclude<Settlement, Accepted>): string {
  return settlement.kind === 'rejected' ? settlement.reason : `${settlement.kind}: ${settlement.cause.message}`
}
