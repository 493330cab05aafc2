import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const README = readFileSync(join(root, 'README.md'), 'utf8')

it('the root README names only files that exist', () => {
  const named = [...README.matchAll(/`([\w-]+\/src\/[\w./-]+\.tsx?)`/g)].map(([, file]) => `packages/${file}`)
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
