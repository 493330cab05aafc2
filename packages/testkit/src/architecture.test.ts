import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { brokenRules, filesInCircles, importsOf, PLACES, valueImportsOf } from './architecture.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

it('finds every arrow of the map pointing the right way', () => {
  expect(brokenRules(root)).toEqual([])
})

it('finds no files that need each other in a circle', () => {
  expect(filesInCircles(root)).toEqual([])
})

it('has a rule for every package', () => {
  const packages = readdirSync(join(root, 'packages')).map(name => `packages/${name}`)
  expect(PLACES.map(place => place.folder)).toEqual(expect.arrayContaining([...packages, 'mock-broker', 'examples']))
})

it.each([
  [
    'the mock importing the client’s codec',
    'mock-broker/server/codec.ts',
    "import { decode } from '@scalpdesk/tlcp'",
    'wrong together',
  ],
  [
    'the mock reaching into the client by a path',
    'mock-broker/server/x.ts',
    "import { decode } from '../../packages/tlcp/src/line.ts'",
    'outside',
  ],
  ['the desk importing React', 'packages/desk/src/x.ts', "import { useState } from 'react'", 'outside React'],
  ['the desk importing Ink lazily', 'packages/desk/src/x.ts', "const ink = await import('ink')", 'outside React'],
  ['the desk importing undici', 'packages/desk/src/x.ts', "export { Pool } from 'undici'", 'no I/O'],
  ['the desk importing ws for its effects', 'packages/desk/src/x.ts', "import 'ws'", 'no I/O'],
  [
    'tlcp importing IG’s types',
    'packages/tlcp/src/x.ts',
    "import type { PriceField } from '@scalpdesk/wire'",
    'never heard of IG',
  ],
  [
    'the screen importing the desk',
    'packages/terminal/src/screen/x.ts',
    "import { process } from '@scalpdesk/desk'",
    'cannot reach',
  ],
  ['the desk reading the clock', 'packages/desk/src/x.ts', 'export const now = () => Date.now()', 'has Date.now(,'],
  ['the desk drawing lots', 'packages/desk/src/x.ts', 'export const lot = Math.random()', 'is pure'],
  ['the engine reading a file', 'mock-broker/engine/x.ts', "import { readFileSync } from 'node:fs'", 'has node:fs,'],
  ['the keys setting a timer', 'packages/terminal/src/keys/x.ts', 'setTimeout(() => {}, 5)', 'hand it in as a port'],
])('fails on %s, with the reason', (_what, file, source, reason) => {
  expect(brokenRules(treeWith(file, source)).join('\n')).toContain(reason)
})

it('lets a pure place have what its few named files do, and speak of it', () => {
  expect(brokenRules(treeWith('packages/sdk/src/system-clock.ts', 'export const now = Date.now()'))).toEqual([])
  expect(brokenRules(treeWith('packages/desk/src/x.ts', '/** Not Date.now(). */\nexport const x = 1'))).toEqual([])
})

it('finds a circle of files, and takes one of types for none', () => {
  const circle = {
    'packages/desk/src/a.ts': "import { b } from './b.ts'",
    'packages/desk/src/b.ts': "export * from './a.ts'",
  }
  expect(filesInCircles(treeWith(circle))).toEqual(['packages/desk/src/a.ts', 'packages/desk/src/b.ts'])
  const types = { ...circle, 'packages/desk/src/b.ts': "import type { A } from './a.ts'" }
  expect(filesInCircles(treeWith(types))).toEqual([])
})

it('tells imports that load something from those of types', () => {
  const source = `import type { a } from 'a'\nimport { type b } from 'b'\nimport { type c, d } from 'c'\nexport type { e } from 'e'\nimport 'f'\nexport * from 'g'`
  expect(valueImportsOf(source)).toEqual(['c', 'f', 'g'])
})

it('fails on a dependency that only the package.json names', () => {
  const tree = treeWith(
    'mock-broker/package.json',
    JSON.stringify({ dependencies: { '@scalpdesk/sdk': 'workspace:*' } }),
  )
  expect(brokenRules(tree)).toEqual([expect.stringContaining('mock-broker/package.json depends on @scalpdesk/sdk')])
})

it('reads imports in every form they are written in', () => {
  const source = `import a from 'a'\nimport {\n  b,\n} from "b"\nimport type { c } from 'c'\nexport * from 'd'\nimport 'e'\nawait import('f')`
  expect(importsOf(source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

/** An empty copy of the map with these files in it. */
function treeWith(files: string | Readonly<Record<string, string>>, content = ''): string {
  const tree = mkdtempSync(join(tmpdir(), 'architecture-'))
  onTestFinished(() => rmSync(tree, { recursive: true }))
  for (const place of PLACES) mkdirSync(join(tree, place.folder), { recursive: true })
  for (const [file, text] of Object.entries(typeof files === 'string' ? { [files]: content } : files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
  return tree
}
