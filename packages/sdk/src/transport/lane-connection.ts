import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HttpResponse } from './http-response.ts'
import { Http1Reader, type ReadProgress } from './http1-reader.ts'

/** A request on its way: told once what became of it. */
export interface Carried {
  /**
   * `false`: the connection is not to be trusted with another request.
   * @param keptForMs how long the server promises to keep the connection; `null` where it does not say.
   */
  answered(response: HttpResponse, keptForMs: number | null): boolean
  /** The bytes left; what became of them is not known. */
  broken(cause: Error): void
}

export interface ConnectionEvents {
  ready(connection: LaneConnection): void
  /** Its answer is in, and it may carry the next request. */
  free(connection: LaneConnection): void
  /** Not to be used again; once. `called-off`: it was good, but the caller gave the request on it up. */
  gone(connection: LaneConnection, was: 'connecting' | 'idle' | 'busy' | 'called-off', cause: Error): void
}

type Phase = 'connecting' | 'idle' | 'busy' | 'called-off' | 'gone'

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
  readonly #reader = new Http1Reader()
  #phase: Phase = 'connecting'
  /** While busy. */
  #carried: Carried | null = null
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
    return this.#phase === 'idle' && this.#socket.writable
  }

  get isConnecting(): boolean {
    return this.#phase === 'connecting'
  }

  /** Call only while idle. @param request one character a byte. */
  carry(request: string, carried: Carried): void {
    this.#phase = 'busy'
    this.#carried = carried
    this.#socket.write(request, 'latin1')
  }

  /** The caller of what it carries does not want it any more. Says nothing about the network. */
  callOff(cause: Error): void {
    if (this.#phase !== 'busy') return
    this.#phase = 'called-off'
    this.destroy(cause)
  }

  /**
   * Cuts the connection; an exchange on it ends as broken, for this reason. It is then reset and not merely closed: a
   * request that was not delivered yet would otherwise still be, long after its order was given up.
   */
  destroy(cause: Error): void {
    this.#cause = cause
    if (this.#carried === null) this.#socket.destroy()
    else this.#raw.resetAndDestroy()
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
    this.#phase = 'idle'
    this.#events.ready(this)
  }

  #data(chunk: Buffer): void {
    // Nobody asked: an answer to somebody else's question must not be taken for the next order's.
    if (this.#phase !== 'busy') return this.destroy(new Error('the server spoke without being asked'))
    try {
      this.#progress(this.#reader.push(chunk))
    } catch (error) {
      this.destroy(asError(error))
    }
  }

  #ended(): void {
    try {
      if (this.#phase === 'busy') this.#progress(this.#reader.end())
    } catch (error) {
      this.#cause = asError(error)
    }
    if (this.#phase !== 'gone') this.destroy(this.#cause)
  }

  #progress(progress: ReadProgress): void {
    const carried = this.#carried
    if (progress.kind === 'more' || carried === null) return
    this.#phase = 'idle'
    this.#carried = null
    const isTrusted = carried.answered(progress.response, progress.keptForMs)
    if (isTrusted && progress.isReusable) this.#events.free(this)
    else this.destroy(new Error('its last answer ended the connection'))
  }

  #closed(): void {
    const phase = this.#phase
    if (phase === 'gone') return
    const carried = this.#carried
    this.#phase = 'gone'
    this.#carried = null
    carried?.broken(this.#cause)
    this.#events.gone(this, phase, this.#cause)
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the answer could not be read')
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
