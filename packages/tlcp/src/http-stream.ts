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
  const jarOf = (host: string): CookieJar => {
    const jar = jars.get(host) ?? new CookieJar()
    if (jars.size < MAX_HOSTS) jars.set(host, jar)
    return jar
  }
  return (url, protocol, events) => new HttpStream(url, protocol, events, jarOf)
}

interface HttpMessage {
  readonly url: URL
  readonly name: string
  readonly body: string
}

class HttpStream implements Socket {
  readonly #url: string
  readonly #query: string
  readonly #events: SocketEvents
  readonly #jarOf: (host: string) => CookieJar
  readonly #controls: Agents
  readonly #streams: Agents
  readonly #requests = new Set<ClientRequest>()
  /** Requests that wait for the answer to the one before. */
  readonly #waiting: HttpMessage[] = []
  /** What the session's data comes by; with polls there is another one after each. */
  #stream: ClientRequest | null = null
  #isBusy = false
  #isOver = false

  constructor(url: string, protocol: string, events: SocketEvents, jarOf: (host: string) => CookieJar) {
    this.#url = url
    // TLCP specification, "HTTP transport": the version goes into the query, `TLCP-2.4.0`.
    this.#query = `LS_protocol=${protocol.replace(/\.lightstreamer\.com$/, '')}`
    this.#events = events
    this.#jarOf = jarOf
    this.#controls = new Agents()
    this.#streams = new Agents()
    queueMicrotask(() => {
      if (!this.#isOver) events.opened()
    })
  }

  send(message: string, to = this.#url): void {
    if (this.#isOver) return
    const end = message.indexOf('\r\n')
    // `wsok` asks whether a WebSocket works.
    if (end === -1) return
    const name = message.slice(0, end)
    const body = message.slice(end + 2)
    const url = new URL(to)
    url.pathname = `${url.pathname}/${name}.txt`
    url.search = this.#query
    if (name === 'create_session' || name === 'bind_session') return this.#open({ url, name, body })
    // Any request counts as a heartbeat: one that waits already will do.
    if (name === 'heartbeat' && (this.#isBusy || this.#waiting.length > 0)) return
    this.#waiting.push({ url, name, body })
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

  #open(message: HttpMessage): void {
    const isPoll = /(?:^|&)LS_polling=true(?:&|$)/.test(message.body)
    const request = this.#post(message, this.#streams, response => {
      response.on('data', (chunk: Buffer) => {
        if (!this.#isOver && this.#stream === request) this.#events.bytes(chunk)
      })
      response.on('end', () => {
        // With the last bytes of a poll the next one may have gone out already.
        if (this.#isOver || this.#stream !== request) return
        if (isPoll) this.#events.pollOver()
        else this.#lost('the server ended the stream')
      })
    })
    request.setNoDelay(true)
    this.#stream = request
  }

  #next(): void {
    if (this.#isBusy || this.#isOver) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#isBusy = true
    const request = this.#post(next, this.#controls, response => {
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

  #post(
    { url, name, body }: HttpMessage,
    agents: Agents,
    onAnswer: (response: IncomingMessage) => void,
  ): ClientRequest {
    const jar = this.#jarOf(url.host)
    const isTls = url.protocol === 'https:'
    const send = isTls ? httpsRequest : httpRequest
    const agent = agents.of(isTls)
    const request = send(url, { method: 'POST', agent, headers: headersOf(body, jar) }, response => {
      jar.keep(response.headers['set-cookie'])
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

  #lost(cause: string): void {
    if (this.#isOver) return
    this.destroy()
    this.#events.closed(cause)
  }
}

/** Connections kept for the next request, with and without TLS: a control link may lead from one to the other. */
class Agents {
  readonly #plain = new HttpAgent({ keepAlive: true })
  readonly #tls = new HttpsAgent({ keepAlive: true })

  of(isTls: boolean): HttpAgent {
    return isTls ? this.#tls : this.#plain
  }

  destroy(): void {
    this.#plain.destroy()
    this.#tls.destroy()
  }
}

function headersOf(body: string, jar: CookieJar): Record<string, string | number> {
  const cookie = jar.header()
  return {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(cookie === null ? {} : { cookie }),
  }
}
