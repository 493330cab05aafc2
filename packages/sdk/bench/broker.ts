/**
 * The least broker that an order client can talk to, in a process of its own: signs anybody in, takes every order, confirms it. Small, so
 * that most of a round trip is the client's. Arguments: `http` or `https`, and how long it keeps an unused connection, in milliseconds.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { LOCAL_CERTIFICATE, LOCAL_KEY } from '../src/testing/local-certificate.ts'
import { say } from './pinned-process.ts'
import { BASE_PATH, CONFIRM_PATH, EPIC, ORDER_PATH, TOKENS } from './wire-order.ts'

const [kind = 'http', keepAliveMs = '600000'] = process.argv.slice(2)
const ACCOUNT = 'ABC12'
let dealCount = 0

const answer: RequestListener = (request, response) => {
  const { method = '', url = '' } = request
  if (method === 'GET' && url.startsWith(CONFIRM_PATH)) return send(response, confirmOf(url.slice(CONFIRM_PATH.length)))
  readBody(request, body => {
    // One of the peers ends the path with a slash.
    if (url.startsWith(ORDER_PATH)) return send(response, acknowledgementOf(body))
    if (url.startsWith(`${BASE_PATH}/session`)) return send(response, session(request), TOKENS)
    if (url === `${BASE_PATH}/accounts`) return send(response, ACCOUNTS)
    return send(response, '{}')
  })
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  let body = ''
  request.setEncoding('latin1')
  request.on('data', chunk => {
    body += chunk
  })
  request.on('end', () => done(body))
}

function send(response: ServerResponse, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': body.length,
    ...headers,
  })
  response.end(body)
}

function acknowledgementOf(body: string): string {
  const { dealReference }: { readonly dealReference?: string } = JSON.parse(body)
  dealCount += 1
  return JSON.stringify({ dealReference: dealReference ?? `REF-${dealCount}` })
}

function confirmOf(dealReference: string): string {
  const dealId = `DIAAAAK${String(dealCount).padStart(8, '0')}`
  return JSON.stringify({
    date: '2026-11-20T10:00:00.000',
    status: 'OPEN',
    reason: 'SUCCESS',
    dealStatus: 'ACCEPTED',
    epic: EPIC,
    expiry: '-',
    dealReference,
    dealId,
    affectedDeals: [{ dealId, status: 'OPENED' }],
    level: 1.08512,
    size: 1,
    direction: 'BUY',
    stopLevel: 1.08312,
    limitLevel: null,
    stopDistance: null,
    limitDistance: null,
    guaranteedStop: false,
    trailingStop: false,
    profit: null,
    profitCurrency: null,
  })
}

function session(request: IncomingMessage): string {
  return JSON.stringify({
    accountType: 'CFD',
    accountInfo: { balance: 10000, deposit: 0, profitLoss: 0, available: 10000 },
    currencyIsoCode: 'EUR',
    currentAccountId: ACCOUNT,
    lightstreamerEndpoint: `http://${request.headers.host}`,
    accounts: [{ accountId: ACCOUNT, accountName: 'CFD', preferred: true, accountType: 'CFD' }],
    timezoneOffset: 0,
    // What a sign-in of version 3 looks for.
    accountId: ACCOUNT,
    oauthToken: { access_token: 'access', refresh_token: 'refresh', expires_in: '600' },
  })
}

const ACCOUNTS = JSON.stringify({
  accounts: [
    {
      accountId: ACCOUNT,
      accountAlias: null,
      accountName: 'CFD',
      accountType: 'CFD',
      status: 'ENABLED',
      preferred: true,
      currency: 'EUR',
      canTransferFrom: true,
      canTransferTo: true,
      balance: { balance: 10000, deposit: 0, profitLoss: 0, available: 10000 },
    },
  ],
})

const options = { keepAliveTimeout: Number(keepAliveMs), noDelay: true }
const server =
  kind === 'https'
    ? createTlsServer({ ...options, key: LOCAL_KEY, cert: LOCAL_CERTIFICATE }, answer)
    : createServer(options, answer)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  say({ port: typeof address === 'object' ? address?.port : null })
})
process.on('disconnect', () => process.exit())
