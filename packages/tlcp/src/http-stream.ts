import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { CookieJar } from './cookie-jar.ts'
import type { Dial, Socket, SocketEvents } from './ports.ts'

/** Our choice: a control request that is not answered for so long has no way to the server. */
const ANSWER_MS = 10_000
/** Our choice: no answer of a working server comes near. */
const MAX_ANSWER_BYTES = 1024 * 1024
const MAX_HOSTS = 100

/**
 * Connections by HTTP streaming, for where a WebSocket cannot be had. Cookies are kept between the connections of one dial.
 * Source: TLCP specification, "HTTP transport": the answer to create_session or bind_session is the stream; every other
 * request goes out by itself, one after the other so that none overtakes another.
 */
export function httpDial(): Dial {
  // By host: what one machine set is not for another that a control link leads to.
  const jars = new Map<string, CookieJar>()
  return (url, protocol, events) => {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new CookieJar()
    if (jars.size < MAX_HOSTS) jars.set(host, jar)
    return new HttpStream(url, protocol, events, jar)
  }
}

class HttpStream implements Socket {
  readonly #url: URL
  readonly #query: string
  readonly #events: SocketEvents
  readonly #jar: CookieJar
  readonly #controls: HttpAgent
  readonly #streams: HttpAgent
  readonly #requests = new Set<ClientRequest>()
  /** Requests that wait for the answer to the one before. */
  readonly #waiting: { readonly name: string; readonly body: string }[] = []
  #isBusy = false
  #isOver = false

  constructor(url: string, protocol: string, events: SocketEvents, jar: CookieJar) {
    this.#url = new URL(url)
    // TLCP specification, "HTTP transport": the version goes into the query, `TLCP-2.4.0`.
    this.#query = `LS_protocol=${protocol.replace(/\.lightstreamer\.com$/, '')}`
    this.#events = events
    this.#jar = jar
    const isTls = this.#url.protocol === 'https:'
    this.#controls = isTls ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
    this.#streams = isTls ? new HttpsAgent() : new HttpAgent()
    queueMicrotask(() => {
      if (!this.#isOver) events.opened()
    })
  }

  send(message: string): void {
    if (this.#isOver) return
    const end = message.indexOf('\r\n')
    // `wsok` asks whether a WebSocket works.
    if (end === -1) return
    const name = message.slice(0, end)
    const body = message.slice(end + 2)
    if (name === 'create_session' || name === 'bind_session') return this.#stream(name, body)
    // Any request counts as a heartbeat: one that waits already will do.
    if (name === 'heartbeat' && (this.#isBusy || this.#waiting.length > 0)) return
    this.#waiting.push({ name, body })
    this.#next()
  }

  close(): void {
    // The server ends the stream by itself after END.
  }

  destroy(): void {
    this.#isOver = true
    this.#waiting.length = 0
    for (const request of this.#requests) request.destroy()
    this.#requests.clear()
    this.#controls.destroy()
    this.#streams.destroy()
  }

  #stream(name: string, body: string): void {
    const request = this.#post(name, body, this.#streams, response => {
      response.on('data', (chunk: Buffer) => {
        if (!this.#isOver) this.#events.bytes(chunk)
      })
      response.on('end', () => this.#lost('the server ended the stream'))
    })
    request.setNoDelay(true)
  }

  #next(): void {
    if (this.#isBusy || this.#isOver) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#isBusy = true
    const request = this.#post(next.name, next.body, this.#controls, response => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > MAX_ANSWER_BYTES) this.#lost(`the answer to ${next.name} has no end`)
      })
      response.on('end', () => {
        if (this.#isOver) return
        this.#isBusy = false
        this.#events.answer(Buffer.concat(chunks))
        this.#next()
      })
    })
    request.setTimeout(ANSWER_MS, () => this.#lost(`${next.name} was not answered`))
  }

  #post(name: string, body: string, agent: HttpAgent, onAnswer: (response: IncomingMessage) => void): ClientRequest {
    const url = new URL(this.#url)
    url.pathname = `${url.pathname}/${name}.txt`
    url.search = this.#query
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url, { method: 'POST', agent, headers: this.#headers(body) }, response => {
      this.#jar.keep(response.headers['set-cookie'])
      response.on('close', () => this.#requests.delete(request))
      response.on('error', error => this.#lost(error.message))
      // A refusal of the protocol is a CONERR in an answer with 200; anything else is no Lightstreamer.
      if (response.statusCode !== 200) {
        response.resume()
        return this.#lost(`the server answered HTTP ${response.statusCode} to ${name}`)
      }
      onAnswer(response)
    })
    request.on('error', error => this.#lost(error.message))
    this.#requests.add(request)
    request.end(body)
    return request
  }

  #headers(body: string): Record<string, string | number> {
    const cookie = this.#jar.header()
    return {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      ...(cookie === null ? {} : { cookie }),
    }
  }

  #lost(cause: string): void {
    if (this.#isOver) return
    this.destroy()
    this.#events.closed(cause)
  }
}
