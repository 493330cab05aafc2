import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** The bytes of the settings file as text, or why they are none, as `expected …, but …; do …`. */
export type SettingsText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unusable'; readonly words: string }

/** @param userId of who runs the program; null where files have no owner */
export function readSettingsText(path: string, userId: number | null): SettingsText {
  let file: number
  try {
    // A pipe would wait for a writer for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { kind: 'missing' }
    return unusable(UNREADABLE[code ?? ''] ?? `expected to read it, but ${message}; make it readable`)
  }
  try {
    return textOf(file, userId)
  } catch (error) {
    return unusable(`expected to read it, but ${(error as Error).message}; make it readable`)
  } finally {
    closeSync(file)
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: 'expected to read it, but its permissions do not let you; make it readable with chmod u+r',
  EPERM: 'expected to read it, but the system does not let you; make it readable',
  ELOOP: 'expected a file, but its symbolic links lead in a circle; point them at a file',
  ENOTDIR: 'expected its folder to be a folder, but it is a file; name another in SCALPDESK_HOME',
  EISDIR: 'expected a file, but it is a folder; move it away',
}

function textOf(file: number, userId: number | null): SettingsText {
  const found = fstatSync(file)
  if (found.isDirectory()) return unusable('expected a file, but it is a folder; move it away')
  if (!found.isFile()) return unusable('expected a file, but it is a pipe, a socket or a device; move it away')
  // What root put there is as good as one's own.
  if (userId !== null && found.uid !== userId && found.uid !== 0)
    return unusable(
      `expected it to be yours, but it belongs to user ${found.uid}, who could change your limits; take it over with chown, or move it away`,
    )
  if (found.size > MOST_BYTES)
    return unusable(
      `expected at most ${MOST_BYTES} bytes, but it has ${found.size}; this is no settings file, so move it away`,
    )
  const bytes = readWhole(file)
  if (bytes.length > MOST_BYTES) return unusable('expected a file that stays as it is, but it grows; move it away')
  if (isUtf16(bytes)) return unusable('expected a text in UTF-8, but it is one in UTF-16; save it as UTF-8')
  if (bytes.includes(0) || !isUtf8(bytes))
    return unusable('expected a text in UTF-8, but it is a binary file; move it away')
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  return { kind: 'text', text }
}

function readWhole(file: number): Buffer {
  const bytes = Buffer.alloc(MOST_BYTES + 1)
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(file, bytes, length, bytes.length - length, null)
  return bytes.subarray(0, length)
}

const isUtf16 = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

const unusable = (words: string): SettingsText => ({ kind: 'unusable', words })

/** Our choice: a hundred times what anybody writes by hand. */
const MOST_BYTES = 1_048_576
