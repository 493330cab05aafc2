/** One request of a client: a name and its parameters (TLCP specification, "Request syntax"). */
export interface TlcpRequest {
  readonly name: string
  readonly parameters: ReadonlyMap<string, string>
}

/**
 * Reads a WebSocket message: the name on the first line, then one line of parameters for each request. Lenient about line
 * ends, as clients in use are.
 * @returns null when a parameter cannot be decoded.
 */
export function readRequests(message: string): readonly TlcpRequest[] | null {
  const [name = '', ...lines] = message.split(/\r?\n/).filter(line => line !== '')
  if (lines.length === 0) return [{ name, parameters: new Map() }]
  try {
    return lines.map(line => ({ name, parameters: readParameters(line) }))
  } catch {
    return null
  }
}

function readParameters(line: string): ReadonlyMap<string, string> {
  return new Map(
    line
      .split('&')
      .filter(part => part !== '')
      .map(part => {
        const equals = part.indexOf('=')
        const key = equals < 0 ? part : part.slice(0, equals)
        return [key, equals < 0 ? '' : decodeURIComponent(part.slice(equals + 1))]
      }),
  )
}
