import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** What to do with a request: answer with these bytes, or handle the socket oneself. */
export type Answer = string | ((socket: Socket, request: SeenRequest) => void)

export interface RudeServer {
  /** The REST base. */
  readonly url: URL
  readonly requests: readonly SeenRequest[]
  /** Orders among the requests. */
  orders(): readonly SeenRequest[]
  /** How many connections are open. */
  connections(): number
  /** How many connections have ended. */
  ended(): number
  /** Resets every connection. */
  cutAll(): void
  /** What orders are answered with from now on. */
  onOrder(answer: Answer): void
  /** What reads under a path are answered with from now on. */
  on(path: string, answer: Answer): void
  close(): Promise<void>
}

/** A raw-socket server that signs anyone in and answers everything else exactly as rudely as it is told. */
export async function startRudeServer(): Promise<RudeServer> {
  const sockets = new Set<Socket>()
  const requests: SeenRequest[] = []
  const routes = new Map<string, Answer>()
  let ended = 0
  let order: Answer = json(200, { dealReference: 'REF-1' })

  const server = createServer(socket => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      ended++
    })
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      for (let next = takeRequest(text); next !== null; next = takeRequest(text)) {
        text = text.slice(next.length)
        requests.push(next.request)
        const answer = answerTo(next.request)
        if (typeof answer === 'string') socket.write(answer)
        else answer(socket, next.request)
      }
    })
  })

  function answerTo(request: SeenRequest): Answer {
    const path = request.path.replace('/gateway/deal', '').split('?')[0] ?? ''
    const told = routes.get(`${request.method} ${path}`) ?? routes.get(path)
    if (told !== undefined) return told
    if (path.startsWith('/positions/otc')) return order
    if (path === '/session') return signedIn
    if (path === '/accounts') return json(200, ACCOUNTS)
    return json(404, { errorCode: 'invalid.url' })
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/gateway/deal`),
    requests,
    orders: () => requests.filter(request => request.path.includes('/positions/otc')),
    onOrder(answer) {
      order = answer
    },
    connections: () => sockets.size,
    ended: () => ended,
    cutAll() {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    on: (path, answer) => void routes.set(path, answer),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): string {
  return raw(status, JSON.stringify(body), { 'Content-Type': 'application/json;charset=UTF-8', ...headers })
}

export function raw(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body) })
  return `HTTP/1.1 ${status} Status\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

/** Figures after the shape in IG Labs, REST API reference, "Session" and "Accounts". */
const SESSION = {
  accountType: 'CFD',
  accountInfo: { balance: 10000, deposit: 0, profitLoss: 0, available: 10000 },
  currencyIsoCode: 'EUR',
  currencySymbol: 'E',
  currentAccountId: 'ABC12',
  lightstreamerEndpoint: 'http://127.0.0.1:1',
  accounts: [
    { accountId: 'ABC12', accountName: 'CFD', preferred: true, accountType: 'CFD' },
    { accountId: 'ABC13', accountName: 'Spread', preferred: false, accountType: 'SPREADBET' },
  ],
}

export const ACCOUNTS = {
  accounts: [
    {
      accountId: 'ABC12',
      accountName: 'CFD',
      accountType: 'CFD',
      preferred: true,
      currency: 'EUR',
      balance: { balance: 10000, deposit: 384.91, profitLoss: -12.5, available: 9602.59 },
    },
    {
      accountId: 'ABC13',
      accountName: 'Spread',
      accountType: 'SPREADBET',
      preferred: false,
      currency: 'GBP',
      balance: null,
    },
  ],
}

export const signedIn = json(200, SESSION, { CST: 'canary-cst', 'X-SECURITY-TOKEN': 'canary-xst' })

function takeRequest(text: string): { readonly request: SeenRequest; readonly length: number } | null {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const [method = '', path = ''] = first.split(' ')
  const headers = new Map(
    lines.map(line => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  )
  const length = end + 4 + Number(headers.get('content-length') ?? 0)
  if (text.length < length) return null
  return { request: { method, path, headers, body: text.slice(end + 4, length) }, length }
}
