import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { flushFolder } from '../session/journal-disk.ts'
import { systemCode } from '../session/journal-error.ts'
import { CredentialError } from './credential-store.ts'

/** The calls that may fail with a full, broken or foreign disk. */
export interface VaultDisk {
  /** @returns null when there is no such file. */
  read(path: string): string | null
  /** Whole or not at all, for its owner alone. @param unique names the file beside it that is written first */
  replace(path: string, unique: string, text: string): void
  remove(path: string): void
}

export const systemVaultDisk: VaultDisk = {
  read(path) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return null
    // A vault has a few hundred bytes an entry: whatever is larger, or no file at all, is something else.
    if (!found.isFile() || found.size > MOST_BYTES) return 'no vault'
    return readFileSync(path, 'latin1')
  },
  replace(path, unique, text) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const target = targetOf(path)
    const aside = `${target}.${unique}.new`
    const file = openSync(aside, 'wx', 0o600)
    try {
      try {
        for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(file, rest))
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      // Also where the file mode creation mask is a strange one.
      chmodSync(aside, 0o600)
      renameSync(aside, target)
    } catch (error) {
      rmSync(aside, { force: true })
      throw error
    }
    flushFolder(dirname(target))
  },
  remove(path) {
    const target = targetOf(path)
    rmSync(target, { force: true })
    flushFolder(dirname(target))
  },
}

const MOST_BYTES = 1_000_000

/** A symbolic link stays one: what it points to is replaced. */
function targetOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** What the system said, in words that name a way out. */
export function vaultFailure(what: 'read' | 'write', path: string, cause: unknown): CredentialError {
  const expected = `expected to ${what} the vault ${path}`
  const code = systemCode(cause)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new CredentialError('disk-full', `${expected}, but there is no room left; free some, then try again`)
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new CredentialError(
        'read-only',
        `${expected}, but that is not permitted; mend its permissions, or name another folder in SCALPDESK_HOME`,
      )
    default:
      return new CredentialError(
        'unreadable',
        `${expected}, but the system says ${code ?? 'no'}; look at the disk, or name another folder in SCALPDESK_HOME`,
      )
  }
}
