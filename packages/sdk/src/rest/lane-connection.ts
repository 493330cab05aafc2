import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HttpResponse } from './http-response.ts'
import { type Http1Reader, http1Reader, type ReadProgress } from './http1-reader.ts'

export type ExchangeEnd =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  /** The bytes left; what became of them is not known. */
  | { readonly kind: 'broken'; readonly cause: Error }

export interface ConnectionEvents {
  ready(connection: LaneConnection): void
  /** Its answer is in, and it may carry the next request. */
  free(connection: LaneConnection): void
  /** Not to be used again; once. `wasReady`: it had been connected. */
  gone(connection: LaneConnection, wasReady: boolean, cause: Error): void
}

type Phase =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly reader: Http1Reader; readonly end: (result: ExchangeEnd) => void }
  | { readonly kind: 'gone' }

/** TLS sessions by origin, so that a replacement connection needs one round trip less. */
export interface TlsMemory {
  session?: Buffer
}

/** One connection that carries one request at a time, written in the turn in which it is asked for. */
export class LaneConnection {
  readonly #socket: Socket
  readonly #events: ConnectionEvents
  #phase: Phase = { kind: 'connecting' }
  #cause: Error = new Error('the server closed the connection')

  constructor(base: URL, memory: TlsMemory, events: ConnectionEvents) {
    this.#events = events
    this.#socket = dial(base, memory)
    this.#socket.setNoDelay(true)
    this.#socket.once(base.protocol === 'https:' ? 'secureConnect' : 'connect', () => this.#connected())
    this.#socket.on('data', chunk => this.#data(chunk))
    this.#socket.on('end', () => this.#ended())
    this.#socket.on('error', error => {
      this.#cause = error
    })
    this.#socket.on('close', () => this.#closed())
  }

  get isIdle(): boolean {
    return this.#phase.kind === 'idle' && this.#socket.writable
  }

  get isConnecting(): boolean {
    return this.#phase.kind === 'connecting'
  }

  /** Call only while idle. */
  send(request: string): Promise<ExchangeEnd> {
    return new Promise(resolve => {
      this.#phase = { kind: 'busy', reader: http1Reader(), end: resolve }
      this.#socket.write(request)
    })
  }

  /** Cuts the connection; an exchange on it ends as broken, for this reason. */
  destroy(cause: Error): void {
    this.#cause = cause
    this.#socket.destroy()
    this.#closed()
  }

  #connected(): void {
    this.#phase = { kind: 'idle' }
    this.#events.ready(this)
  }

  #data(chunk: Buffer): void {
    // Nobody asked: an answer to somebody else's question must not be taken for the next order's.
    if (this.#phase.kind !== 'busy') return this.destroy(new Error('the server spoke without being asked'))
    this.#read(reader => reader.push(chunk))
  }

  #ended(): void {
    if (this.#phase.kind === 'busy') this.#read(reader => reader.end())
    this.#socket.destroy()
  }

  #read(step: (reader: Http1Reader) => ReadProgress): void {
    const phase = this.#phase
    if (phase.kind !== 'busy') return
    try {
      const progress = step(phase.reader)
      if (progress.kind === 'more') return
      this.#phase = { kind: 'idle' }
      phase.end({ kind: 'answered', response: progress.response })
      if (progress.isReusable) this.#events.free(this)
      else this.destroy(new Error('the server closed the connection after its answer'))
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('the answer could not be read'))
    }
  }

  #closed(): void {
    const phase = this.#phase
    if (phase.kind === 'gone') return
    this.#phase = { kind: 'gone' }
    if (phase.kind === 'busy') phase.end({ kind: 'broken', cause: this.#cause })
    this.#events.gone(this, phase.kind !== 'connecting', this.#cause)
  }
}

function dial(base: URL, memory: TlsMemory): Socket {
  const host = base.hostname.replace(/^\[|\]$/g, '')
  const isTls = base.protocol === 'https:'
  const port = base.port === '' ? (isTls ? 443 : 80) : Number(base.port)
  if (!isTls) return connectTcp({ host, port })
  const isName = !/^[\d.]+$/.test(host) && !host.includes(':')
  const socket = connectTls({
    host,
    port,
    ALPNProtocols: ['http/1.1'],
    ...(isName ? { servername: host } : {}),
    ...(memory.session === undefined ? {} : { session: memory.session }),
  })
  socket.on('session', session => {
    memory.session = session
  })
  return socket
}
