import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { migrated } from '../settings/migration.ts'
import { settingsPath } from '../settings/read-settings.ts'
import { readDocument } from '../settings/settings-document.ts'
import { NEW_FILE } from '../settings/settings-edit.ts'
import { problemText, type SettingsProblem } from '../settings/settings-problem.ts'
import { changeSettings } from '../settings/settings-store.ts'
import { readSettingsText } from '../settings/settings-text-file.ts'
import { writeNew, writeWords } from '../settings/whole-file.ts'

/**
 * Opens a copy of the settings in the editor, and takes it once nothing is wrong with it. A text that is not taken is kept,
 * whatever happens: the copy is removed only when the settings hold the same.
 */
export async function runConfigEdit(home: string): Promise<number> {
  const editor = process.env.VISUAL || process.env.EDITOR
  if (!editor)
    throw new ExitError(
      EXIT.usage,
      'expected an editor in $VISUAL or $EDITOR, but there is none; set one, such as EDITOR=nano',
    )
  const file = settingsPath(home)
  const before = textOf(file)
  const begun = before ?? NEW_TEXT
  const copy = makeCopy(home, begun)
  for (;;) {
    const failure = runEditor(editor, copy)
    const text = textOf(copy)
    if (text === null)
      throw new ExitError(EXIT.failed, `expected to read ${copy}, but the editor removed it; nothing was changed`)
    const isSame = text === begun
    if (isSame) rmSync(copy)
    if (failure !== null)
      throw new ExitError(
        EXIT.failed,
        `expected the editor to end well, but ${failure}; nothing was changed${isSame ? '' : `, and your text is kept in ${copy}`}`,
      )
    if (isSame) return print(`${file}: nothing changed`)
    const problems = problemsIn(text, copy)
    if (problems.length === 0) return take(home, file, before, text, copy)
    tell(problems.map(problemText))
    const answer = await asked('Nothing was changed. Go on editing? [Y/n] ')
    if (answer !== 'yes') {
      tell([`nothing was changed, and your text is kept in ${copy}`])
      return answer === 'interrupted' ? EXIT.interrupted : EXIT.failed
    }
  }
}

const NEW_TEXT = NEW_FILE.replace('\n', '\n  // `scalpdesk config example` prints all that can stand here.\n')

function makeCopy(home: string, text: string): string {
  const copy = join(home, `settings-edit-${randomUUID().slice(0, 8)}.json`)
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(home))
      if (/^settings-edit-.*\.json$/.test(name))
        tell([`an earlier edit was not taken: its text is in ${join(home, name)}`])
    writeNew(copy, text)
  } catch (error) {
    throw new ExitError(EXIT.failed, writeWords(copy, error))
  }
  return copy
}

/** @returns null when it ended well. */
function runEditor(editor: string, copy: string): string | null {
  // Ctrl-C in the editor is the editor's.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  // As git does: the variable may hold flags.
  const { status, signal, error } = spawnSync('/bin/sh', ['-c', `${editor} "$@"`, editor, copy], { stdio: 'inherit' })
  process.off('SIGINT', ignore)
  if (error) return error.message
  if (signal) return `it was ended by ${signal}`
  return status === 0 ? null : `it ended with status ${status}`
}

/** Of a text of any version that can be read. */
function problemsIn(text: string, file: string): readonly SettingsProblem[] {
  const read = readDocument(text, file)
  if (read.kind === 'problems') return read.problems
  if (read.kind === 'settings') return []
  const today = migrated(read.document, file)
  return today.kind === 'problems' ? today.problems : []
}

function take(home: string, file: string, before: string | null, text: string, copy: string): number {
  const written = changeSettings(
    home,
    now =>
      now === before
        ? { kind: 'text', text }
        : {
            kind: 'refused',
            words: `expected ${file} to stay as it was, but it was changed meanwhile; put both together`,
          },
    { clock: systemClock },
  )
  if (written.kind === 'written') {
    rmSync(copy)
    return print(`${file}: changed`)
  }
  const because = written.kind === 'unchanged' ? `${file} was not changed` : written.words
  throw new ExitError(EXIT.failed, `${because}; your text is kept in ${copy}`)
}

function textOf(file: string): string | null {
  const found = readSettingsText(file, process.getuid?.() ?? null)
  if (found.kind === 'unusable') throw new ExitError(EXIT.failed, `${file}: ${found.words}`)
  return found.kind === 'text' ? found.text : null
}

/** `no` also when there is nobody to ask. */
function asked(question: string): Promise<'yes' | 'no' | 'interrupted'> {
  if (!process.stdin.isTTY) return Promise.resolve('no')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise<'yes' | 'no' | 'interrupted'>(resolve => {
    lines.question(question, answer => resolve(/^\s*n/i.test(answer) ? 'no' : 'yes'))
    lines.once('SIGINT', () => resolve('interrupted'))
    lines.once('close', () => resolve('no'))
  }).finally(() => lines.close())
}

function tell(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`scalpdesk: ${printable(sentence)}\n`)
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return EXIT.done
}
