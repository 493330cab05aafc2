import { join } from 'node:path'
import { lockFolder } from '../session/folder-lock.ts'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { makeFolder } from '../session/journal-folder.ts'
import { CredentialError } from './credential-store.ts'
import { vaultFailure } from './vault-disk.ts'

interface Clock {
  nowMs(): number
  monotonicMs(): number
  at(dueMonotonicMs: number, run: () => void): unknown
}

/**
 * One process at a time changes the vault in a folder: the others wait for their turn. The claim is one on a folder, as of a journal, which
 * ends with its process, whatever ends that.
 * @throws CredentialError `busy` when none comes within ten seconds
 */
export function vaultTurns(home: string, clock: Clock): <T>(work: () => Promise<T>) => Promise<T> {
  const folder = join(home, 'vault-turn')
  return async work => {
    const untilMs = clock.monotonicMs() + LONGEST_WAIT_MS
    for (;;) {
      const turn = take(home, folder, clock)
      if (turn) {
        try {
          return await work()
        } finally {
          turn.release(null)
        }
      }
      if (clock.monotonicMs() >= untilMs)
        throw new CredentialError(
          'busy',
          `expected the vault in ${home} to be free, but another program has been changing it for 10 s; end that one, then try again`,
        )
      await new Promise<void>(resolve => clock.at(clock.monotonicMs() + LOOK_EVERY_MS, resolve))
    }
  }
}

/** Our choice: twenty times what a change takes. */
const LONGEST_WAIT_MS = 10_000
const LOOK_EVERY_MS = 20

function take(home: string, folder: string, clock: Clock): ReturnType<typeof lockFolder> | null {
  try {
    makeFolder(folder)
    return lockFolder(folder, clock)
  } catch (error) {
    if (error instanceof HeldFolderError) return null
    throw vaultFailure('write', join(home, 'credentials.vault'), error)
  }
}
