/**
 * The tables of the READMEs that come from the code. A test compares them; `pnpm exec node packages/terminal/readme-tables.ts`
 * writes them anew into this package's README and prints them, for any other README that has their markers.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chordName, KEY_TABLE, type KeyBinding } from './src/keys/key-table.ts'

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
export type ReadmeTables = Readonly<Record<string, string>>

const OWN_README = fileURLToPath(new URL('./README.md', import.meta.url))

/** Asks the built program for its flags, so that the README says what `--help` says. */
export function readmeTables(): ReadmeTables {
  return {
    keys: keysTable(),
    flags: flagsTable(helpOf()),
    'mock-flags': flagsTable(helpOf('mock')),
    'login-flags': flagsTable(helpOf('login')),
    'status-flags': flagsTable(helpOf('status')),
  }
}

/** One row for each action of the key table, in its order. */
export function keysTable(): string {
  const rows = [...new Set(KEY_TABLE.map(row => row.action))].map(action => {
    const same = KEY_TABLE.filter(row => row.action === action)
    const chords = (fires: KeyBinding['fires']) =>
      [...new Set(same.filter(row => row.fires === fires).map(row => `\`${chordName(row.chord)}\``))].join(' or ')
    const contexts = new Set(same.map(row => row.context))
    const [first] = same
    return [first?.label ?? action, chords('press'), chords('tap'), first?.kind ?? '', whenOf(contexts)]
  })
  return markdownTable(['Does', 'Key', 'Or, with the kitty protocol, a tap of', 'Kind', 'When'], rows)
}

function whenOf(contexts: ReadonlySet<KeyBinding['context']>): string {
  if (contexts.size > 1) return 'always'
  return contexts.has('trading') ? 'trading' : 'while a question is asked'
}

/** The options of a `--help` text; `--help` itself left out. */
export function flagsTable(help: string): string {
  const options = /^Options:\n((?: .*\n?)+)/m.exec(help)?.[1] ?? ''
  const rows = options
    .replaceAll(/\n {10,}/g, ' ')
    .split('\n')
    .flatMap(line => {
      const [, flag = '', meaning = ''] = /^ {2}(-.+?) {2,}(.*)$/.exec(line) ?? []
      return flag === '' || flag.endsWith('--help') ? [] : [[`\`${flag}\``, meaning.replaceAll('|', '\\|')]]
    })
  return markdownTable(['Flag', 'Meaning'], rows)
}

function helpOf(...command: readonly string[]): string {
  const program = fileURLToPath(new URL('./dist/scalpdesk.js', import.meta.url))
  return execFileSync(process.execPath, [program, ...command, '--help'], { encoding: 'utf8' })
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, at) => Math.max(title.length, ...rows.map(row => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [titles, widths.map(width => '-'.repeat(width)), ...rows].map(line).join('\n')
}

/** The README with every table that it has markers for as the code has it. */
export function withTables(readme: string, tables: ReadmeTables): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [from, to] = [text.indexOf(start), text.indexOf(end)]
    return from < 0 || to < from ? text : `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`
  }, readme)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tables = readmeTables()
  writeFileSync(OWN_README, withTables(readFileSync(OWN_README, 'utf8'), tables))
  for (const table of Object.values(tables)) process.stdout.write(`${table}\n\n`)
}
