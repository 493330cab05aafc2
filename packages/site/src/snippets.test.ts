import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { documentsOf } from './repository.ts'
import { snippetErrors, snippetsOf } from './snippets.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const documents = new Map([...documentsOf(root).keys()].map(file => [file, readFileSync(join(root, file), 'utf8')]))

it('the compiler takes every snippet of the guides and READMEs, and refuses a wrong one where it stands', () => {
  const wrong = "# A\n\n```ts\nconst size: number = 1\nconst level: number = '2'\nexport { level, size }\n```\n"
  const snippets = snippetsOf(new Map([...documents, ['wrong.md', wrong]]))
  expect(snippets.length).toBeGreaterThan(35)
  expect(snippetErrors(root, snippets)).toEqual([expect.stringMatching(/^wrong\.md:5: error TS2322: /)])
})
