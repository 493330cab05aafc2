import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withTables } from '../readme-tables.ts'

const run = promisify(execFile)
const ENTRY = new URL('./index.ts', import.meta.url).href
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const MOCK_URL = 'http://127.0.0.1:8080/gateway/deal'

const snippets = [...README.matchAll(/```ts\n([\s\S]*?)```/g)].map(match => match[1] ?? '')
const [signIn = '', ...others] = snippets

let folder: string
let broker: MockBroker

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scalpdesk-readme-'))
  broker = await startMockBroker()
})

afterEach(async () => {
  await broker.close()
  rmSync(folder, { recursive: true })
})

/** Runs a program of its own; fails when it does not end by itself. */
async function runProgram(source: string): Promise<string> {
  const file = join(folder, 'main.mts')
  const entry = source.replaceAll("'@scalpdesk/sdk'", `'${ENTRY}'`).replace(MOCK_URL, broker.url)
  writeFileSync(file, entry)
  const { stdout } = await run(process.execPath, [file], { timeout: 100_000 })
  return stdout
}

/** A snippet goes on where signing in ends. */
const afterSignIn = (snippet: string): Promise<string> => runProgram(`${signIn}\n${snippet}`)

describe('the snippets of the README run against the mock broker and end by themselves', () => {
  it('signing in', async () => {
    expect(signIn).toContain(MOCK_URL)
    expect(await runProgram(signIn)).toBe(`${broker.accountId} 100000.00 EUR\n`)
  })

  it.each([
    ['Read', /EUR\/USD.* tradeable\n(?:.+\n){5}points left this week: \d+/],
    ['Stream', /live\n(?:.*\n)*.*EUR\/USD.* \d\.\d+ \d\.\d+/],
    ['take your time', /(?:(?:CS\.D\.EURUSD\.CFD|IX\.D\.DAX\.IFD)\.IP fresh \d+(?:\.\d+)? 2 \d.* \d+\n){4}/],
    ['Trade', /open at \d\.\d+\nclosed: accepted/],
    ['working order', /accepted \d\.\d+\naccepted/],
    ['Report', /booked today: -?\d+\.\d\d/],
  ])('%s', async (title, output) => {
    const snippet = others.find((_text, index) => headingOf(index + 1).includes(title))
    if (snippet === undefined) throw new Error(`expected a snippet under a line with ${title}`)
    expect(await afterSignIn(snippet)).toMatch(output)
  })

  it('has no other', () => {
    expect(snippets).toHaveLength(7)
  })

  it('trading sends one order to open and one to close', async () => {
    await afterSignIn(others.find(text => text.includes('positions.open')) ?? '')
    expect(broker.orders().map(order => order.method)).toEqual(['POST', 'DELETE'])
  })
})

/** The line above a snippet. */
function headingOf(index: number): string {
  const before = README.split('```ts\n')[index] ?? ''
  return before.trimEnd().split('\n').at(-1) ?? ''
}

it('the tables are those of the code: `pnpm exec node packages/sdk/readme-tables.ts` writes them anew', () => {
  expect(withTables(README) === README).toBe(true)
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
