import { type Credential, credentialOf } from '../credentials/credential.ts'
import type { CredentialStore, StoreKind } from '../credentials/credential-store.ts'
import type { Place } from '../credentials/entry-name.ts'
import { findCredential } from '../credentials/find-credential.ts'
import type { Variables } from '../credentials/variables.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { placeWords } from './chosen-place.ts'

/** Where a login comes from; `built-in` is the one of every mock broker. */
export type LoginOrigin = 'variables' | 'built-in' | StoreKind

/**
 * The login with which a command acts at a place.
 * @throws ExitError when there is none, or the variables cannot be meant
 * @throws CredentialError when a store has it and does not give it
 */
export async function foundLogin(
  place: Place,
  variables: Variables,
  stores: readonly CredentialStore[],
): Promise<{ readonly credential: Credential; readonly from: LoginOrigin }> {
  const finding = await findCredential(place, variables, stores)
  switch (finding.kind) {
    case 'found':
      return finding
    case 'none':
      if (place.environment === 'mock') return { credential: credentialOf('mock', MOCK_LOGIN), from: 'built-in' }
      throw new ExitError(
        EXIT.refused,
        `not signed in to ${placeWords(place)}; run scalpdesk login --env ${place.environment}`,
      )
    case 'wrong-variables':
      throw new ExitError(EXIT.usage, finding.problems.join('; '))
    default:
      return unreachable(finding)
  }
}

const MOCK_LOGIN = { apiKey: 'mock-api-key', username: 'mock', password: 'mock', account: null } as const

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
