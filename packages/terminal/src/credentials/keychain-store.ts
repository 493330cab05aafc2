import { fromKeptText, keptText } from './credential.ts'
import { CredentialError, type CredentialStore } from './credential-store.ts'
import { entryName, placeOf } from './entry-name.ts'
import type { Keychain } from './keychain.ts'

/** Entries in the system's keychain, under the service `scalpdesk`. */
export function keychainStore(keychain: Keychain): CredentialStore {
  return {
    kind: 'keychain',
    async places() {
      return (await keychain.names()).flatMap(name => placeOf(name) ?? [])
    },
    async read(place) {
      const text = await keychain.get(entryName(place))
      if (text === null) return null
      const credential = fromKeptText(place.environment, text)
      if (credential) return credential
      throw new CredentialError(
        'tampered',
        `expected the keychain's entry scalpdesk ${entryName(place)} as this program wrote it, but it holds something else; log in again`,
      )
    },
    write: (place, credential) => keychain.set(entryName(place), keptText(credential)),
    remove: place => keychain.delete(entryName(place)),
    close() {},
  }
}
