import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { afterEach, beforeEach, expect, it } from 'vitest'

const run = promisify(execFile)
const ENTRY = new URL('./index.ts', import.meta.url).href

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scalpdesk-readme-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a program of its own; fails when it does not end by itself. */
async function runProgram(source: string): Promise<string> {
  const file = join(folder, 'main.mts')
  writeFileSync(file, source.replaceAll("'@scalpdesk/sdk'", `'${ENTRY}'`))
  const { stdout } = await run(process.execPath, [file], { timeout: 15_000 })
  return stdout
}

it('the example of the README runs, deals once, and ends by itself', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]
  if (example === undefined) throw new Error('expected an example in the README')
  const broker = await startMockBroker()
  try {
    expect(example).toContain('http://127.0.0.1:8080/gateway/deal')
    const output = await runProgram(example.replace('http://127.0.0.1:8080/gateway/deal', broker.url))
    expect(output).toContain('acknowledged')
    expect(broker.orders()).toHaveLength(1)
  } finally {
    await broker.close()
  }
})

it('importing starts nothing and leaves nothing running', async () => {
  const source = `
    import * as sdk from '@scalpdesk/sdk'
    console.log(Object.keys(sdk).includes('connectIg'), process.getActiveResourcesInfo().filter(kind => !kind.includes('Pipe')))
    const loaded = process.moduleLoadList.filter(name => /net|tls|http/.test(name) && name.startsWith('NativeModule'))
    console.log(loaded.some(name => name.endsWith(' tls')))
  `
  expect(await runProgram(source)).toBe('true []\nfalse\n')
})
