import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChainHead, readChain, readRecord } from '@scalpdesk/desk/journal'
import { beforeAll, describe, expect, it } from 'vitest'
import { mainKeysTable, type ReadmeTables, readmeTables, withTables } from '../readme-tables.ts'
import { profileTable } from './keys/key-table.ts'
import { keyHints } from './session/help-rows.ts'
import { sha256 } from './session/journal-digest.ts'
import { ENGLISH } from './texts/english.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const README = read('README.md')
const JOURNAL_GUIDE = read('../../docs/guides/journal-format.md')

describe('the tables of the README', () => {
  let tables: ReadmeTables
  beforeAll(() => {
    tables = readmeTables()
  })

  it.each([
    'keys',
    'flags',
    'mock-flags',
    'train-flags',
    'record-flags',
    'replay-flags',
    'report-flags',
    'init-flags',
    'bot-run-flags',
    'doctor-flags',
    'login-flags',
    'status-flags',
    'settings',
  ])('%s: is what the code and --help say', name => {
    expect(README).toContain(`<!-- ${name} -->

${tables[name]}

<!-- /${name} -->`)
  })

  it('have every flag of --help', () => {
    expect(tables.flags).toContain('`--epic <epic>`')
    expect(tables['mock-flags']).toContain('`--port <number>`')
    expect(tables.flags).not.toContain('undefined')
  })
})

it('the root README has the main keys as the code has them', () => {
  const root = read('../../README.md')
  expect(root).toContain('<!-- main-keys -->')
  expect(root).toBe(withTables(root, { 'main-keys': mainKeysTable() }))
})

it('names every environment variable that the program reads', () => {
  const source = ['src/cli', 'src/credentials'].flatMap(place => sources(join(folder, place))).join('\n')
  const names = new Set(source.match(/\bSCALPDESK_[A-Z_]*[A-Z]\b|\bNO_COLOR\b/g))
  expect(names.size).toBeGreaterThan(4)
  expect([...names].filter(name => !README.includes(`\`${name}\``))).toEqual([])
})

it.each(['README.md', '../wire/README.md', '../testkit/README.md'])('%s names only files that exist', path => {
  const text = read(path)
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link]) => link ?? '')
  const files = [...text.matchAll(/`((?:src|bench|session|screen)\/[\w./-]+\.tsx?)`/g)].map(([, file]) =>
    /^(src|bench)\//.test(file ?? '') ? (file ?? '') : `src/${file}`,
  )
  const missing = [...links, ...files].filter(file => !existsSync(join(folder, dirname(path), file)))
  expect(missing).toEqual([])
})

it('names every bench that `pnpm bench` runs', () => {
  const benches = [...read('bench/run.ts').matchAll(/'([\w-]+\.ts)'/g)].map(([, file]) => file)
  expect(benches.length).toBeGreaterThan(0)
  expect(benches.filter(file => !README.includes(`\`bench/${file}\``))).toEqual([])
})

it('shows journal records as they are written, in one chain', () => {
  const lines = (/```json\n([\s\S]*?)```/.exec(JOURNAL_GUIDE)?.[1] ?? '').trim().split('\n')
  const { records, fault, head } = readChain(lines, sha256, beginningOf(lines[0] ?? ''))
  expect([records.length, fault, head.seq]).toEqual([lines.length, null, records.at(-1)?.seq])
  for (const { values } of records) expect(readRecord(values, 1, 'README')).toMatchObject({ kind: 'known' })
})

/** What the first line says that it follows: the README shows a part of a day. */
function beginningOf(line: string): ChainHead {
  const { seq, prev } = JSON.parse(line) as { seq: number; prev: string }
  return { seq: seq - 1, hash: prev }
}

describe('the picture', () => {
  const picture = read('screen.svg')
  const words = picture
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')

  it('shows the keys that enter and exit as they are', () => {
    const hints = keyHints(profileTable('scalper'), 'trading', true, ENGLISH).filter(({ kind }) => kind !== 'other')
    for (const { chord, label } of hints) expect(words).toContain(`${chord} ${label}`)
  })

  it('shows an open position in profit, with its stop', () => {
    expect(words).toMatch(/FILLED: BOUGHT .* stop [\d.]+ /)
    expect(words).toMatch(/OPEN .* BUY .*\+\d+\.\d\d USD/)
  })

  it('needs nothing from outside', () => {
    expect(picture).not.toMatch(/href|url\(|<image|<script|@import|@font-face/)
  })
})

function sources(place: string): readonly string[] {
  return readdirSync(place)
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => readFileSync(join(place, file), 'utf8'))
}
