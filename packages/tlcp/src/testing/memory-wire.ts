import type { Dial, Random, SocketEvents } from '../ports.ts'
import type { FakeServer } from './fake-server.ts'

/** One connection in memory: bytes under way can be delivered in any pieces, held back, or lost. */
export class MemoryWire {
  readonly #events: SocketEvents
  #toClient: Buffer = Buffer.alloc(0)
  readonly #toServer: string[] = []
  readonly #connection: ReturnType<FakeServer['connect']>
  #isOpen = false
  #isEnding = false
  #isPollEnding = false
  isOver = false

  /** @param isHttp each poll has an answer that ends. */
  constructor(server: FakeServer, protocol: string, events: SocketEvents, isHttp: boolean) {
    this.#events = events
    const link = {
      send: (text: string) => {
        this.#toClient = Buffer.concat([this.#toClient, Buffer.from(text)])
      },
      end: () => {
        this.#isEnding = true
      },
      pollOver: () => {
        this.#isPollEnding = isHttp
      },
    }
    this.#connection = server.connect(link, protocol)
  }

  get waiting(): number {
    return this.#toClient.length
  }

  open(): void {
    if (this.#isOpen || this.isOver) return
    this.#isOpen = true
    this.#events.opened()
  }

  request(message: string): void {
    if (this.isOver) return
    this.#toServer.push(message)
    // With the next poll under way nobody waits for the end of the one before.
    if (message.startsWith('bind_session')) this.#isPollEnding = false
  }

  /** The server gets what the client said. */
  carry(): void {
    for (const message of this.#toServer.splice(0)) this.#connection.receive(message)
  }

  /** The client gets that many bytes, in one piece. */
  deliver(bytes: number): void {
    if (this.isOver) return
    const chunk = this.#toClient.subarray(0, bytes)
    this.#toClient = this.#toClient.subarray(bytes)
    if (chunk.length > 0) this.#events.bytes(chunk)
    if (this.#toClient.length > 0 || this.isOver) return
    if (this.#isPollEnding) {
      this.#isPollEnding = false
      this.#events.pollOver()
    }
    if (this.#isEnding && !this.isOver) this.drop()
  }

  /** What is under way is lost. */
  drop(): void {
    if (this.isOver) return
    this.leave()
    this.#events.closed('cut')
  }

  /** The client has hung up. */
  leave(): void {
    this.isOver = true
    this.#toClient = Buffer.alloc(0)
    this.#connection.lost()
  }
}

/** A dial over memory; the newest wire last. */
export function memoryDial(server: FakeServer): { readonly dial: Dial; readonly wires: MemoryWire[] } {
  const wires: MemoryWire[] = []
  const dial: Dial = (url, protocol, events) => {
    const wire = new MemoryWire(server, protocol, events, url.startsWith('http'))
    wires.push(wire)
    return {
      send: message => wire.request(message),
      close: () => {},
      destroy: () => wire.leave(),
    }
  }
  return { dial, wires }
}

/** Delivers all that is under way on the newest wire, cut at random. */
export function deliverAll(wire: MemoryWire, random: Random): void {
  for (let pieces = 0; wire.waiting > 0 && pieces < 10_000; pieces++) {
    wire.deliver(1 + Math.floor(random.next() * random.next() * wire.waiting))
  }
  wire.deliver(0)
}
