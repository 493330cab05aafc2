import type { AccountId } from '../ids.ts'

/** What proves to IG who asks. Goes into request headers and the stream's password, and nowhere else. */
export type Auth =
  /** Sessions of version 2; both tokens belong to one account. */
  | { readonly kind: 'tokens'; readonly client: string; readonly account: string }
  /** Sessions of version 3. */
  | {
      readonly kind: 'bearer'
      readonly access: string
      readonly refresh: string
      readonly accountId: AccountId
      /** Monotonic: IG takes the access token until then. */
      readonly expiresAtMs: number
      /** How long it was good for when it was made. */
      readonly lifeMs: number
    }

/** Source: IG Labs, REST trading API guide, "Authentication and authorization". */
export function authHeaders(auth: Auth): Readonly<Record<string, string>> {
  return auth.kind === 'tokens'
    ? { CST: auth.client, 'X-SECURITY-TOKEN': auth.account }
    : { Authorization: `Bearer ${auth.access}`, 'IG-ACCOUNT-ID': auth.accountId }
}

/** The tokens are the same; a bearer's account and times do not matter. */
export function isSameAuth(one: Auth, other: Auth): boolean {
  if (one.kind === 'tokens') {
    return other.kind === 'tokens' && one.client === other.client && one.account === other.account
  }
  return other.kind === 'bearer' && one.access === other.access
}
