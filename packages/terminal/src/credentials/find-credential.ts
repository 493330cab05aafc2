import type { Credential } from './credential.ts'
import type { CredentialStore, StoreKind } from './credential-store.ts'
import { entryName, type Place } from './entry-name.ts'
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

async function stored(place: Place, stores: readonly CredentialStore[]): Promise<Finding> {
  for (const store of stores) {
    const credential = await store.read(place)
    if (credential) return { kind: 'found', credential, from: store.kind }
  }
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

/** Keeps it in one store, and in no other: an older one elsewhere would be found first, or live on. @returns where else it was. */
export async function keepOnly(
  place: Place,
  credential: Credential,
  store: CredentialStore,
  others: readonly CredentialStore[],
): Promise<readonly StoreKind[]> {
  await store.write(place, credential)
  const removed: StoreKind[] = []
  for (const other of others) {
    if (other.kind === store.kind) continue
    const has = (await other.places()).some(each => entryName(each) === entryName(place))
    if (has && (await other.remove(place))) removed.push(other.kind)
  }
  return removed
}

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
