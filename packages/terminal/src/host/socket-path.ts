import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Where the desk of an account listens: `run/<world>-<account>.sock` in the program's folder; where that path is too long for a
 * socket, a folder of the user's own among the temporary ones.
 */
export function socketPath(home: string, world: string, account: string): string {
  return join(socketFolder(home), `${world}-${account}.sock`)
}

/** Sockets of a world, whoever's account. */
export function socketsOf(home: string, world: string): readonly string[] {
  const folder = socketFolder(home)
  try {
    return readdirSync(folder)
      .filter(name => name.startsWith(`${world}-`) && name.endsWith('.sock'))
      .map(name => join(folder, name))
  } catch {
    return []
  }
}

export function socketFolder(home: string): string {
  const folder = join(home, 'run')
  if (Buffer.byteLength(folder) + LONGEST_NAME <= LONGEST_PATH) return folder
  const digest = createHash('sha256').update(home).digest('hex').slice(0, 16)
  return join(tmpdir(), `scalpdesk-${process.getuid?.() ?? 0}-${digest}`)
}

/** Only its user can look in. @throws when it belongs to somebody else */
export function makeSocketFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid()))
    throw new Error(`expected ${folder} to be a folder of your own, but it is not; remove it`)
  chmodSync(folder, 0o700)
}

/** The shortest of the systems' limits, with the byte that ends it: 104 on macOS and BSD, 108 on Linux. Source: unix(4), unix(7). */
const LONGEST_PATH = 103
/** `/mock-embedded-`, an account's name as the journal takes it where it is short, `.sock`. */
const LONGEST_NAME = 36
