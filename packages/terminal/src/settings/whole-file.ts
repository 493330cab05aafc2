import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { flushFolder } from '../session/journal-disk.ts'
import { systemCode } from '../session/journal-error.ts'

/**
 * Puts a text where a file is or will be, whole or not at all: written aside, flushed, then renamed. A symbolic link stays one. Not done
 * by conf or the atomically below it, which on a disk that fills up take a short write for a whole one and put the
 * cut-off text in place (conf 16, atomically 2).
 * @param before is asked right before the file is replaced; false leaves all as it is
 * @returns what `before` said
 * @throws when the system does not let it; nothing is changed then.
 */
export function writeWhole(path: string, text: string | Uint8Array, before: () => boolean = () => true): boolean {
  const target = linkedFile(path)
  const folder = dirname(target)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const aside = join(folder, `.${basename(target)}.${randomUUID()}.new`)
  try {
    writeNew(aside, text)
    const isWanted = before()
    if (isWanted) renameSync(aside, target)
    return isWanted
  } finally {
    // Not there any more when it was renamed.
    rmSync(aside, { force: true })
    flushFolder(folder)
  }
}

/** Removes what writers that were killed left beside the file; only for who knows that nobody else writes. */
export function removeLeftovers(path: string): void {
  const target = linkedFile(path)
  const start = `.${basename(target)}.`
  const names = readdirSync(dirname(target)).filter(name => name.startsWith(start) && name.endsWith('.new'))
  for (const name of names) rmSync(join(dirname(target), name), { force: true })
}

/** A file that must not be there yet, for its owner alone. */
export function writeNew(path: string, text: string | Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    // Also where the file mode creation mask is a strange one.
    fchmodSync(file, 0o600)
    fsyncSync(file)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** What the system said to a write, in words. */
export function writeWords(path: string, cause: unknown): string {
  const because = REASONS[systemCode(cause) ?? ''] ?? `${(cause as Error).message}; look at the disk`
  return `expected to write ${path}, but ${because} (nothing was changed)`
}

const NO_ROOM = 'there is no room left; free some'
const READ_ONLY = 'it is read-only; make it writable, or name another folder in SCALPDESK_HOME'
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: NO_ROOM,
  EDQUOT: NO_ROOM,
  EFBIG: NO_ROOM,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  ENOTDIR: 'its folder is a file; name another in SCALPDESK_HOME',
  EEXIST: 'its folder is a file; name another in SCALPDESK_HOME',
  ELOOP: 'its symbolic links lead in a circle; point them at a file',
  EISDIR: 'it is a folder; move it away',
}

/** Where symbolic links lead, also to a file that is not there yet. */
function linkedFile(path: string): string {
  let at = path
  for (let links = 0; links < MOST_LINKS; links++) {
    const next = linkText(at)
    if (next === null) return at
    at = resolve(dirname(at), next)
  }
  throw Object.assign(new Error('its symbolic links lead in a circle'), { code: 'ELOOP' })
}

/** As many as Linux follows: path_resolution(7). */
const MOST_LINKS = 40

function linkText(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}
