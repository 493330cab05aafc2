import {
  type Credential,
  credentialOf,
  credentialProblems,
  type Environment,
  type GivenCredential,
} from './credential.ts'

export type Variables = Readonly<Record<string, string | undefined>>

export type VariableReading =
  | { readonly kind: 'none' }
  /** Some, but not all of the three: which are missing. */
  | { readonly kind: 'part'; readonly given: Partial<GivenCredential>; readonly missing: readonly string[] }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'whole'; readonly credential: Credential }

/** A login that is given for this run only: nothing of it is kept. Set to nothing counts as left out, as shells do it. */
export function fromVariables(environment: Environment, variables: Variables): VariableReading {
  const given = {
    ...(variables.SCALPDESK_API_KEY && { apiKey: variables.SCALPDESK_API_KEY }),
    ...(variables.SCALPDESK_USERNAME && { username: variables.SCALPDESK_USERNAME }),
    ...(variables.SCALPDESK_PASSWORD && { password: variables.SCALPDESK_PASSWORD }),
  }
  const missing = NAMES.filter(name => !variables[name])
  if (missing.length === NAMES.length) return { kind: 'none' }
  const account = variables.SCALPDESK_ACCOUNT || null
  const { apiKey, username, password } = given
  if (apiKey === undefined || username === undefined || password === undefined)
    return { kind: 'part', given: { ...given, account }, missing }
  const whole = { apiKey, username, password, account }
  const problems = credentialProblems(whole)
  if (problems.length > 0) return { kind: 'wrong', problems }
  return { kind: 'whole', credential: credentialOf(environment, whole) }
}

const NAMES = ['SCALPDESK_API_KEY', 'SCALPDESK_USERNAME', 'SCALPDESK_PASSWORD'] as const
