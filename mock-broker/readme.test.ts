import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('runs the first example of the README as it is written', async () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const readme = await readFile(`${folder}README.md`, 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', example],
    { cwd: folder },
  )
  expect({ stdout, stderr: stderr.replace(/.*ExperimentalWarning.*\n.*\n/, '') }).toEqual({
    stdout: 'signed in to MOCK1 with 100000 euros to trade with\norders so far: 0\n',
    stderr: '',
  })
})
