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
  /** Not to be used again; once. */
  gone(connection: LaneConnection, was: 'connecting' | 'idle' | 'busy', cause: Error): void
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
  readonly #raw: Socket
  /** What is spoken through: the raw socket, or TLS over it. */
  #socket: Socket
  readonly #events: ConnectionEvents
  #phase: Phase = { kind: 'connecting' }
  #cause: Error = new Error('the server closed the connection')

  constructor(base: URL, memory: TlsMemory, events: ConnectionEvents) {
    this.#events = events
    const isTls = base.protocol === 'https:'
    const host = base.hostname.replace(/^\[|\]$/g, '')
    const port = base.port === '' ? (isTls ? 443 : 80) : Number(base.port)
    this.#raw = connectTcp({ host, port, noDelay: true })
    this.#socket = this.#raw
    if (!isTls) {
      this.#raw.once('connect', () => this.#connected())
      this.#listen(this.#raw)
      return
    }
    // TLS comes over a socket of our own, because a TLS socket that made its connection itself cannot be reset.
    this.#raw.once('connect', () => {
      const secure = wrapInTls(this.#raw, host, port, memory)
      this.#socket = secure
      secure.once('secureConnect', () => this.#connected())
      this.#listen(secure)
    })
    this.#raw.on('error', error => {
      this.#cause = error
    })
    // Later the TLS socket closes with it, and knows why.
    this.#raw.on('close', () => this.#socket === this.#raw && this.#closed())
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

  /**
   * Cuts the connection; an exchange on it ends as broken, for this reason. It is then reset and not merely closed: a
   * request that was not delivered yet would otherwise still be, long after its order was given up.
   */
  destroy(cause: Error): void {
    this.#cause = cause
    if (this.#phase.kind === 'busy') this.#raw.resetAndDestroy()
    else this.#socket.destroy()
    this.#closed()
  }

  #listen(socket: Socket): void {
    socket.on('data', chunk => this.#data(chunk))
    socket.on('end', () => this.#ended())
    socket.on('error', error => {
      this.#cause = error
    })
    socket.on('close', () => this.#closed())
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
    this.#read(reader => reader.end())
    if (this.#phase.kind === 'busy') this.destroy(this.#cause)
    else this.#socket.destroy()
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
    this.#events.gone(this, phase.kind, this.#cause)
  }
}

function wrapInTls(raw: Socket, host: string, port: number, memory: TlsMemory): Socket {
  const isName = !/^[\d.]+$/.test(host) && !host.includes(':')
  const socket = connectTls({
    socket: raw,
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
