/** One request of a client: a name and its parameters (TLCP specification, "Request syntax"). */
export interface TlcpRequest {
  readonly name: string
  readonly parameters: RequestFields
}

export type RequestFields = ReadonlyMap<string, string>

/**
 * Reads a WebSocket message: the name on the first line, then one line of parameters for each request. Lenient about line
 * ends, as clients in use are.
 * @returns null when a parameter cannot be decoded.
 */
export function readRequests(message: string): readonly TlcpRequest[] | null {
  const [name = '', ...lines] = message.split(/\r?\n/).filter(line => line !== '')
  return named(name, lines, [])
}

/**
 * Reads an HTTP request: the name is in the path, the lines are in the body, and the query holds what all of them share.
 * @returns null when a parameter cannot be decoded.
 */
export function readHttpRequests(name: string, query: string, body: string): readonly TlcpRequest[] | null {
  const shared = query.split('&')
  return named(
    name,
    body.split(/\r?\n/).filter(line => line !== ''),
    shared,
  )
}

function named(name: string, lines: readonly string[], shared: readonly string[]): readonly TlcpRequest[] | null {
  try {
    const all = lines.length === 0 ? [''] : lines
    return all.map(line => ({ name, parameters: readParameters([...shared, ...line.split('&')]) }))
  } catch {
    return null
  }
}

/** A `+` stays one: what a server makes of it is not specified, and clients write a space as `%20`. */
function readParameters(parts: readonly string[]): RequestFields {
  return new Map(
    parts
      .filter(part => part !== '')
      .map(part => {
        const equals = part.indexOf('=')
        const key = equals < 0 ? part : part.slice(0, equals)
        return [key, equals < 0 ? '' : decodeURIComponent(part.slice(equals + 1))]
      }),
  )
}
