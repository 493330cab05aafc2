import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { FakeServer } from './fake-server.ts'

const PROTOCOL = /^TLCP-2\.[0-5]\.0\.lightstreamer\.com$/

/** A fake server on a real port: WebSocket and HTTP, as the TLCP specification, "Transports", tells them. */
export class FakeEndpoint {
  readonly server: FakeServer
  /** Refuses upgrades with this status. */
  upgradeStatus: number | null = null
  /** As a proxy that lets an answer through when it is whole. */
  isBuffering = false
  /** Of each HTTP request. */
  readonly cookies: (string | undefined)[] = []
  /** Of each request, `ws` for messages of a WebSocket. */
  readonly paths: string[] = []
  readonly protocols: string[] = []
  pings = 0
  readonly #http: Server
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: protocols => [...protocols].find(each => PROTOCOL.test(each)) ?? false,
  })
  readonly #tcp = new Set<Socket>()

  private constructor(server: FakeServer) {
    this.server = server
    this.#http = createServer((request, response) => this.#request(request, response))
    this.#http.on('connection', socket => {
      this.#tcp.add(socket)
      socket.on('close', () => this.#tcp.delete(socket))
    })
    this.#http.on('upgrade', (request, socket, head) => {
      if (this.upgradeStatus !== null) return socket.end(`HTTP/1.1 ${this.upgradeStatus} Refused\r\n\r\n`)
      this.#sockets.handleUpgrade(request, socket, head, webSocket => this.#webSocket(webSocket))
    })
  }

  /** @param server one that another port may serve as well. */
  static async open(server = new FakeServer()): Promise<FakeEndpoint> {
    const endpoint = new FakeEndpoint(server)
    await new Promise<void>(resolve => endpoint.#http.listen(0, '127.0.0.1', resolve))
    return endpoint
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** Cuts every connection that there is. */
  cut(): void {
    for (const socket of this.#tcp) socket.destroy()
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise(resolve => this.#http.close(resolve))
  }

  #webSocket(socket: WebSocket): void {
    this.protocols.push(socket.protocol)
    const link = { send: (text: string) => socket.send(text), end: () => socket.close(1000), pollOver() {} }
    const connection = this.server.connect(link, socket.protocol)
    socket.on('message', data => {
      this.paths.push('ws')
      connection.receive(String(data))
    })
    socket.on('ping', () => this.pings++)
    socket.on('close', () => connection.lost())
    socket.on('error', () => {})
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const name = /\/lightstreamer\/(\w+)\.txt$/.exec(url.pathname)?.[1] ?? ''
      const protocol = url.searchParams.get('LS_protocol') ?? ''
      this.paths.push(name)
      this.cookies.push(request.headers.cookie)
      const session = url.searchParams.get('LS_session')
      const body = Buffer.concat(chunks).toString()
      const owned = session === null ? body : body.replaceAll(/(?=\r\n|$)/g, `&LS_session=${session}`)
      response.writeHead(200, {
        'content-type': 'text/enriched; charset=UTF-8',
        'set-cookie': `machine=${name}; Path=/`,
      })
      if (!this.isBuffering) response.flushHeaders()
      let held = ''
      const send = (text: string): void => {
        if (this.isBuffering) held += text
        else response.write(text)
      }
      const end = (): void => void response.end(held)
      const link = { send, end, pollOver: end }
      const connection = this.server.connect(link, protocol)
      connection.receive(`${name}\r\n${owned}`)
      if (name === 'heartbeat') send('REQOK\r\n')
      if (name !== 'create_session' && name !== 'bind_session') return end()
      response.on('close', () => connection.lost())
    })
  }
}
