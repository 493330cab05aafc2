import type { Clock, Dial, Socket } from './ports.ts'
import { WELCOME_REQUEST } from './request.ts'

export interface ScoutPorts {
  readonly clock: Clock
  readonly dial: Dial
  /** A WebSocket to this server works, in both directions. */
  found(): void
}

// All of these are our choice.
const FIRST_LOOK_MS = 10_000
const LONGEST_PAUSE_MS = 600_000
const PATIENCE_MS = 4_000

/**
 * Looks, while a session goes by HTTP, whether a WebSocket can be had by now: on a connection of its own, so that the session
 * misses nothing where it cannot. Source of the question and its answer: TLCP specification, "wsok".
 */
export class TransportScout {
  readonly #ports: ScoutPorts
  #to: { readonly url: string; readonly protocol: string } | null = null
  #socket: Socket | null = null
  #timer: { cancel(): void } | null = null
  #pauseMs = FIRST_LOOK_MS
  #looks = 0
  #isUrgent = false

  constructor(ports: ScoutPorts) {
    this.#ports = ports
  }

  start(url: string, protocol: string): void {
    if (this.#to !== null) return
    this.#to = { url, protocol }
    this.#pauseMs = FIRST_LOOK_MS
    if (this.#isUrgent) this.#look()
    else this.#after(this.#pauseMs, () => this.#look())
  }

  /** There is a reason to look now, or as soon as it starts. */
  hurry(): void {
    this.#isUrgent = true
    this.#pauseMs = FIRST_LOOK_MS
    this.#look()
  }

  stop(): void {
    this.#to = null
    this.#isUrgent = false
    this.#end()
  }

  #look(): void {
    const to = this.#to
    if (to === null) return
    this.#isUrgent = false
    this.#end()
    const look = this.#looks
    const finish = (isFound: boolean): void => {
      if (look !== this.#looks) return
      this.#end()
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2)
      this.#after(this.#pauseMs, () => this.#look())
      if (isFound) this.#ports.found()
    }
    let text = ''
    const read = (chunk: string): void => {
      text = `${text}${chunk}`.slice(0, ANSWER.length)
      if (text.length === ANSWER.length) finish(text === ANSWER)
    }
    const socket = this.#ports.dial(to.url, to.protocol, {
      opened: () => look === this.#looks && socket.send(WELCOME_REQUEST),
      bytes: (chunk, _isSameRead, from = 0, end = chunk.length) =>
        read(Buffer.from(chunk.subarray(from, end)).toString()),
      text: read,
      answer() {},
      pollOver() {},
      alive() {},
      closed: () => finish(false),
    })
    this.#socket = socket
    this.#after(PATIENCE_MS, () => finish(false))
  }

  #end(): void {
    // What an attempt that is over still tells is not heard any more.
    this.#looks++
    this.#timer?.cancel()
    this.#timer = null
    this.#socket?.destroy()
    this.#socket = null
  }

  #after(delayMs: number, run: () => void): void {
    this.#timer?.cancel()
    this.#timer = this.#ports.clock.at(this.#ports.clock.monotonicMs() + delayMs, run)
  }
}

const ANSWER = 'WSOK\r\n'
