import { mkdtempSync, readFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalRecord } from '@scalpdesk/desk/journal'
import { type Disk, systemDisk } from '../session/journal-disk.ts'
import { type JournalOptions, openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'

export const EVENING_MS = Date.UTC(2026, 0, 5, 22, 30)
export const HOUR_MS = 3_600_000

export const newFolder = (): string => journalFolder(mkdtempSync(join(tmpdir(), 'journal-')), 'mock', 'ABC12')
export const clockAt = (wallMs = EVENING_MS) => ({
  wallMs,
  nowMs() {
    return this.wallMs
  },
})
export const openedJournal = (folder: string, clock = clockAt(), options: JournalOptions = {}) =>
  openJournal(folder, clock, { zone: 'Europe/Paris', ...options })

export const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n')
export const recordsOf = (path: string) => linesOf(path).map(line => JSON.parse(line))
export const kindsOf = (path: string) => recordsOf(path).map(({ kind }) => kind)

export const announced = (id: string): JournalRecord => ({
  kind: 'about-to-open',
  atMs: 12.5,
  id,
  epic: 'CS.D.EURUSD.CFD.IP',
  direction: 'BUY',
  size: '1',
  preset: null,
  stopPoints: '10',
  limitPoints: null,
  trailing: null,
  isGuaranteed: false,
  seenLevel: '1.08',
})
export const stopped: JournalRecord = { kind: 'stopped', atMs: 90, reason: 'quit' }

/** A disk that works until told otherwise. */
export function failingDisk() {
  let errno: string | null = null
  let takesBytes = 0
  let isFlushBroken = false
  const disk: Disk = {
    write(file, said) {
      if (errno === null) return systemDisk.write(file, said)
      if (takesBytes > 0) {
        const taken = writeSync(file, Buffer.from(said).subarray(0, takesBytes))
        takesBytes = 0
        return taken
      }
      throw Object.assign(new Error(`${errno}: the system's own words`), { code: errno })
    },
    flush(file) {
      if (isFlushBroken) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
      systemDisk.flush(file)
    },
    flushBehind: systemDisk.flushBehind,
    afterwards: systemDisk.afterwards,
  }
  return {
    disk,
    fail(code: string | null, afterBytes = 0) {
      errno = code
      takesBytes = afterBytes
    },
    failFlush(isBroken: boolean) {
      isFlushBroken = isBroken
    },
  }
}
