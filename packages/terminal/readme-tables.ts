/**
 * The tables of the READMEs that come from the code. A test compares them; `pnpm exec node packages/terminal/readme-tables.ts`
 * writes them anew into this package's README and prints them, for any other README that has their markers.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { KEY_WORDS } from './readme-key-words.ts'
import { factsOf, KEY_ACTIONS, type KeyAction } from './src/keys/key-action.ts'
import { chordName } from './src/keys/key-chord.ts'
import { type KeyBinding, type KeyContext, profileTable } from './src/keys/key-table.ts'
import { settingRows } from './src/settings/setting-rows.ts'

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
export type ReadmeTables = Readonly<Record<string, string>>

const OWN_README = fileURLToPath(new URL('./README.md', import.meta.url))

/** Asks the built program for its flags, so that the README says what `--help` says. */
export function readmeTables(): ReadmeTables {
  return {
    keys: keysTable(),
    'main-keys': mainKeysTable(),
    flags: flagsTable(helpOf()),
    'mock-flags': flagsTable(helpOf('mock')),
    'train-flags': flagsTable(helpOf('train')),
    'record-flags': flagsTable(helpOf('record')),
    'replay-flags': flagsTable(helpOf('replay')),
    'report-flags': flagsTable(helpOf('report')),
    'init-flags': flagsTable(helpOf('init')),
    'doctor-flags': flagsTable(helpOf('doctor')),
    'guard-flags': flagsTable(helpOf('guard')),
    'login-flags': flagsTable(helpOf('login')),
    'status-flags': flagsTable(helpOf('status')),
    'bot-run-flags': flagsTable(helpOf('bot', 'run')),
    settings: settingsTable(),
  }
}

/** One row for each action, in the order of the help; the nine sizes in one. */
export function keysTable(): string {
  const scalper = profileTable('scalper').bindings
  const arrows = profileTable('arrows').bindings
  const rows = KEY_ACTIONS.filter(action => !/^size-[2-9]$/.test(action)).map(action => {
    const same = scalper.filter(row => row.action === action && row.context === homeOf(action))
    const added = arrows.filter(row => row.action === action && !scalper.some(({ chord }) => chord === row.chord))
    return [
      action === 'size-1' ? '`size-1` to `size-9`' : `\`${action}\``,
      KEY_WORDS[action],
      action === 'size-1' ? '`1` to `9`' : chordsOf(same.filter(row => row.fires === 'press')),
      chordsOf(same.filter(row => row.fires === 'tap')),
      chordsOf(added),
      factsOf(action).kind,
      factsOf(action).kind === 'exit' ? 'always' : homeOf(action) === 'question' ? 'a question' : 'trading',
    ]
  })
  const titles = ['Action', 'Does', 'Key', 'With the kitty protocol, a tap of', 'In `arrows` also', 'Kind', 'When']
  return markdownTable(titles, rows)
}

/** What a first look needs, for the README of the whole project. */
const MAIN_KEYS: readonly KeyAction[] = [
  ...(['buy', 'sell', 'reverse', 'flatten', 'close-half', 'breakeven', 'size-1'] as const),
  ...(['toggle-armed', 'next-market', 'help', 'quit'] as const),
]

export function mainKeysTable(): string {
  const keys = profileTable('scalper').bindings.filter(row => row.context === 'trading')
  const rows = MAIN_KEYS.map(action => {
    const same = keys.filter(row => row.action === action)
    const pressed = action === 'size-1' ? '`1` to `9`' : chordsOf(same.filter(row => row.fires === 'press'))
    return [pressed, chordsOf(same.filter(row => row.fires === 'tap')), KEY_WORDS[action]]
  })
  return markdownTable(['Key', 'Or a tap of', 'Does'], rows)
}

const homeOf = (action: KeyAction): KeyContext => (action === 'yes' || action === 'no' ? 'question' : 'trading')

const chordsOf = (rows: readonly KeyBinding[]): string =>
  [...new Set(rows.map(row => `\`${chordName(row.chord)}\``))].join(' or ')

/** One row for each field of the settings file; of the nine sizes of a preset only the first. */
export function settingsTable(): string {
  const code = (text: string | null) => (text === null ? '' : `\`${text}\``)
  const rows = settingRows()
    .filter(({ field }) => !/\.sizes\.[2-9]\b/.test(field))
    .map(({ field, about, takes, unit, usual, example }) => {
      const name = field.endsWith('.sizes.1') ? `${code(field)} to \`9\`` : code(field)
      const isValue = usual !== null && /^(["[{].*["\]}]|[\d.]+|null|true|false)$/.test(usual)
      return [name, about, takes ?? '', unit ?? '', isValue ? code(usual) : (usual ?? ''), code(example)]
    })
  return markdownTable(['Field', 'Meaning', 'Takes', 'Unit', 'Default', 'Example'], rows)
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
