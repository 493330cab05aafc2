import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import * as testkit from './index.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const README = readFileSync(`${folder}README.md`, 'utf8')

it('runs the example of the README as it is written', async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(README)?.[1] ?? ''
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', example],
    { cwd: folder, timeout: 100_000 },
  )
  expect(stdout).toBe('due at 1000 ms\nalways the same: true\npress a key\ngot b\n')
})

it('names every export in the README', () => {
  expect(Object.keys(testkit).filter(name => !README.includes(`\`${name}\``))).toEqual([])
})
