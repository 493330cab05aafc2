import { readFileSync } from 'node:fs'
import { type ChainHead, repair, verify } from '@scalpdesk/desk/journal'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { sha256 } from '../session/journal-digest.ts'

/**
 * `journal verify FILE…`: whether each file is what was written, and follows the one given before it.
 * @returns 0 when all are whole, 1 with the first bad record on stderr.
 * @throws ExitError of wrong usage for a file that cannot be read.
 */
export function verifyJournal(files: readonly string[]): number {
  let after: ChainHead | null = null
  for (const file of files) {
    const { lines, fault: cut } = repair(read(file), sha256)
    const verdict = verify(lines, sha256, after)
    if (verdict.kind === 'broken') return broken(file, verdict.fault.words)
    if (cut) return broken(file, cut.words)
    if (lines.length === 0) return broken(file, 'expected the records of a day, but it is empty')
    const { records, head } = verdict
    after = head
    process.stdout.write(`${printable(file)}: whole, ${records} records; the last is ${head.seq}, hash ${head.hash}\n`)
  }
  return EXIT.done
}

function broken(file: string, words: string): number {
  process.stderr.write(`scalpdesk: ${printable(`${file}: ${words}`)}\n`)
  return EXIT.failed
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new ExitError(
      EXIT.usage,
      `expected ${file} to be a file of the journal, but ${(error as Error).message}; name one such as journal/mock/ACCOUNT/2026-01-05.ndjson`,
    )
  }
}
