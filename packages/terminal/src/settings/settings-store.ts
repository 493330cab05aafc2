import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from '../session/folder-lock.ts'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { systemCode } from '../session/journal-error.ts'
import type { Processes } from '../session/journal-process.ts'
import { readSettingsText } from './settings-text-file.ts'
import { removeLeftovers, writeNew, writeWhole, writeWords } from './whole-file.ts'

/** What a change makes of the text; null where there is no file. */
export type Change = (text: string | null) => ChangedText

type ChangedText =
  /** `backup`: where the text before is kept. */
  { readonly kind: 'text'; readonly text: string; readonly backup?: string } | Unwritten

/** Nothing is written: there is nothing to change, or it must not be. */
type Unwritten = { readonly kind: 'unchanged' } | { readonly kind: 'refused'; readonly words: string }

export type Written =
  | { readonly kind: 'written' }
  | Unwritten
  /** Another process changes the file just now. */
  | { readonly kind: 'busy'; readonly words: string }

export interface StorePorts {
  readonly clock: { nowMs(): number }
  readonly processes?: Processes
}

/**
 * Changes the settings file under a lock, so that of two writers each builds on what the other wrote; whoever takes no lock, such as
 * an editor, is noticed right before the file is replaced, and the change made again on what is there then.
 */
export function changeSettings(home: string, change: Change, { clock, processes }: StorePorts): Written {
  const path = join(home, 'settings.json')
  try {
    const lock = lockOf(home, clock, processes)
    if (lock === null) return busy(path, `try again, or remove ${join(home, LOCK)} when there is none`)
    try {
      removeLeftovers(path)
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const before = textAt(path)
        if (typeof before !== 'string' && before !== null) return { kind: 'refused', words: `${path}: ${before.words}` }
        const changed = change(before)
        if (changed.kind !== 'text') return changed
        if (changed.backup !== undefined && before !== null) keep(changed.backup, before)
        if (writeWhole(path, changed.text, () => textAt(path) === before)) return { kind: 'written' }
      }
      return busy(path, 'try again')
    } finally {
      lock.release(null)
    }
  } catch (error) {
    if (systemCode(error) === null) throw error
    return { kind: 'refused', words: writeWords(path, error) }
  }
}

const LOCK = 'settings.lock'

function busy(path: string, advice: string): Written {
  return { kind: 'busy', words: `expected to change ${path} alone, but another process is changing it; ${advice}` }
}

/** Others that change it between reading and writing, again and again (our choice). */
const ATTEMPTS = 5

/** What is there already is kept, too: then nothing but the same text may take the name. */
function keep(backup: string, text: string): void {
  try {
    writeNew(backup, text)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
    if (readFileSync(backup, 'utf8') !== text) writeNew(`${backup}.${randomUUID()}`, text)
  }
}

function textAt(path: string): string | null | { readonly words: string } {
  const found = readSettingsText(path, process.getuid?.() ?? null)
  if (found.kind === 'text') return found.text
  return found.kind === 'missing' ? null : found
}

function lockOf(home: string, clock: StorePorts['clock'], processes: Processes | undefined) {
  const folder = join(home, LOCK)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    return processes ? lockFolder(folder, clock, processes) : lockFolder(folder, clock)
  } catch (error) {
    if (error instanceof HeldFolderError) return null
    throw error
  }
}
