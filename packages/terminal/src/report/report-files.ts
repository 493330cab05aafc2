import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { EXIT, ExitError } from '../exit-status.ts'
import { flushFolder } from '../session/journal-disk.ts'
import { writeNew, writeWhole, writeWords } from '../settings/whole-file.ts'
import type { ReportFormat } from './report-formats.ts'
import { csvFilesOf, formOf, type MadeReport } from './report-forms.ts'

/**
 * Puts a report where it belongs: each file whole or not at all, readable by its owner only. CSV is a folder: a new one appears with all its
 * files; in one that is there each of them is replaced, and what else is in it stays.
 * @throws ExitError in words
 */
export function writeReport(made: MadeReport, format: ReportFormat, path: string): void {
  try {
    if (format !== 'csv') {
      writeWhole(path, formOf(made, format, { columns: 120, hasColour: false }))
      return
    }
    const files = csvFilesOf(made)
    if (!existsSync(path)) return writeFolder(path, files)
    if (!statSync(path).isDirectory()) throw Object.assign(new Error('it is a file'), { code: 'EEXIST' })
    for (const { name, text } of files) writeWhole(join(path, name), text)
  } catch (error) {
    throw new ExitError(EXIT.failed, writeWords(path, error))
  }
}

function writeFolder(path: string, files: readonly { readonly name: string; readonly text: string }[]): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const aside = join(folder, `.${basename(path)}.${randomUUID()}.new`)
  try {
    mkdirSync(aside, { mode: 0o700 })
    for (const { name, text } of files) writeNew(join(aside, name), text)
    flushFolder(aside)
    renameSync(aside, path)
  } finally {
    rmSync(aside, { recursive: true, force: true })
    flushFolder(folder)
  }
}
