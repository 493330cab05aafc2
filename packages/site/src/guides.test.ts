import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { recordKinds } from '@scalpdesk/desk/journal'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { describe, expect, it } from 'vitest'
import { withRecords } from './journal-format.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const guide = (name: string): string => readFileSync(join(root, 'docs/guides', name), 'utf8')

describe('what is wrong?', () => {
  const sources = globSync('{packages/*/src,mock-broker/{engine,server}}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: name => name.includes('.test.') || name.includes('node_modules'),
  })
    .map(file => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  // First cells of the tables that are one text in code.
  const texts = [...guide('troubleshooting.md').matchAll(/^\| `([^`]+)` +\|/gm)].map(([, text]) => text ?? '')

  it('names only texts that the program says', () => {
    expect(texts.length).toBeGreaterThan(40)
    expect(texts.filter(text => !text.split('…').every(part => sources.includes(part.trim())))).toEqual([])
  })
})

describe('the journal’s format', () => {
  it('has every kind of record with its fields: `pnpm exec node packages/site/src/write-journal-format.ts` writes it anew', () => {
    const text = guide('journal-format.md')
    // The formatter aligns the columns.
    const plain = (guide: string) => guide.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')
    expect(plain(withRecords(text)) === plain(text)).toBe(true)
    expect([...recordKinds().keys()].filter(kind => !plain(text).includes(`| \`${kind}\` |`))).toEqual([])
  })
})

describe('the faults of the mock broker', () => {
  const texts = ['docs/guides/mock-broker-and-faults.md', 'mock-broker/README.md'].map(file =>
    readFileSync(join(root, file), 'utf8'),
  )

  it('are all written in the guides as it takes them', async () => {
    const commands = texts.flatMap(text => [...text.matchAll(/admin\/faults -d '([^']+)'/g)])
    const files = texts.flatMap(text => [...text.matchAll(/```json\n(\[\n[^`]*"fault"[^`]*)```/g)])
    expect([commands.length, files.length]).toEqual([4, 2])
    const given = [...commands, ...files].map(([, json = '']) => JSON.parse(json))
    await using broker = await startMockBroker({ listens: false })
    for (const each of given.flat()) expect(() => broker.faults.plan(each)).not.toThrow()
  })
})

describe('the guides', () => {
  it('name only settings that there are', () => {
    const fields = readFileSync(join(root, 'packages/terminal/settings.schema.json'), 'utf8')
    const named = globSync('docs/guides/*.md', { cwd: root })
      .flatMap(file => [
        ...readFileSync(join(root, file), 'utf8').matchAll(/`((?:guard|watchdogs|keys|screen|journal)\.[\w.]+)`/g),
      ])
      .map(([, name]) => name ?? '')
    expect(named.length).toBeGreaterThan(10)
    const parts = named.flatMap(name => name.split('.').slice(1))
    expect(parts.filter(part => !fields.includes(`"${part}"`))).toEqual([])
  })

  it('call only scripts that the workspace has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
    const called = globSync('docs/guides/*.md', { cwd: root }).flatMap(file =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/npx -y pnpm@12 (?:-s )?([\w-]+)/g)].map(
        ([, name]) => name ?? '',
      ),
    )
    expect(called.filter(name => name !== 'exec' && !Object.hasOwn(scripts, name))).toEqual([])
  })
})
