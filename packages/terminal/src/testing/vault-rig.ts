import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import { systemVaultDisk, type VaultDisk } from '../credentials/vault-disk.ts'
import { type VaultStore, vaultStore } from '../credentials/vault-store.ts'
import { vaultTurns } from '../credentials/vault-turn.ts'

/** The least cost that a vault may have. */
export const LEAST_COST = { N: 2 ** 14, r: 8, p: 1 } as const

/** A folder for a vault, which is not there yet. */
export function vaultHome(): { readonly home: string; readonly path: string } {
  const home = join(mkdtempSync(join(tmpdir(), 'vault-')), 'home')
  return { home, path: join(home, 'credentials.vault') }
}

/** The vault as a program opens it, with a passphrase that is given once, and with what it was asked for. */
export function openVault(
  { home, path }: { readonly home: string; readonly path: string },
  words = 'correct horse',
  disk: VaultDisk = systemVaultDisk,
): VaultStore & { readonly asked: readonly string[] } {
  const asked: string[] = []
  const passphrase = {
    async existing(attempt: number) {
      asked.push(`existing ${attempt}`)
      if (attempt > 1) throw Object.assign(new Error('wrong'), { code: 'wrong-passphrase' })
      return Buffer.from(words)
    },
    async fresh() {
      asked.push('fresh')
      return Buffer.from(words)
    },
  }
  const exclusively = vaultTurns(home, systemClock)
  const store = vaultStore(path, { disk, passphrase, randomBytes, exclusively, cost: LEAST_COST })
  return Object.assign(store, { asked })
}
