import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import { homeFolder } from '../cli/home-folder.ts'
import type { CredentialStore } from './credential-store.ts'
import { keychainStore } from './keychain-store.ts'
import { passphraseSource } from './passphrase-source.ts'
import { findKeychain, type KeychainState } from './system-keychain.ts'
import type { Variables } from './variables.ts'
import { systemVaultDisk } from './vault-disk.ts'
import { type VaultStore, vaultStore } from './vault-store.ts'
import { vaultTurns } from './vault-turn.ts'

export interface OpenStores {
  readonly keychain: KeychainState
  readonly vault: VaultStore
  /** Those that are there, in the order in which they are looked at: the keychain, where there is one, and the vault. */
  readonly all: readonly CredentialStore[]
  close(): void
}

export interface StoresOptions {
  readonly variables: Variables
  /** Asks a person without showing what is typed; null when nobody is there. */
  readonly ask: ((question: string) => Promise<string>) | null
  /** The vault's passphrase, where it was given with the login. */
  readonly passphrase?: string | undefined
  /** Hears what a person should know while it waits. */
  onNotice(text: string): void
}

/** The stores of this machine, with everything real. Asks the keychain once whether it is there. */
export async function openStores({ variables, ask, passphrase, onNotice }: StoresOptions): Promise<OpenStores> {
  const home = homeFolder(variables)
  const vault = vaultStore(join(home, 'credentials.vault'), {
    disk: systemVaultDisk,
    passphrase: passphraseSource({ file: variables.SCALPDESK_VAULT_PASSPHRASE_FILE, given: passphrase, ask }),
    randomBytes,
    exclusively: vaultTurns(home, systemClock),
  })
  const keychain = await findKeychain({
    program: KEYCHAIN_PROGRAM,
    environment: variables,
    platform: process.platform,
    clock: systemClock,
    onWaiting: () => onNotice('waiting for the system keychain; it may be asking for its password on another window'),
  })
  const first = keychain.kind === 'available' ? [keychainStore(keychain.keychain)] : []
  const all = [...first, vault]
  return {
    keychain,
    vault,
    all,
    close() {
      for (const store of all) store.close()
    },
  }
}

/** Beside the bundle's entry, as the build lays it. */
const KEYCHAIN_PROGRAM = new URL('./keychain-process.js', import.meta.url)
