import { baseHeaders, JSON_TYPE } from '../rest/headers.ts'
import { type Auth, authHeaders } from './auth.ts'

type Kind = 'plain' | 'body' | 'body as delete'

/** Headers for the tokens in use: the same object again for the same request, so that whoever writes them can keep them written. */
export class HeaderCache {
  readonly #apiKey: string
  #auth: Auth | null = null
  readonly #made = new Map<string, Readonly<Record<string, string>>>()

  constructor(apiKey: string) {
    this.#apiKey = apiKey
  }

  get(auth: Auth, version: number, kind: Kind): Readonly<Record<string, string>> {
    if (this.#auth !== auth) {
      this.#auth = auth
      this.#made.clear()
    }
    const name = `${version} ${kind}`
    const known = this.#made.get(name)
    if (known !== undefined) return known
    const headers = {
      ...baseHeaders(this.#apiKey, version),
      ...authHeaders(auth),
      ...(kind === 'plain' ? {} : { 'Content-Type': JSON_TYPE }),
      // IG ignores the body of a real DELETE. Source: IG Labs, REST trading API guide, "_method".
      ...(kind === 'body as delete' ? { _method: 'DELETE' } : {}),
    }
    this.#made.set(name, headers)
    return headers
  }

  /** The tokens in these; `null` where they are not the ones in use. */
  tokensIn(headers: Readonly<Record<string, string>>): Auth | null {
    for (const made of this.#made.values()) if (made === headers) return this.#auth
    return null
  }
}
