import { createCipheriv, createDecipheriv, createHmac, scrypt, timingSafeEqual } from 'node:crypto'
import type { ScryptCost } from './scrypt-cost.ts'
import { headerWords, type SealedEntry, type VaultHeader } from './vault-format.ts'

/** What a passphrase opens: entries of one vault. Shows nothing of its keys. */
export interface VaultKey {
  readonly header: VaultHeader
  seal(name: string, text: string, nonce: Uint8Array): SealedEntry
  /** @returns null when somebody changed the entry, or moved it to another name. */
  open(entry: SealedEntry): string | null
  /** Overwrites the keys; the key opens nothing any more. */
  forget(): void
}

/** @param passphrase is overwritten once the keys are made. */
export async function newVaultKey(passphrase: Uint8Array, salt: Uint8Array, cost: ScryptCost): Promise<VaultKey> {
  const keys = await derive(passphrase, salt, cost)
  return vaultKey(keys, { cost, salt, check: checkOf(keys, { cost, salt }) })
}

/**
 * @param passphrase is overwritten once the keys are made.
 * @returns null when it is another one than the vault was made with.
 */
export async function vaultKeyOf(passphrase: Uint8Array, header: VaultHeader): Promise<VaultKey | null> {
  const keys = await derive(passphrase, header.salt, header.cost)
  if (timingSafeEqual(checkOf(keys, header), header.check)) return vaultKey(keys, header)
  keys.fill(0)
  return null
}

function vaultKey(keys: Buffer, header: VaultHeader): VaultKey {
  const covered = (name: string): Buffer => Buffer.from(`${headerWords(header)}\n${name}`)
  return {
    header,
    seal(name, text, nonce) {
      const cipher = createCipheriv('aes-256-gcm', sealing(keys), nonce).setAAD(covered(name))
      return { name, nonce, sealed: Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]) }
    },
    open({ name, nonce, sealed }) {
      const decipher = createDecipheriv('aes-256-gcm', sealing(keys), nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(covered(name)).setAuthTag(sealed.subarray(-TAG_BYTES))
      try {
        const text = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
        return text.toString('utf8')
      } catch {
        return null
      }
    },
    forget: () => void keys.fill(0),
  }
}

/** The first half seals, the second proves the passphrase. */
const KEY_BYTES = 32
const TAG_BYTES = 16
const sealing = (keys: Buffer): Buffer => keys.subarray(0, KEY_BYTES)

function checkOf(keys: Buffer, header: Omit<VaultHeader, 'check'>): Buffer {
  return createHmac('sha256', keys.subarray(KEY_BYTES)).update(headerWords(header)).digest()
}

/** RFC 7914. Beside the event loop: nothing waits for it but who asked. */
function derive(passphrase: Uint8Array, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
  // RFC 7914, section 2: 128 * N * r bytes, and room for the rest.
  const maxmem = 256 * N * r
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase, salt, 2 * KEY_BYTES, { N, r, p, maxmem }, (error, keys) => {
      passphrase.fill(0)
      if (error) reject(error)
      else resolve(keys)
    })
  })
}
