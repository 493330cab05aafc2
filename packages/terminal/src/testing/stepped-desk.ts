import { Agent, request } from 'node:http'
import { type DeskState, isPending } from '@scalpdesk/desk'
import type { ShownMarket } from '@scalpdesk/mock-broker'
import { createQuote, type Epic, type Ig, type Quote, systemClock } from '@scalpdesk/sdk'
import { type WorldClock, worldClock } from '../rerun/world-clock.ts'
import { type CommandDesk, type CommandDeskParts, startCommandDesk } from '../session/command-desk.ts'

export interface SteppedParts extends Pick<CommandDeskParts, 'ig' | 'setup' | 'journal' | 'contractOf' | 'onNotice'> {
  readonly ig: Ig
  /** The broker, paused on a tape: {@link steppedMock}. */
  readonly tape: SteppedTape
  readonly epic: Epic
  /** Tape seconds in one real second. */
  readonly speed: number | 'max'
  /** A strategy is asked something now. */
  readonly isThinking: () => boolean
}

/** A tape that shows its next tick when it is told to. */
export interface SteppedTape {
  step(epic: string): Promise<ShownMarket>
  shown(epic: string): Promise<ShownMarket>
  close(): void
}

/** The admin route of a mock broker over its socket. @param origin such as `http://127.0.0.1:8080` */
export function steppedMock(origin: string): SteppedTape {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  function ask(method: string, path: string, body: string): Promise<ShownMarket> {
    const { promise, resolve, reject } = Promise.withResolvers<ShownMarket>()
    const asking = request(`${origin}/admin/${path}`, { method, agent }, answer => {
      const parts: string[] = []
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = parts.join('')
        if (answer.statusCode === 200) return resolve(JSON.parse(text) as ShownMarket)
        reject(new Error(`expected the mock broker to step, but it says ${text}; pause it first`))
      })
    })
    asking.on('error', reject)
    asking.end(body)
    return promise
  }
  return {
    step: epic => ask('POST', 'step', JSON.stringify({ epic })),
    shown: epic => ask('GET', `market?epic=${encodeURIComponent(epic)}`, ''),
    close: () => agent.destroy(),
  }
}

/** A desk that lives by the time of a tape, which stands until all that was asked on a tick is done: real sockets, and yet the same run. */
export interface SteppedDesk {
  readonly desk: CommandDesk
  readonly clock: WorldClock
  /** Plays to the end of the tape, or until it is over. */
  play(take: (quote: Quote) => void, isOver: () => boolean): Promise<void>
  /** Waits until nothing is under way. */
  settled(): Promise<void>
}

export async function startSteppedDesk(parts: SteppedParts): Promise<SteppedDesk> {
  const { tape, epic, speed, isThinking } = parts
  const first = await tape.shown(epic)
  const startMs = first.atMs ?? 0
  const clock = worldClock({ startMs, isReading: () => false })
  const desk = startCommandDesk({
    ...parts,
    recovered: null,
    clock,
    // By the time of the tape: how long a socket takes says nothing of how old a price is.
    stamped: quote => createQuote({ ...fieldsOf(quote), receivedAtMs: (quote.brokerTimeMs ?? startMs) - startMs }),
  })

  async function until(isSo: () => boolean, what: string): Promise<void> {
    const giveUpAtMs = systemClock.monotonicMs() + PATIENCE_MS
    while (!isSo()) {
      if (systemClock.monotonicMs() > giveUpAtMs)
        throw new Error(`expected ${what} within ${PATIENCE_MS} ms, but it did not come`)
      await nextTurn()
    }
  }
  const settled = (): Promise<void> =>
    until(() => !isThinking() && isQuiet(desk.state), 'what was asked on a tick to be done')

  return {
    desk,
    clock,
    settled,
    async play(take, isOver) {
      const startedMs = systemClock.monotonicMs()
      let shown = await tape.shown(epic)
      for (let seen = 0; !isOver(); ) {
        if (shown.quotes > seen) {
          seen = shown.quotes
          await clock.runTo((shown.atMs ?? startMs) - startMs)
          const now = shown
          await until(() => isTold(desk.state, epic, now), 'the stream to tell what a step brought')
          const quote = desk.state.quotes.get(epic)
          if (quote) take(quote)
          await nextTurn()
          await settled()
        }
        if (shown.hasEnded) return
        shown = await tape.step(epic)
        await pace(startedMs, (shown.atMs ?? startMs) - startMs)
      }
    },
  }

  async function pace(startedMs: number, tapeMs: number): Promise<void> {
    if (speed === 'max') return
    const dueMs = startedMs + tapeMs / speed
    if (dueMs > systemClock.monotonicMs()) await new Promise<void>(resolve => void systemClock.at(dueMs, resolve))
  }
}

/** Longest wait of a step for the broker: our choice, far beyond what a machine under load takes. */
const PATIENCE_MS = 10_000

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** No order is on its way, and no question. What only time settles is not waited for: time stands. */
function isQuiet({ orders, book, history, booked }: DeskState): boolean {
  if (book.reading !== null || history.isAsking || (booked?.asking ?? null) !== null) return false
  for (const order of orders.values()) if (isPending(order) && order.stage.kind !== 'checking') return false
  return true
}

/** The price is here, and all that the price did to positions and working orders. */
function isTold(state: DeskState, epic: Epic, { atMs, bid, offer, positions, workingOrders }: ShownMarket): boolean {
  const quote = state.quotes.get(epic)
  if (!quote || quote.brokerTimeMs !== atMs || !quote.bid?.equals(bid ?? 0) || !quote.offer?.equals(offer ?? 0))
    return false
  const held = [...state.holdings.values()].filter(each => each.epic === epic)
  const resting = [...state.resting.values()].filter(each => each.epic === epic)
  return (
    held.length === positions.length &&
    resting.length === workingOrders.length &&
    held.every(({ dealId, size }) => positions.some(each => each.dealId === dealId && size.equals(each.size)))
  )
}

function fieldsOf(quote: Quote) {
  const { epic, decimals, bidUnits, offerUnits, state, isDelayed, brokerTimeMs, isSnapshot, session, gap } = quote
  return { epic, decimals, bidUnits, offerUnits, state, isDelayed, brokerTimeMs, isSnapshot, session, gap }
}
