/**
 * Where the stream is, as the session says, with TLS whenever the session has it: the stream's password is the session's
 * tokens. Source: IG Labs, Streaming API guide; the address comes with or without a scheme.
 */
export function streamServer(restBase: URL, endpoint: string): string {
  return restBase.protocol === 'https:' ? endpoint.replace(/^(?:http|ws):\/\//i, 'https://') : endpoint
}
