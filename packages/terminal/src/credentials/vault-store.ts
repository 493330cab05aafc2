import { type Credential, fromKeptText, keptText } from './credential.ts'
import { CredentialError, type CredentialStore } from './credential-store.ts'
import { entryName, type Place, placeOf } from './entry-name.ts'
import { SCRYPT_COST, type ScryptCost } from './scrypt-cost.ts'
import { type VaultDisk, vaultFailure } from './vault-disk.ts'
import { readVaultText, type SealedEntry, type VaultText, vaultText } from './vault-format.ts'
import { newVaultKey, type VaultKey, vaultKeyOf } from './vault-key.ts'

/** Who knows the passphrase. What it gives is overwritten as soon as the keys are made from it. */
export interface PassphraseSource {
  /** @param attempt 1, then one more for each that was wrong. @throws CredentialError when there is none to be had */
  existing(attempt: number): Promise<Uint8Array>
  /** Of a vault that is about to be made. @throws CredentialError */
  fresh(): Promise<Uint8Array>
}

export interface VaultPorts {
  readonly disk: VaultDisk
  readonly passphrase: PassphraseSource
  randomBytes(count: number): Uint8Array
  /** One process at a time changes the file. @throws CredentialError `busy` */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Unless told, what the OWASP advises. */
  readonly cost?: ScryptCost
}

export interface VaultStore extends CredentialStore {
  readonly kind: 'vault'
  readonly path: string
  /** Finds out, before anything is sent, whether the passphrase of an existing vault is at hand. @throws CredentialError */
  unlock(): Promise<void>
}

/** The encrypted file. Format: `vault-format.ts`. */
export function vaultStore(path: string, ports: VaultPorts): VaultStore {
  const { disk, passphrase, cost = SCRYPT_COST } = ports
  let key: VaultKey | null = null

  function load(): VaultText | null {
    let text: string | null
    try {
      text = disk.read(path)
    } catch (error) {
      throw vaultFailure('read', path, error)
    }
    return text === null ? null : wholeVault(path, text)
  }

  function save(vault: VaultText): void {
    try {
      if (vault.entries.length === 0) disk.remove(path)
      else disk.replace(path, vaultText(vault))
    } catch (error) {
      throw vaultFailure('write', path, error)
    }
  }

  async function keyTo({ header }: VaultText): Promise<VaultKey> {
    if (key && Buffer.compare(key.header.check, header.check) === 0) return key
    key?.forget()
    key = null
    for (let attempt = 1; ; attempt++) {
      key = await vaultKeyOf(await passphrase.existing(attempt), header)
      if (key) return key
    }
  }

  async function freshKey(): Promise<VaultKey> {
    if (key) return key
    key = await newVaultKey(await passphrase.fresh(), ports.randomBytes(32), cost)
    return key
  }

  function opened(vault: VaultText, entry: SealedEntry, place: Place, withKey: VaultKey): Credential {
    const text = withKey.open(entry)
    const credential = text === null ? null : fromKeptText(place.environment, text)
    if (credential) return credential
    throw new CredentialError('tampered', changedWords(path, `the entry ${entry.name} of ${vault.entries.length}`))
  }

  return {
    kind: 'vault',
    path,
    async unlock() {
      const vault = load()
      if (vault) await keyTo(vault)
      else await freshKey()
    },
    async places() {
      return (load()?.entries ?? []).flatMap(({ name }) => placeOf(name) ?? [])
    },
    async read(place) {
      const vault = load()
      const entry = vault?.entries.find(({ name }) => name === entryName(place))
      return vault && entry ? opened(vault, entry, place, await keyTo(vault)) : null
    },
    write: (place, credential) =>
      ports.exclusively(async () => {
        const vault = load()
        const withKey = vault ? await keyTo(vault) : await freshKey()
        const name = entryName(place)
        const sealed = withKey.seal(name, keptText(credential), ports.randomBytes(12))
        const others = (vault?.entries ?? []).filter(entry => entry.name !== name)
        save({ header: withKey.header, entries: [...others, sealed] })
      }),
    async remove(place) {
      if (load() === null) return false
      return ports.exclusively(async () => {
        const vault = load()
        const name = entryName(place)
        const rest = vault?.entries.filter(entry => entry.name !== name) ?? []
        if (!vault || rest.length === vault.entries.length) return false
        save({ header: vault.header, entries: rest })
        return true
      })
    },
    close() {
      key?.forget()
      key = null
    },
  }
}

/** @throws CredentialError in words for each way in which it is not whole. */
function wholeVault(path: string, text: string): VaultText {
  const reading = readVaultText(text)
  switch (reading.kind) {
    case 'whole':
      return reading.vault
    case 'truncated':
      throw new CredentialError(
        'truncated',
        `expected the whole vault in ${path}, but its end is missing; put a copy of it back, or remove it and log in again`,
      )
    case 'tampered':
      throw new CredentialError('tampered', changedWords(path, reading.what))
    case 'not-a-vault':
      throw new CredentialError(
        'not-a-vault',
        `expected the vault of this program in ${path}, but something else is there; move it away`,
      )
    case 'newer-vault':
      throw new CredentialError(
        'newer-vault',
        `expected a vault of version 1 in ${path}, but it has version ${reading.version}; use the newer program that made it`,
      )
    default:
      return unreachable(reading)
  }
}

function changedWords(path: string, what: string): string {
  return `expected the vault ${path} as this program wrote it, but somebody changed ${what}; change your password if it was not you, then remove the file and log in again`
}

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
