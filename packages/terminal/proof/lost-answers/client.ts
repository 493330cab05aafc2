import type { Statement } from './statement.ts'
import type { Ticket } from './ticket.ts'

/** A client, signed in and ready to send. */
export interface Client {
  /** One call to open one position. Says each thing that the caller is told; settles when nothing more will come. */
  open(tell: (told: Statement) => void): Promise<void>
}

/** What a client is given to work with. */
export interface Order {
  /** The REST base, without a slash at its end. */
  readonly url: string
  readonly apiKey: string
  readonly username: string
  readonly password: string
  readonly ticket: Ticket
  /** For clients that have a time limit of their own. */
  readonly requestTimeoutMs: number
}

export type ClientId = 'sdk' | 'desk' | 'ig-trading-api' | 'ig-api' | 'ig-node-api' | 'node-ig-api'

export interface ClientRow {
  readonly id: ClientId
  readonly title: string
  readonly isOurs: boolean
  /** Whether it gives up waiting by itself. */
  readonly hasTimeLimit: boolean
}

export const CLIENTS: readonly ClientRow[] = [
  { id: 'sdk', title: '@scalpdesk/sdk', isOurs: true, hasTimeLimit: true },
  { id: 'desk', title: '@scalpdesk/desk', isOurs: true, hasTimeLimit: true },
  { id: 'ig-trading-api', title: 'ig-trading-api 0.13.9', isOurs: false, hasTimeLimit: false },
  { id: 'ig-api', title: 'ig-api 0.15.0', isOurs: false, hasTimeLimit: false },
  { id: 'ig-node-api', title: 'ig-node-api 1.1.1', isOurs: false, hasTimeLimit: false },
  { id: 'node-ig-api', title: 'node-ig-api 2.0.4', isOurs: false, hasTimeLimit: false },
]

/** Loads no other client than the one asked for. */
export async function connectClient(id: ClientId, order: Order): Promise<Client> {
  switch (id) {
    case 'sdk':
      return (await import('./clients/sdk.ts')).connectSdk(order)
    case 'desk':
      return (await import('./clients/desk.ts')).connectDesk(order)
    case 'ig-trading-api':
      return (await import('./clients/ig-trading-api.ts')).connectIgTradingApi(order)
    case 'ig-api':
      return (await import('./clients/ig-api.ts')).connectIgApi(order)
    case 'ig-node-api':
      return (await import('./clients/ig-node-api.ts')).connectIgNodeApi(order)
    case 'node-ig-api':
      return (await import('./clients/node-ig-api.ts')).connectNodeIgApi(order)
    default:
      return unknownClient(id)
  }
}

function unknownClient(id: never): never {
  throw new Error(`expected the name of a client, but got "${String(id)}"; client.ts lists them`)
}
