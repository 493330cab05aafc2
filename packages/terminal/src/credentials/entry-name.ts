import { ENVIRONMENTS, type Environment } from './credential.ts'

/**
 * Where a credential is sent, and nowhere else: an environment of IG's, or the server that SCALPDESK_URL names in its place.
 * What was stored for IG is thus never sent to a mock broker because a variable was left set, nor the reverse.
 */
export interface Place {
  readonly environment: Environment
  /** Host of the server in IG's place, without its port: a mock broker has another one each time. Null: IG itself. */
  readonly host: string | null
}

/** `demo`, `live`, `live@127.0.0.1`: the name of an entry in every store. */
export function entryName({ environment, host }: Place): string {
  return host === null ? environment : `${environment}@${host}`
}

/** @returns null for what is no name of an entry. */
export function placeOf(name: string): Place | null {
  const [, environment = '', host = null] = /^([a-z]+)(?:@([\w.:[\]-]{1,253}))?$/.exec(name) ?? []
  const known = ENVIRONMENTS.find(each => each === environment)
  return known === undefined ? null : { environment: known, host }
}
