import { deleteLine } from './subscription-entry.ts'

export interface StrangersPorts {
  nextRequestId(): number
  send(lines: readonly string[]): void
}

/** Our choice: what we do not remember we would ask again; so many can only come from a server that makes them up. */
const MAX_STRANGERS = 1_000

/** Subscriptions that the server has and nobody here knows. They are asked to end, each once, until the server has answered. */
export class Strangers {
  readonly #ports: StrangersPorts
  /** By the request that asks for their end. */
  readonly #requests = new Map<number, number>()

  constructor(ports: StrangersPorts) {
    this.#ports = ports
  }

  /** One was heard of. */
  expel(subId: number): void {
    if (!this.#requests.has(subId) && this.#requests.size < MAX_STRANGERS) this.#ask(subId)
  }

  /** The session goes on over another connection: whether the server was asked is unknown. */
  repeat(): void {
    for (const subId of this.#requests.keys()) this.#ask(subId)
  }

  /** UNSUB. */
  gone(subId: number): void {
    this.#requests.delete(subId)
  }

  /** The server has none of that number, or does not let go of it: the next that is heard of it tells. */
  refused(requestId: number): void {
    for (const [subId, asked] of this.#requests) if (asked === requestId) this.#requests.delete(subId)
  }

  /** A session has begun that has none. */
  clear(): void {
    this.#requests.clear()
  }

  #ask(subId: number): void {
    const requestId = this.#ports.nextRequestId()
    this.#requests.set(subId, requestId)
    this.#ports.send([deleteLine(requestId, subId)])
  }
}
