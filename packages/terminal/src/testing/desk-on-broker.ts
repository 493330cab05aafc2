import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, type Ig } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { type DeskOptions, openDesk, type RunningDesk } from './running-desk.ts'

export const EURUSD = 'CS.D.EURUSD.CFD.IP'
export const DAX = 'IX.D.DAX.IFD.IP'
export const GOLD = 'CS.D.CFDGOLD.CFDGC.IP'

/** The program on a broker whose prices move only when they are told to. */
export interface DeskOnBroker {
  readonly desk: RunningDesk
  readonly broker: MockBroker
  /** Shows markets these quotes, and waits until the first one is on the screen. */
  price(bid: string, offer: string): Promise<void>
  /** Waits for the screen, and for a frame after the one that showed it: by then the program knows that it was seen. */
  seen(expected: Parameters<RunningDesk['waitForScreen']>[0]): Promise<string>
  /** What was asked to change positions and working orders, such as `POST /positions/otc`. */
  dealt(): readonly string[]
  /** The body of the last of those. */
  lastBody(): Readonly<Record<string, unknown>>
}

export interface OpenParts {
  /** Closed after the test, the last first. */
  readonly open: AsyncDisposable[]
}

export async function deskOnBroker({ open }: OpenParts, options: DeskOptions = {}): Promise<DeskOnBroker> {
  const broker = await startMockBroker({ seed: 7 })
  open.push(broker)
  broker.pause()
  const desk = openDesk({ ...options, env: { SCALPDESK_URL: broker.url, ...options.env } })
  open.push(desk)
  const dealt = () => broker.dealingRequests()
  const on: DeskOnBroker = {
    desk,
    broker,
    async price(bid, offer) {
      broker.injectTick(EURUSD, bid, offer)
      await on.seen(offer)
    },
    seen: expected => seenBy(desk, expected),
    dealt: () => dealt().map(({ method, path }) => `${method} ${path.replace(/\/D[A-Z0-9]+$/, '/…')}`),
    lastBody: () => (dealt().at(-1)?.body ?? {}) as Readonly<Record<string, unknown>>,
  }
  await desk.waitForScreen(/FLAT|À PLAT/)
  await on.price('1.10000', '1.10006')
  return on
}

/** Waits for the screen, and for a frame after the one that showed it: by then the program knows that it was seen. */
export async function seenBy(
  desk: RunningDesk,
  expected: Parameters<RunningDesk['waitForScreen']>[0],
): Promise<string> {
  const screen = await desk.waitForScreen(expected)
  const { length } = desk.raw()
  await waitFor('a later frame', () => desk.raw().length > length)
  return screen
}

/** Somebody else on the same account. */
export async function otherHands({ broker }: DeskOnBroker, { open }: OpenParts): Promise<Ig> {
  const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }
  const ig = await connectIg({ environment: new URL(broker.url), credentials })
  open.push(ig)
  return ig
}
