import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ALLOWED_LICENCES } from '../supply/licences.ts'

const page = fileURLToPath(new URL('../../../docs/threat-model.md', import.meta.url))
const PAGE = readFileSync(page, 'utf8')
const links = [...PAGE.matchAll(/\[([^\]]+)\]\(([^)#]+)[^)]*\)/g)].map(([, words = '', path = '']) => ({
  words,
  file: join(dirname(page), path),
}))

it('every claim of the threat model names a test that is there, by its title', () => {
  const tests = links.filter(({ file }) => file.endsWith('.test.ts'))
  expect(tests.length).toBeGreaterThan(25)
  expect(tests.filter(({ words, file }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(words))).toEqual(
    [],
  )
  const rows = PAGE.split('\n').filter(line => line.startsWith('| **'))
  expect(rows.filter(row => !row.includes('.test.ts)'))).toEqual([])
})

it('every page that it leads to is there', () => {
  expect(links.filter(({ file }) => !existsSync(file))).toEqual([])
})

it('names the licences that are allowed', () => {
  const [last = '', ...others] = ALLOWED_LICENCES.toReversed()
  expect(PAGE).toContain(`${others.toReversed().join(', ')} or ${last}`)
})
