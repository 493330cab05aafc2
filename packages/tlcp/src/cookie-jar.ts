/** Our choice: more than any load balancer sets. */
const MAX_COOKIES = 50

/** The cookies of one server, by name: a load balancer finds the machine of a session by them. Kept in memory only. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()

  /** @param headers the `Set-Cookie` headers of one answer. */
  keep(headers: readonly string[] | undefined): void {
    for (const header of headers ?? []) {
      const [pair = '', ...attributes] = header.split(';')
      const at = pair.indexOf('=')
      const name = pair.slice(0, at).trim()
      if (at < 1 || name === '') continue
      const isOver = attributes.some(attribute => /^\s*max-age\s*=\s*(?:0|-\d+)\s*$/i.test(attribute))
      if (isOver) this.#cookies.delete(name)
      else if (this.#cookies.has(name) || this.#cookies.size < MAX_COOKIES)
        this.#cookies.set(name, pair.slice(at + 1).trim())
    }
  }

  header(): string | null {
    if (this.#cookies.size === 0) return null
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
