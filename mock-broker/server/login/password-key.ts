import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto'
import type { Clock } from '../clock.ts'

/**
 * The key that passwords are encrypted with where a company demands it: base64 of RSA (PKCS #1 v1.5) of the base64 of
 * `password|timeStamp` (IG Labs, sample clients of the REST API; GET /session/encryptionKey).
 */
export interface PasswordKey {
  publish(): { readonly encryptionKey: string; readonly timeStamp: number }
  /** @returns null for a text that was not made with the key, or with no time stamp that was given out. */
  decrypt(encrypted: string): string | null
}

export function passwordKey(clock: Clock): PasswordKey {
  let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | null = null
  const given = new Set<number>()
  return {
    publish() {
      // Made when first asked for: it takes longer than everything else at the start.
      pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
      const timeStamp = clock.nowMs()
      given.add(timeStamp)
      return { encryptionKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), timeStamp }
    },
    decrypt(encrypted) {
      if (!pair) return null
      try {
        const key = { key: pair.privateKey, padding: constants.RSA_PKCS1_PADDING }
        const inner = privateDecrypt(key, Buffer.from(encrypted, 'base64')).toString('ascii')
        const [, password, timeStamp] = /^(.*)\|(\d+)$/s.exec(Buffer.from(inner, 'base64').toString()) ?? []
        return password !== undefined && given.has(Number(timeStamp)) ? password : null
      } catch {
        return null
      }
    },
  }
}
