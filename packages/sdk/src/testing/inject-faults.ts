import type { Socket } from 'node:net'
import { manualClock, seededRandom } from '@scalpdesk/testkit'
import { nodeTransport } from '../transport/node-transport.ts'
import type { Exchange, HttpRequest, OrderOptions } from '../transport/transport.ts'
import { json, startRudeServer } from './rude-server.ts'

export interface FaultReport {
  readonly seed: number
  readonly orders: number
  /** Orders by what the client was told in the end. */
  readonly acknowledged: number
  readonly rejected: number
  readonly unknown: number
  readonly unsent: number
  /** Orders that reached the server. */
  readonly seen: number
  // What must never happen: references of the orders to which it did.
  readonly seenTwice: readonly string[]
  readonly unsentButSeen: readonly string[]
  readonly acknowledgedButUnseen: readonly string[]
  readonly rejectedButBooked: readonly string[]
  readonly neverTold: readonly string[]
}

type Outcome = 'acknowledged' | 'rejected' | 'unknown' | 'unsent'

const TIMEOUT_MS = 2_000
const CLOCK_STEP_MS = 10
/** Each is as likely as any other; `none` makes up for half of all. */
const FAULTS = [
  'reset in the reply',
  'end in the reply',
  'reset behind the reply',
  'end behind the reply',
  'garbage',
  'no reply',
  'late reply',
  'two replies',
  'another reply later',
  'refused with a code',
  'gateway timeout after acceptance',
  'every connection reset',
  'called off before',
  'called off in its turn',
  'called off when it has arrived',
  'no time to wait',
  'waits called off',
] as const
type Fault = (typeof FAULTS)[number] | 'none'

/**
 * Sends orders through Node's own sockets to a server that does to each what a seed says, on a clock that moves by itself, and
 * compares what the client was told with what the server saw.
 */
export async function injectFaults({ orders, seed }: { orders: number; seed: number }): Promise<FaultReport> {
  const random = seededRandom(seed)
  const below = (bound: number): number => Math.floor(random.next() * bound)
  const server = await startRudeServer()
  const clock = manualClock()
  const transport = nodeTransport({ base: server.url, clock })
  const faults = new Map<string, Fault>()
  const callOff = new Map<string, AbortController>()
  const booked = new Set<string>()
  const outcomes = new Map<string, Outcome>()

  server.on('/positions/otc', (socket, request) => {
    const reference = referenceIn(request.body)
    const fault = faults.get(reference) ?? 'none'
    if (fault !== 'refused with a code') booked.add(reference)
    reply(socket, fault, json(200, { dealReference: reference }), below)
    if (fault === 'every connection reset') server.cutAll()
    if (fault === 'called off when it has arrived') callOff.get(reference)?.abort()
  })

  async function send(reference: string): Promise<void> {
    const fault = random.next() < 0.5 ? 'none' : (FAULTS[below(FAULTS.length)] ?? 'none')
    faults.set(reference, fault)
    const abort = new AbortController()
    callOff.set(reference, abort)
    if (fault === 'called off before') abort.abort()
    const options: OrderOptions = {
      timeoutMs: TIMEOUT_MS,
      connectWithinMs: fault === 'no time to wait' ? 0 : TIMEOUT_MS,
      signal: abort.signal,
      onWire() {},
      isAnswer: ({ status, body }) => status !== 200 || referenceIn(body) === reference,
    }
    const exchange = transport.sendOrder(orderOf(reference), options)
    if (fault === 'called off in its turn') abort.abort()
    if (fault === 'waits called off') transport.stopWaiting()
    outcomes.set(reference, outcomeOf(await exchange, reference))
  }

  await transport.warm()
  for (let next = 0; next < orders; ) {
    // One to four at once, as when everything is closed.
    const size = Math.min(1 + below(4), orders - next)
    const burst = Array.from({ length: size }, (_, index) => send(`R${next + index}`))
    next += size
    await moveUntil(Promise.all(burst), clock)
  }
  await moveUntil(transport.close(), clock)
  await server.close()
  const seen = server.orders().map(request => referenceIn(request.body))
  return report(seed, orders, outcomes, seen, booked)
}

function reply(socket: Socket, fault: Fault, answer: string, below: (bound: number) => number): void {
  const part = answer.slice(0, below(answer.length))
  switch (fault) {
    case 'reset in the reply':
      return void socket.write(part, () => socket.resetAndDestroy())
    case 'end in the reply':
      return void socket.end(part)
    case 'reset behind the reply':
      return void socket.write(answer, () => socket.resetAndDestroy())
    case 'end behind the reply':
      return void socket.end(answer)
    case 'garbage':
      return void socket.write(Buffer.from(Array.from({ length: 1 + below(200) }, () => below(256))))
    case 'late reply':
      return later(3 * (TIMEOUT_MS / CLOCK_STEP_MS), () => socket.writable && socket.write(answer))
    case 'two replies':
      return void socket.write(answer + answer)
    case 'another reply later':
      socket.write(answer)
      return later(1 + below(20), () => socket.writable && socket.write(answer))
    case 'refused with a code':
      return void socket.write(json(400, { errorCode: 'validation.null-not-allowed.request.size' }))
    case 'gateway timeout after acceptance':
      return void socket.write(json(504, { errorCode: 'error.trading.timeout' }))
    case 'no reply':
    case 'called off when it has arrived':
      return
    default:
      socket.write(answer)
  }
}

/** After so many turns of the event loop. */
function later(turns: number, run: () => void): void {
  setImmediate(() => (turns <= 1 ? run() : later(turns - 1, run)))
}

/** Turns the event loop and moves the clock until the work is done. */
async function moveUntil(work: Promise<unknown>, clock: { advance(ms: number): void }): Promise<void> {
  let isDone = false
  void work.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await new Promise(resolve => setImmediate(resolve))
    clock.advance(CLOCK_STEP_MS)
  }
  await work
}

const headers = { Version: '2', 'Content-Type': 'application/json; charset=UTF-8' }
const orderOf = (reference: string): HttpRequest => {
  const body = JSON.stringify({ dealReference: reference, size: 1 })
  return { method: 'POST', path: '/gateway/deal/positions/otc', headers, body }
}

/** As whoever sends orders judges it: an answer to another order says nothing about this one. */
function outcomeOf(exchange: Exchange, reference: string): Outcome {
  if (exchange.kind !== 'answered') return exchange.kind
  const { status, body } = exchange.response
  if (status === 200) return referenceIn(body) === reference ? 'acknowledged' : 'unknown'
  return status >= 400 && status < 500 && body.includes('errorCode') ? 'rejected' : 'unknown'
}

function referenceIn(body: string): string {
  return /"dealReference":"(\w+)"/.exec(body)?.[1] ?? ''
}

function report(
  seed: number,
  orders: number,
  outcomes: ReadonlyMap<string, Outcome>,
  seen: readonly string[],
  booked: ReadonlySet<string>,
): FaultReport {
  const isSeen = new Set(seen)
  const told = (outcome: Outcome): string[] =>
    [...outcomes].filter(([, other]) => other === outcome).map(([reference]) => reference)
  return {
    seed,
    orders,
    acknowledged: told('acknowledged').length,
    rejected: told('rejected').length,
    unknown: told('unknown').length,
    unsent: told('unsent').length,
    seen: isSeen.size,
    seenTwice: seen.filter((reference, index) => seen.indexOf(reference) !== index),
    unsentButSeen: told('unsent').filter(reference => isSeen.has(reference)),
    acknowledgedButUnseen: told('acknowledged').filter(reference => !isSeen.has(reference)),
    rejectedButBooked: told('rejected').filter(reference => booked.has(reference)),
    neverTold: Array.from({ length: orders }, (_, index) => `R${index}`).filter(reference => !outcomes.has(reference)),
  }
}
