/** A `fetch` that notes the tokens that it sees, of any kind. */
export function listeningFetch(): { readonly fetch: typeof globalThis.fetch; readonly tokens: ReadonlySet<string> } {
  const tokens = new Set<string>()
  const listening: typeof globalThis.fetch = async (url, init) => {
    const response = await fetch(url, init)
    for (const name of ['cst', 'x-security-token']) {
      const token = response.headers.get(name)
      if (token !== null) tokens.add(token)
    }
    const text = await response.clone().text()
    for (const [, token = ''] of text.matchAll(/"(?:access|refresh)_token":"([^"]+)"/g)) tokens.add(token)
    return response
  }
  return { fetch: listening, tokens }
}
