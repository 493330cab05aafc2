import { parameters } from './request.ts'
import { checkRate } from './subscription-spec.ts'

export interface BandwidthPorts {
  nextRequestId(): number
  isLive(): boolean
  send(lines: readonly string[]): void
}

/** The limit on the bytes that the server sends (TLCP specification, "control, LS_op=constrain"). */
export class Bandwidth {
  readonly #ports: BandwidthPorts
  #wish: number | 'unlimited' | null
  #asked: number | 'unlimited' | null
  #requestId: number | null = null
  /** What the server said last; `unmanaged`: it cannot be limited. */
  real: number | 'unlimited' | 'unmanaged' | null = null

  /** @throws {RangeError} for a limit that is none. */
  constructor(wish: number | 'unlimited' | null, ports: BandwidthPorts) {
    if (typeof wish === 'number') checkRate('maxBandwidthKbps', wish)
    this.#ports = ports
    this.#wish = wish
    this.#asked = wish
  }

  /** What a new session is to be asked for. */
  forCreate(): number | 'unlimited' | null {
    this.#requestId = null
    this.#asked = this.#wish
    return this.#wish
  }

  /** @throws {RangeError} for a limit that is none. */
  limit(kbps: number | 'unlimited'): void {
    if (kbps !== 'unlimited') checkRate('kbps', kbps)
    this.#wish = kbps
    this.#ask()
  }

  /** Returns whether the request was one of these; a change made meanwhile goes out now. */
  answered(requestId: number | null): boolean {
    if (requestId === null || requestId !== this.#requestId) return false
    this.#requestId = null
    this.#ask()
    return true
  }

  /** The session is live, perhaps over another connection: an answer may have been lost. */
  repeat(): void {
    if (this.#requestId !== null) this.#asked = null
    this.#requestId = null
    this.#ask()
  }

  #ask(): void {
    const wish = this.#wish
    if (wish === null || wish === this.#asked || this.#requestId !== null) return
    if (!this.#ports.isLive() || this.real === 'unmanaged') return
    this.#asked = wish
    this.#requestId = this.#ports.nextRequestId()
    const line = { LS_reqId: this.#requestId, LS_op: 'constrain', LS_requested_max_bandwidth: wish }
    this.#ports.send([parameters(line)])
  }
}
