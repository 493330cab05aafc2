import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { PLACES } from './architecture.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const README = readFileSync(join(root, 'README.md'), 'utf8')
const PATH_OF_A_KEY = readFileSync(join(root, 'docs/the-path-of-a-key.md'), 'utf8')

/** What one page of paper holds, its tables aside (our choice). */
const MOST_LINES = 60

it('the root README is one page', () => {
  const lines = README.split('\n').filter(line => line.trim() !== '' && !line.startsWith('|'))
  expect(lines.length).toBeLessThanOrEqual(MOST_LINES)
})

it('the map in it has every package with what it may import', () => {
  const rows = [...README.matchAll(/^\| \[`([\w/-]+)`\]\([\w/-]+\) +\| .*\| (.*?) +\|$/gm)]
  const drawn = new Map(
    rows.map(([, folder = '', imports = '']) => [folder, imports.replace('–', '').split(', ').sort()]),
  )
  const places = PLACES.filter(({ folder }) => existsSync(join(root, folder, 'package.json')))
  const plain = (name: string): string => name.replace('@scalpdesk/', '')
  const held = places.map(({ folder, mayImport }) => [
    folder,
    mayImport.length === 0 ? [''] : mayImport.map(plain).sort(),
  ])
  expect(new Map(drawn)).toEqual(new Map(held as [string, string[]][]))
})

it('the path of a key names only files that exist, and so does the root README', () => {
  const named = [...PATH_OF_A_KEY.matchAll(/`([\w-]+\/src\/[\w./-]+\.tsx?)`/g)].map(([, file]) => `packages/${file}`)
  const linked = [...README.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path]) => path ?? '')
  expect(named.length).toBeGreaterThan(20)
  expect([...named, ...linked].filter(path => !existsSync(join(root, path)))).toEqual([])
})

it('the root README calls only scripts that the workspace has', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const called = [...README.matchAll(/npx -y pnpm@12 (?:-s )?([\w-]+)/g)].map(([, script]) => script ?? '')
  expect(called).toContain('test')
  expect(called.filter(script => !Object.hasOwn(scripts, script))).toEqual([])
})
