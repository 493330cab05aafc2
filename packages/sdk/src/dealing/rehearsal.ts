import { Decimal } from 'decimal.js'
import { accountId, dealReference, epic } from '../ids.ts'
import { confirmsOver } from '../resources/confirms.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import { OrderSender, type OrderSenderPorts } from './order-sender.ts'
import { SentRegister } from './sent-register.ts'

/** Our choice: after so many the code has been compiled; it takes some milliseconds. */
const TIMES = 60

/** Later, that is behind what the connection was opened for: our choice, well before a person can have decided on an order. */
const LATER_MS = 250
/** Our choice, as measured: half of what a pause costs an order comes back within 10 ms. It takes less than half a percent of a core. */
const WARM_MS = 10
/** The longest that something else waits for a slice: our choice, a quarter of a frame of 60 a second. */
const SLICE_MS = 4

type RehearsalPorts = Pick<OrderSenderPorts, 'clock' | 'basePath' | 'requestTimeoutMs'>

/**
 * Goes through all that an order and its confirm go through, but the network: code that runs for the first time is a hundred
 * times slower, and the first order is not the one to pay for that. Sends nothing: its transport answers by itself.
 */
export async function rehearse(ports: RehearsalPorts): Promise<void> {
  const { play } = rehearsal(ports)
  for (let time = 0; time < TIMES; time++) await play()
}

/**
 * The same, begun later and a slice at a time; from then on an order again and again, for a pause of some milliseconds is enough for the
 * memory of the processor to be full of other things.
 */
export function keepRehearsing(ports: RehearsalPorts, ending: AbortSignal): void {
  const { clock } = ports
  const { play, order } = rehearsal(ports)
  let time = 0
  async function slice(): Promise<void> {
    const endMs = clock.monotonicMs() + SLICE_MS
    while (time < TIMES && !ending.aborted && clock.monotonicMs() < endMs) {
      await play()
      time++
    }
    if (time < TIMES) after(SLICE_MS, slice)
    else after(WARM_MS, again)
  }
  async function again(): Promise<void> {
    await order()
    after(WARM_MS, again)
  }
  let due: { cancel(): void } | null = null
  function after(ms: number, run: () => Promise<void>): void {
    if (!ending.aborted) due = clock.at(clock.monotonicMs() + ms, () => void run())
  }
  ending.addEventListener('abort', () => due?.cancel(), { once: true })
  after(LATER_MS, slice)
}

/** @returns plays an order, alone or up to its confirm */
function rehearsal({ clock, basePath, requestTimeoutMs }: RehearsalPorts) {
  const reference = dealReference('rehearsal')
  const sender = new OrderSender({
    transport: {
      async sendOrder(_request, options) {
        const response = answer({ dealReference: reference })
        options.isAnswer?.(response)
        return { kind: 'answered', response }
      },
    },
    gate: { headers: () => ({ kind: 'ready', headers: {} }), admit: () => null, answered() {} },
    clock,
    register: new SentRegister(),
    accountId: () => accountId('REHEARSAL'),
    basePath,
    requestTimeoutMs,
    events: { isObserved: false, nextId: () => 0, tell() {} },
  })
  const confirms = confirmsOver({ answer: async () => answer(CONFIRM) })
  const market = { epic: epic('CS.D.EURUSD.CFD.IP'), expiry: '-', currency: 'USD' }
  const stop = { distancePoints: new Decimal(20) }
  const order = () => sender.open({ reference, market, direction: 'BUY', size: new Decimal(1), stop })
  return {
    order,
    async play(): Promise<void> {
      await order()
      await confirms.find(reference)
    },
  }
}

function answer(body: unknown): HttpResponse {
  return { status: 200, headers: new Map(), body: JSON.stringify(body) }
}

/** Shape: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}. */
const CONFIRM = {
  date: '2026-01-05T09:00:00.000',
  status: 'OPEN',
  reason: 'SUCCESS',
  dealStatus: 'ACCEPTED',
  epic: 'CS.D.EURUSD.CFD.IP',
  expiry: '-',
  dealReference: 'rehearsal',
  dealId: 'REHEARSAL',
  affectedDeals: [{ dealId: 'REHEARSAL', status: 'OPENED' }],
  level: 1.08512,
  size: 1,
  direction: 'BUY',
  stopLevel: 1.08312,
  limitLevel: null,
  stopDistance: null,
  limitDistance: null,
  guaranteedStop: false,
  trailingStop: false,
  profit: null,
  profitCurrency: null,
}
