/** How the data of a session comes: over what, and in one stream or poll by poll. Source: TLCP specification, "Transports". */
export type Transport = 'websocket-streaming' | 'http-streaming' | 'websocket-polling' | 'http-polling'

/**
 * What may be used.
 * - `auto`: WebSocket; HTTP where a WebSocket cannot be had, by polls where its stream does not come through.
 * - `websocket`: never HTTP. - `http`: never a WebSocket; by polls where the stream does not come through.
 * - a transport: that one, whatever happens.
 */
export type TransportChoice = 'auto' | 'websocket' | 'http' | Transport

/** What may be used, the best first. */
export type Transports = readonly [Transport, ...Transport[]]

export function transportsOf(choice: TransportChoice, hasHttp: boolean): Transports {
  switch (choice) {
    case 'auto':
      return hasHttp ? ['websocket-streaming', 'http-streaming', 'http-polling'] : ['websocket-streaming']
    case 'websocket':
      return ['websocket-streaming']
    case 'http':
      return ['http-streaming', 'http-polling']
    default:
      return [choice]
  }
}

export function isHttp(transport: TransportChoice): boolean {
  return transport.startsWith('http')
}

export function isPolling(transport: Transport): boolean {
  return transport.endsWith('polling')
}

/**
 * After a connection that could not be had.
 * @param how `stuck`: something let it open, and nothing through it.
 */
export function nextTransport(present: Transport, how: 'lost' | 'stuck', transports: Transports): Transport {
  const [best] = transports
  if (how === 'stuck') return transports[transports.indexOf(present) + 1] ?? best
  // Nobody there, or nobody who speaks the protocol: a poll would find nobody either.
  return transports.find(each => isHttp(each) !== isHttp(present)) ?? best
}
