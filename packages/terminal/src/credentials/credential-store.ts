import type { Credential } from './credential.ts'
import type { Place } from './entry-name.ts'

/** Where credentials are kept between runs: one entry for each place. */
export interface CredentialStore {
  readonly kind: StoreKind
  /** Which entries there are. Shows no secret and asks for none. @throws CredentialError */
  places(): Promise<readonly Place[]>
  /** @returns null when there is none. @throws CredentialError */
  read(place: Place): Promise<Credential | null>
  /** Takes the place of an earlier one. @throws CredentialError; then the earlier one is still there. */
  write(place: Place, credential: Credential): Promise<void>
  /** Needs no passphrase. @returns false when there was none. @throws CredentialError */
  remove(place: Place): Promise<boolean>
  /** Forgets what it had to learn to do its work. */
  close(): void
}

export type StoreKind = 'keychain' | 'vault'

export type CredentialErrorCode =
  /** Nothing to keep it in. */
  | 'no-store'
  /** The keychain is there, but said no or nothing. */
  | 'keychain-failed'
  /** The vault needs one, and there is nobody to ask and no file. */
  | 'no-passphrase'
  | 'wrong-passphrase'
  /** Somebody changed the vault. */
  | 'tampered'
  /** Bytes of the vault are missing at the end. */
  | 'truncated'
  | 'not-a-vault'
  | 'newer-vault'
  | 'busy'
  | 'disk-full'
  | 'read-only'
  | 'unreadable'
  /** Asked for, but the user gave up. */
  | 'cancelled'

/** Message and cause hold no secret. */
export class CredentialError extends Error {
  readonly code: CredentialErrorCode

  constructor(code: CredentialErrorCode, message: string) {
    super(message)
    this.name = 'CredentialError'
    this.code = code
  }
}
