import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { expect, it } from 'vitest'
import * as entry from './index.ts'

const run = promisify(execFile)
const FOLDER = new URL('../', import.meta.url)
const README = readFileSync(new URL('README.md', FOLDER), 'utf8')

it('the README shows a program that runs', async () => {
  const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(README) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'reports-readme-'))
  const broker = await startMockBroker({ seed: 7, pastDays: 20 })
  try {
    const place = (name: string): string => new URL(`../../${name}/src/index.ts`, import.meta.url).href
    const source = program
      .replaceAll("'@scalpdesk/reports'", `'${place('reports')}'`)
      .replaceAll("'@scalpdesk/sdk'", `'${place('sdk')}'`)
      .replaceAll('http://127.0.0.1:8080/gateway/deal', broker.url)
      .replaceAll("'report.html'", JSON.stringify(join(folder, 'report.html')))
    writeFileSync(join(folder, 'main.mts'), source)
    const { stdout, stderr } = await run(process.execPath, [join(folder, 'main.mts')], { timeout: 100_000 })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^(?:[a-z-]+ -?\d+\.\d\d\n)+(?:(?:red|note) .+\n)*$/)
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/<\/html>\n$/)
  } finally {
    await broker.close()
    rmSync(folder, { recursive: true })
  }
})

it('names every function of the entry, and links what is there', () => {
  const names = Object.keys(entry).filter(name => !README.includes(`\`${name}`))
  expect(names).toEqual([])
  const links = [...README.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(3)
  expect(links.filter(path => !existsSync(new URL(path, FOLDER)))).toEqual([])
})
