import { Secret } from '@scalpdesk/sdk'

export const ENVIRONMENTS = ['mock', 'demo', 'live'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

/** What signs one user in to one environment. No print of it shows the key or the password. */
export interface Credential {
  readonly environment: Environment
  readonly apiKey: Secret
  /** The login name, which IG calls identifier. Shown to nobody either, but it guards nothing. */
  readonly username: string
  readonly password: Secret
  /** The account to act on; null for the preferred one. */
  readonly account: string | null
}

/** The fields as somebody gave them, before they were looked at. */
export interface GivenCredential {
  readonly apiKey: string
  readonly username: string
  readonly password: string
  readonly account: string | null
}

/**
 * What cannot be right about it, one sentence each, without any of the values; empty when it may be tried.
 * Sources: IG Labs, REST API reference, "Session", POST /session (`identifier` and `password`) and PUT /session (`accountId`).
 */
export function credentialProblems({ apiKey, username, password, account }: GivenCredential): readonly string[] {
  return [
    apiKey === '' ? 'expected an API key, but got nothing; IG shows it under My account, Settings, API keys' : null,
    apiKey !== '' && !/^[\x21-\x7e]{1,200}$/.test(apiKey)
      ? 'expected an API key of visible ASCII characters, but got others; copy it again'
      : null,
    username === '' ? 'expected a user name, but got nothing; give the one you sign in to IG with' : null,
    username !== '' && !/^[A-Za-z0-9_-]{1,30}$/.test(username)
      ? 'expected a user name of up to 30 letters, digits, - and _, but got something else; IG takes no e-mail address here'
      : null,
    password === '' ? 'expected a password, but got nothing; give the one of this environment' : null,
    [...password].length > LONGEST_PASSWORD || /[\r\n\0]/.test(password)
      ? `expected a password of one line and up to ${LONGEST_PASSWORD} characters, but got another text; correct it`
      : null,
    account !== null && !isAccountId(account)
      ? 'expected an account id of up to 30 letters, digits and -, but got something else; the sign-in lists them'
      : null,
  ].filter(problem => problem !== null)
}

export function isAccountId(text: string): boolean {
  return /^[A-Za-z0-9-]{1,30}$/.test(text)
}

const LONGEST_PASSWORD = 350

export function credentialOf(environment: Environment, given: GivenCredential): Credential {
  const { apiKey, username, password, account } = given
  return { environment, apiKey: new Secret(apiKey), username, password: new Secret(password), account }
}

/** As it is kept: the one text that shows all of it. */
export function keptText({ apiKey, username, password, account }: Credential): string {
  return JSON.stringify({ v: 1, apiKey: apiKey.reveal(), username, password: password.reveal(), account })
}

/** @returns null when it is no credential that this version wrote. */
export function fromKeptText(environment: Environment, text: string): Credential | null {
  const kept = parsed(text)
  if (typeof kept !== 'object' || kept === null || !('v' in kept) || kept.v !== 1) return null
  const { apiKey, username, password, account } = kept as Record<string, unknown>
  if (typeof apiKey !== 'string' || typeof username !== 'string' || typeof password !== 'string') return null
  if (account !== null && typeof account !== 'string') return null
  const given = { apiKey, username, password, account }
  return credentialProblems(given).length > 0 ? null : credentialOf(environment, given)
}

/** The parser's own error shows the text it could not read: it is dropped. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
