import type { MockUser } from '../users.ts'

/** Somebody signed in, acting on one of their accounts. */
export interface Login {
  readonly user: MockUser
  readonly accountId: string
}

/** Sent with every call of a session of versions 1 and 2. */
export interface Tokens {
  readonly clientToken: string
  readonly accountToken: string
}

/** What a session of version 3 gets: the access token for every call, the other for the next pair. */
export interface BearerTokens {
  readonly access: string
  readonly refresh: string
}

/** What a request brought to prove who it is from. */
export interface Credentials {
  readonly clientToken?: string | undefined
  readonly accountToken?: string | undefined
  readonly bearer?: string | undefined
  /** Header `IG-ACCOUNT-ID`: which account a bearer means; the preferred one without it. */
  readonly accountId?: string | undefined
}

/** How a session proves itself: a pair of tokens, or a bearer. */
export type Proof = ({ readonly kind: 'pair' } & Tokens) | { readonly kind: 'bearer'; readonly access: string }

export type LoginCheck =
  | { readonly kind: 'valid'; readonly login: Login; readonly proof: Proof }
  | {
      readonly kind:
        | 'client-token-missing'
        | 'client-token-invalid'
        | 'account-token-missing'
        | 'account-token-invalid'
        | 'oauth-token-invalid'
        | 'account-access-denied'
    }
