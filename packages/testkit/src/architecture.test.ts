import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { brokenRules, importsOf, PLACES } from './architecture.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

it('finds every arrow of the map pointing the right way', () => {
  expect(brokenRules(root)).toEqual([])
})

it('has a rule for every package', () => {
  const packages = readdirSync(join(root, 'packages')).map(name => `packages/${name}`)
  expect(PLACES.map(place => place.folder)).toEqual(expect.arrayContaining([...packages, 'mock-broker']))
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
])('fails on %s, with the reason', (_what, file, source, reason) => {
  expect(brokenRules(treeWith(file, source)).join('\n')).toContain(reason)
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

/** An empty copy of the map with one file in it. */
function treeWith(file: string, content: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'architecture-'))
  for (const place of PLACES) mkdirSync(join(tree, place.folder), { recursive: true })
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), content)
  return tree
}
