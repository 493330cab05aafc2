import { type Dispatcher, Pool } from 'undici'
import { type BrokerAddress, type OrderClient, originOf } from './order-client.ts'
import { CONFIRM_PATH, HEADERS, isAcceptedJson, ORDER_PATH, wireOrder } from './wire-order.ts'

// What somebody would write who wants no library for IG: an HTTP client, `JSON.stringify` and `JSON.parse`, no checks.

interface Acknowledgement {
  readonly dealReference: string
}

/** `request()` on a pool of one connection. */
export function connectRequest(broker: BrokerAddress): OrderClient {
  const pool = new Pool(originOf(broker), { connections: 1, pipelining: 1 })
  const call = async (method: 'GET' | 'POST', path: string, body: string | null): Promise<unknown> => {
    const response = await pool.request({ method, path, headers: HEADERS, body })
    return response.body.json()
  }
  return orderClient(call, () => pool.close())
}

/** `dispatch()`, the lowest level of undici, with a handler of one's own. */
export function connectDispatch(broker: BrokerAddress): OrderClient {
  const pool = new Pool(originOf(broker), { connections: 1, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 })
  const headers = Object.entries(HEADERS).flat()
  const call = (method: 'GET' | 'POST', path: string, body: string | null): Promise<unknown> =>
    new Promise((resolve, reject) => {
      pool.dispatch({ method, path, headers, body }, new JsonHandler(resolve, reject))
    })
  return orderClient(call, () => pool.close())
}

/** The `fetch` that Node carries. */
export function connectFetch(broker: BrokerAddress): OrderClient {
  const origin = originOf(broker)
  const call = async (method: 'GET' | 'POST', path: string, body: string | null): Promise<unknown> => {
    const response = await fetch(origin + path, { method, headers: HEADERS, body })
    return response.json()
  }
  return orderClient(call, () => {})
}

type Call = (method: 'GET' | 'POST', path: string, body: string | null) => Promise<unknown>

function orderClient(call: Call, close: () => unknown): OrderClient {
  return {
    async order(index) {
      const acknowledgement = await call('POST', ORDER_PATH, JSON.stringify(wireOrder(index)))
      const { dealReference } = acknowledgement as Acknowledgement
      return call('GET', CONFIRM_PATH + dealReference, null)
    },
    isConfirm: isAcceptedJson,
    close,
  }
}

class JsonHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (json: unknown) => void
  readonly #reject: (error: Error) => void
  #text = ''

  constructor(resolve: (json: unknown) => void, reject: (error: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  onRequestStart(): void {}

  onResponseStart(): void {}

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#text += chunk.toString('latin1')
  }

  onResponseEnd(): void {
    this.#resolve(JSON.parse(this.#text))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}
