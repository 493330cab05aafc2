/**
 * The WebSocket address of a server. Accepts it with or without scheme (then TLS), closing slash and `/lightstreamer`.
 * Source: TLCP specification, "WebSocket transport".
 */
export function socketUrl(server: string): string {
  const withScheme = /^[a-z]+:\/\//i.test(server) ? server : `https://${server}`
  const url = new URL(withScheme)
  const isPlain = url.protocol === 'http:' || url.protocol === 'ws:'
  const prefix = url.pathname.replace(/\/+$/, '').replace(/\/lightstreamer$/, '')
  return `${isPlain ? 'ws' : 'wss'}://${url.host}${prefix}/lightstreamer`
}

/**
 * Where the further connections of a session go: the control link of CONOK, completed from the address in use.
 * A link never takes TLS away. Source: TLCP specification, "CONOK".
 * @param base a result of {@link socketUrl}.
 * @param link host, host:port or URL; `null` when the server gave `*`.
 */
export function linkedUrl(base: string, link: string | null): string {
  if (link === null) return base
  const from = new URL(base)
  const hasScheme = /^[a-z]+:\/\//i.test(link)
  let target: URL
  try {
    target = new URL(hasScheme ? link : `${from.protocol}//${link}`)
  } catch {
    return base
  }
  const isTls = from.protocol === 'wss:' || target.protocol === 'https:' || target.protocol === 'wss:'
  const prefix = target.pathname.replace(/\/+$/, '').replace(/\/lightstreamer$/, '')
  // A bare host takes over the port in use; a link with a scheme or a port says all that it means.
  const host = hasScheme || target.port !== '' || from.port === '' ? target.host : `${target.hostname}:${from.port}`
  return `${isTls ? 'wss' : 'ws'}://${host}${prefix}/lightstreamer`
}

/** The same address for requests over HTTP. @param url a result of {@link socketUrl} or {@link linkedUrl}. */
export function httpUrl(url: string): string {
  return url.replace(/^ws/, 'http')
}
