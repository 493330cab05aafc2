import { type ManualClock, manualClock, seededRandom } from '@scalpdesk/testkit'
import type { Random } from '../ports.ts'
import type { TlcpStatus } from '../status.ts'
import { openTlcp, type Tlcp } from '../tlcp-client.ts'
import type { Transport } from '../transport.ts'
import { FakeServer } from './fake-server.ts'
import { deliverAll, type MemoryWire, memoryDial } from './memory-wire.ts'

/** A client and a server in memory, with time and network in a test's hand. */
export class Network {
  readonly clock: ManualClock = manualClock()
  readonly server = new FakeServer()
  readonly random: Random
  readonly client: Tlcp
  readonly statuses: TlcpStatus[] = []
  /** Nothing moves. */
  isStalled = false
  readonly #wires: MemoryWire[]

  constructor(seed: number, transport: Transport = 'websocket-streaming', combinesRequests = false) {
    this.random = seededRandom(seed)
    const { dial, wires } = memoryDial(this.server)
    this.#wires = wires
    const { clock, random } = this
    this.client = openTlcp({
      server: 'http://server',
      clock,
      random,
      dial,
      dialHttp: dial,
      transport,
      combinesRequests,
    })
    this.client.onStatus(status => this.statuses.push(status))
  }

  get wire(): MemoryWire | undefined {
    return this.#wires.at(-1)
  }

  get dials(): number {
    return this.#wires.length
  }

  /** Requests go up, and everything that waits comes down. */
  async exchange(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    const { wire } = this
    if (this.isStalled || wire === undefined) return
    wire.open()
    for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    wire.carry()
    deliverAll(wire, this.random)
  }

  /** Lets time pass in steps, with a keepalive in each. */
  async pass(ms: number, stepMs = 500): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.clock.advance(Math.min(stepMs, ms - passed))
      this.server.say('PROBE')
      this.server.releasePolls()
      await this.exchange()
    }
  }

  /** Undisturbed until the session is live and everything has arrived. */
  async heal(): Promise<void> {
    this.isStalled = false
    for (let turn = 0; turn < 120; turn++) {
      await this.pass(1_000)
      if (this.client.status.kind !== 'live' || turn < 8) continue
      // What a session that has just begun asks for has its answer now, too.
      await this.pass(2_000)
      if (this.client.status.kind === 'live') return
    }
  }

  async close(): Promise<void> {
    const closed = this.client.close()
    await this.exchange()
    this.clock.advance(500)
    await closed
  }
}
