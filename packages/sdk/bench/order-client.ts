/** One way of sending an order and getting its confirm. */
export interface OrderClient {
  /** Resolves with whatever this client makes of the confirm. */
  order(index: number): Promise<unknown>
  /** Whether that is the confirm of a deal: looked at now and then, outside the measurement. */
  isConfirm(answer: unknown): boolean
  close(): unknown
}

export interface BrokerAddress {
  readonly port: number
  readonly isTls: boolean
}

export type ClientName =
  | 'floor'
  | 'floor-again'
  | 'ours'
  | 'undici-dispatch'
  | 'undici-request'
  | 'fetch'
  | 'ig-trading-api'

export const TITLES: Readonly<Record<ClientName, string>> = {
  floor: 'floor: raw socket, prebuilt bytes, no JSON',
  'floor-again': 'floor against itself',
  ours: '@scalpdesk/sdk',
  'undici-dispatch': 'undici dispatch, hand-written handler',
  'undici-request': 'undici.request on a Pool',
  fetch: 'global fetch',
  'ig-trading-api': 'ig-trading-api 0.13.9',
}

/** Loads no other client than the one asked for. */
export async function connectClient(name: ClientName, broker: BrokerAddress): Promise<OrderClient> {
  switch (name) {
    case 'floor':
    case 'floor-again':
      return (await import('./floor.ts')).connectFloor(broker)
    case 'ours':
      return (await import('./ours.ts')).connectOurs(broker)
    case 'undici-dispatch':
      return (await import('./peers.ts')).connectDispatch(broker)
    case 'undici-request':
      return (await import('./peers.ts')).connectRequest(broker)
    case 'fetch':
      return (await import('./peers.ts')).connectFetch(broker)
    case 'ig-trading-api':
      return (await import('./ig-trading-api.ts')).connectIgTradingApi(broker)
    default:
      return unknownClient(name)
  }
}

function unknownClient(name: never): never {
  throw new Error(`expected the name of a client, but got "${String(name)}"; order-client.ts lists them`)
}

export function originOf({ port, isTls }: BrokerAddress): string {
  return `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`
}
