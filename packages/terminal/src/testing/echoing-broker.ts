import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/** How the echo comes back: as the code of a refusal, as a page, as an answer that is not what it should be, or not whole. */
export const ECHOES = ['code', 'page', 'wrong-answer', 'cut-off'] as const
export type Echo = (typeof ECHOES)[number]

/** A server in IG's place that sends back what it was sent, secrets and all, and gives tokens that must never be seen. */
export interface EchoingBroker extends AsyncDisposable {
  readonly url: string
}

/** @param signsIn whether it lets everybody in first, and only then begins to echo. */
export async function startEchoingBroker(echo: Echo, signsIn: boolean, token: string): Promise<EchoingBroker> {
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const isSignIn = request.method === 'POST' && request.url?.endsWith('/session')
    if (isSignIn && signsIn) {
      response.writeHead(200, { CST: `${token}-client`, 'X-SECURITY-TOKEN': `${token}-account` })
      response.end(
        JSON.stringify({ currentAccountId: 'FIRST1', lightstreamerEndpoint: 'http://127.0.0.1:1', accounts: [] }),
      )
      return
    }
    const all = everything(request, body)
    switch (echo) {
      case 'code':
        response.writeHead(403, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ errorCode: all.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 200) }))
        return
      case 'page':
        response.writeHead(502, { 'Content-Type': 'text/html' })
        response.end(`<h1>${all}</h1>`)
        return
      case 'wrong-answer':
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end(
          JSON.stringify({ accounts: [{ accountId: all, currency: all }], currentAccountId: all, oauthToken: all }),
        )
        return
      case 'cut-off':
        response.writeHead(200, { 'Content-Length': '100000' })
        response.write(all)
        response.destroy()
        return
      default:
        throw new Error(`expected an echo that is known, but got ${echo satisfies never}`)
    }
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('expected the address of a server that listens')
  return {
    url: `http://127.0.0.1:${address.port}/gateway/deal`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

/** The secrets first: a code is short. */
function everything({ headers, method, url }: IncomingMessage, body: string): string {
  const { 'x-ig-api-key': key, cst, 'x-security-token': account } = headers
  return [body, key, cst, account, method, url, JSON.stringify(headers)].filter(part => part !== undefined).join(' ')
}
