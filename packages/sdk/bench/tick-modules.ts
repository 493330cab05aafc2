import { createRequire } from 'node:module'

/** The modules that only the streaming client depends on, `ws` and the official clients among them, are found from where it stands. */
export const requireOfTlcp = createRequire(import.meta.resolve('@scalpdesk/tlcp'))

/** The part of `ws` that is used here. */
export interface Ws {
  readonly WebSocket: new (url: string, protocol: string, options: object) => WsSocket
  readonly WebSocketServer: new (
    options: object,
  ) => { on(event: 'connection', listener: (socket: WsSocket, request: { readonly socket: WsRaw }) => void): void }
}

export interface WsSocket {
  readonly readyState: number
  on(event: 'open' | 'error', listener: () => void): void
  on(event: 'message', listener: (data: Buffer) => void): void
  send(text: string): void
}

/** The TCP connection below. */
export interface WsRaw {
  setNoDelay(on: boolean): void
  write(bytes: Buffer): boolean
  once(event: 'drain', listener: () => void): void
}

/** The part of the official client that is used here. */
export interface Official {
  readonly LightstreamerClient: new (server: string, adapterSet: string) => OfficialClient
  readonly Subscription: new (mode: string, items: string[], fields: string[]) => OfficialSubscription
}

interface OfficialClient {
  readonly connectionOptions: { setForcedTransport(transport: string): void }
  subscribe(subscription: object): void
  connect(): void
}

interface OfficialSubscription {
  setRequestedSnapshot(wanted: string): void
  addListener(listener: { onItemUpdate(update: { getValue(field: string): string | null }): void }): void
}

export const ws: Ws = requireOfTlcp('ws')
