import type { Credential } from './credential.ts'
import type { CredentialStore, StoreKind } from './credential-store.ts'
import type { Place } from './entry-name.ts'
import { fromVariables, type Variables } from './variables.ts'

export type Finding =
  | { readonly kind: 'found'; readonly credential: Credential; readonly from: 'variables' | StoreKind }
  | { readonly kind: 'none' }
  /** Variables that cannot be meant: some are missing, or one cannot be right. Nothing that is stored is taken in their place. */
  | { readonly kind: 'wrong-variables'; readonly problems: readonly string[] }

/**
 * The login for a place: what the environment's variables give for this run, else the keychain's, else the vault's.
 * @param stores in the order in which they are looked at
 * @throws CredentialError when a store has it and does not give it
 */
export async function findCredential(
  place: Place,
  variables: Variables,
  stores: readonly CredentialStore[],
): Promise<Finding> {
  const reading = fromVariables(place.environment, variables)
  switch (reading.kind) {
    case 'whole':
      return { kind: 'found', credential: reading.credential, from: 'variables' }
    case 'wrong':
      return { kind: 'wrong-variables', problems: reading.problems }
    case 'part': {
      const missing = reading.missing.join(' and ')
      return {
        kind: 'wrong-variables',
        problems: [`expected ${missing} beside the others, but it is not set; set all or none`],
      }
    }
    case 'none':
      return stored(place, stores)
    default:
      return unreachable(reading)
  }
}

/** A store that fails does not hide what another one has. */
async function stored(place: Place, stores: readonly CredentialStore[]): Promise<Finding> {
  const failures: unknown[] = []
  for (const store of stores) {
    try {
      const credential = await store.read(place)
      if (credential) return { kind: 'found', credential, from: store.kind }
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return { kind: 'none' }
}

export interface StoredEntry {
  readonly place: Place
  readonly store: StoreKind
}

/** What is kept where, without a secret and without a passphrase. A store that cannot say is in `failures`. */
export async function storedEntries(
  stores: readonly CredentialStore[],
): Promise<{ readonly entries: readonly StoredEntry[]; readonly failures: readonly Error[] }> {
  const entries: StoredEntry[] = []
  const failures: Error[] = []
  for (const store of stores) {
    try {
      for (const place of await store.places()) entries.push({ place, store: store.kind })
    } catch (error) {
      failures.push(error as Error)
    }
  }
  return { entries, failures }
}

/**
 * Keeps it in one store, and in no other: an older one elsewhere would be found first, or live on.
 * @returns in which others there was one, and which of them did not let it go
 * @throws CredentialError when it is not kept
 */
export async function keepOnly(
  place: Place,
  credential: Credential,
  store: CredentialStore,
  others: readonly CredentialStore[],
): Promise<{ readonly removedFrom: readonly StoreKind[]; readonly failures: readonly Error[] }> {
  await store.write(place, credential)
  const removedFrom: StoreKind[] = []
  const failures: Error[] = []
  for (const other of others) {
    if (other.kind === store.kind) continue
    try {
      if (await other.remove(place)) removedFrom.push(other.kind)
    } catch (error) {
      failures.push(error as Error)
    }
  }
  return { removedFrom, failures }
}

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
