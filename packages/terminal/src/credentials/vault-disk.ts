import { readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushFolder } from '../session/journal-disk.ts'
import { systemCode } from '../session/journal-error.ts'
import { writeWhole } from '../settings/whole-file.ts'
import { CredentialError } from './credential-store.ts'

/** The calls that may fail with a full, broken or foreign disk. */
export interface VaultDisk {
  /** @returns null when there is no such file. */
  read(path: string): string | null
  /** Whole or not at all, for its owner alone. */
  replace(path: string, text: string): void
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
  replace: (path, text) => void writeWhole(path, text),
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
