import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { tapeReader } from './engine/index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

it.each([
  ['first', 0, 'signed in to MOCK1 with 100000 euros to trade with\norders so far: 0\n'],
  ['second', 1, '1 11\n'],
])('runs the %s example of the README as it is written', async (_which, index, printed) => {
  const readme = await readFile(`${folder}README.md`, 'utf8')
  const example = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)][index]?.[1] ?? ''
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', example],
    { cwd: folder },
  )
  expect({ stdout, stderr: stderr.replace(/.*ExperimentalWarning.*\n.*\n/, '') }).toEqual({
    stdout: printed,
    stderr: '',
  })
})

it('shows a tape of our own that is read whole', async () => {
  const readme = await readFile(`${folder}README.md`, 'utf8')
  const tape = /```\n(scalpdesk-tape,[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const reader = tapeReader('README.md')
  const kinds = reader.read(new TextEncoder().encode(tape)).map(({ kind }) => kind)
  expect(kinds).toEqual(['market-state', 'tick', 'tick', 'quote-loss', 'event'])
  expect(reader.report()).toMatchObject({ tornBytes: 0, skipped: { count: 0 } })
})
