import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalPort, JournalRecord } from '@scalpdesk/desk'

/**
 * The day's journal: one JSON object a line, appended with one write(2) each. A record is in the kernel's hands when
 * `append` returns: it survives a crash of this program, though not a power cut.
 */
export interface JournalFile extends JournalPort {
  readonly path: string
  close(): void
}

/**
 * @param folder is made when missing; the file is named after the local day at which the session began.
 * @throws when folder or file cannot be written.
 */
export function openJournal(folder: string, clock: { nowMs(): number }): JournalFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${localDay(clock.nowMs())}.ndjson`)
  const file = openSync(path, 'a', 0o600)
  let isTorn = false
  return {
    path,
    append(record: JournalRecord) {
      const text = JSON.stringify({ at: new Date(clock.nowMs()).toISOString(), ...record })
      // A record that was cut short stays a broken line of its own; the next one is not glued to it.
      const line = Buffer.from(`${isTorn ? '\n' : ''}${text}\n`)
      const written = writeSync(file, line)
      isTorn = written !== line.length
      if (isTorn) throw new Error(`only ${written} of ${line.length} bytes fit on the disk`)
    },
    close: () => closeSync(file),
  }
}

function localDay(nowMs: number): string {
  const date = new Date(nowMs)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
