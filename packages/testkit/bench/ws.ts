/** The part of the module `ws` that the benches use; they give it, so that it is the one that they measure. */
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
