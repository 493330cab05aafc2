import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { systemClock as clock } from '@scalpdesk/sdk'
import type { ClientRow } from './client.ts'
import type { ClientMessage, ClientTask } from './client-process.ts'
import { startCuttingLine } from './cutting-line.ts'
import type { Fault } from './fault.ts'
import type { Limits } from './limits.ts'
import { statement, type Told } from './statement.ts'
import type { Ticket } from './ticket.ts'

/** What one client did with one order under one fault. */
export interface Cell {
  readonly client: ClientRow
  readonly fault: Fault
  /** POSTs of an open that the broker received. */
  readonly orders: number
  /** Positions that it holds at the end. */
  readonly held: number
  /** What the caller was told, in its order; empty when it still waits at the end. */
  readonly told: readonly Told[]
  /** It was still at it when it was cut off. */
  readonly isCutOff: boolean
}

const CLIENT_PROCESS = fileURLToPath(new URL('client-process.ts', import.meta.url))

/** A broker, a line to it and a client of its own. @param onCalling told when the client has sent its order: the rest is waiting. */
export async function runCell(client: ClientRow, fault: Fault, limits: Limits, onCalling: () => void): Promise<Cell> {
  await using broker = await startMockBroker({ delays: DELAYS })
  broker.pause()
  await using line = await startCuttingLine(Number(new URL(broker.url).port))
  using _prices = keepPricesFresh(broker, fault.ticket)
  fault.prepare(broker, line, limits.lateMs)
  const url = new URL(broker.url)
  url.port = String(line.port)
  const { apiKey, username, password } = broker
  const { ticket } = fault
  const { requestTimeoutMs } = limits
  const task: ClientTask = {
    id: client.id,
    order: { url: url.href, apiKey, username, password, ticket, requestTimeoutMs },
  }
  const heard = await runClient(task, limits.cellMs, onCalling)
  // What a client sent last is dealt by then.
  await later(2 * (DELAYS.acknowledgeMs + DELAYS.confirmMs))
  const opens = broker.orders().filter(({ method, path }) => method === 'POST' && path.startsWith('/positions/otc'))
  return { client, fault, orders: opens.length, held: broker.positions().length, ...heard }
}

/** The confirm comes well after the answer would: what is told first does not depend on the machine. */
const DELAYS = { acknowledgeMs: 5, confirmMs: 150 } as const

async function runClient(
  task: ClientTask,
  cellMs: number,
  onCalling: () => void,
): Promise<Pick<Cell, 'told' | 'isCutOff'>> {
  const told: Told[] = []
  const child = fork(CLIENT_PROCESS, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const exited = new Promise<void>(resolve => child.once('close', () => resolve()))
  const stderr = errorsOf(child)
  const { promise: ended, resolve: end } = Promise.withResolvers<'over' | 'cut-off' | 'died'>()
  const cutOffIn = (ms: number) => clock.at(clock.monotonicMs() + ms, () => end('cut-off'))
  let limit = cutOffIn(READY_WITHIN_MS)
  let calledAtMs: number | null = null
  child.on('message', (message: ClientMessage) => {
    switch (message.kind) {
      case 'calling':
        limit.cancel()
        limit = cutOffIn(cellMs)
        calledAtMs = clock.monotonicMs()
        return onCalling()
      case 'told':
        return void told.push(message.told)
      case 'over':
        return end('over')
    }
  })
  void exited.then(() => end('died'))
  child.send(task)
  const how = await ended
  limit.cancel()
  child.kill('SIGKILL')
  await exited
  if (calledAtMs === null)
    throw new Error(`expected ${task.id} to be ready for its order, but it was not (${how}): ${stderr()}`)
  if (how === 'died') {
    const cause = /^\w*Error: .+/m.exec(stderr())?.[0] ?? 'without a word'
    // The caller's own program: nobody is left to be told.
    told.push({ ...statement('error', `the process ends: ${cause}`), afterMs: clock.monotonicMs() - calledAtMs })
  }
  return { told, isCutOff: how === 'cut-off' }
}

/** To start and to sign in, on a busy machine. */
const READY_WITHIN_MS = 60_000

function errorsOf(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2_000)
  })
  return () => text
}

/** Nothing else moves: the desk opens nothing on a price that is old. */
function keepPricesFresh(broker: MockBroker, { epic, bid, offer }: Ticket): Disposable {
  let timer = { cancel() {} }
  function tick(): void {
    broker.injectTick(epic, bid, offer)
    timer = clock.at(clock.monotonicMs() + TICK_EVERY_MS, tick)
  }
  tick()
  return { [Symbol.dispose]: () => timer.cancel() }
}

const TICK_EVERY_MS = 250

function later(ms: number): Promise<void> {
  return new Promise(resolve => clock.at(clock.monotonicMs() + ms, resolve))
}
