import http from 'node:http'
import https from 'node:https'
import type { Client, Order } from '../client.ts'
import { answered, failed, fieldOf, statement } from '../statement.ts'
import { otcOrder } from '../ticket.ts'

/**
 * Its address is IG's own, written into the code: `https.request` is led to the mock broker instead. Its `login()` writes the
 * tokens into its own package folder, so they are fetched here and given to it where it looks for them.
 */
export async function connectNodeIgApi({ url, apiKey, username, password, ticket }: Order): Promise<Client> {
  const { hostname, port } = new URL(url)
  Object.assign(https, {
    request: (options: http.RequestOptions, listener: (response: http.IncomingMessage) => void) =>
      http.request({ ...options, protocol: 'http:', hostname, port }, listener),
  })
  const { default: ig } = await import('node-ig-api')
  const signedIn = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'X-IG-API-KEY': apiKey, Version: '2', 'Content-Type': 'application/json' },
    body: JSON.stringify({ identifier: username, password }),
  })
  Object.assign(process.env, {
    IG_API_KEY: apiKey,
    IG_CST: signedIn.headers.get('CST'),
    IG_XST: signedIn.headers.get('X-SECURITY-TOKEN'),
  })
  return {
    async open(tell) {
      tell(await ig.deal(otcOrder(ticket)).then(said, failed))
    },
  }
}

/** It asks for the confirm by itself and gives back both answers, whatever is in them. */
function said(answer: unknown) {
  const outcome = fieldOf(fieldOf(answer, 'confirms'), 'dealStatus')
  if (outcome === 'ACCEPTED') return statement('opened', 'a deal reference and its confirm')
  if (outcome === 'REJECTED') return statement('refused', 'a confirm that rejects it')
  return answered(fieldOf(answer, 'positions'))
}
