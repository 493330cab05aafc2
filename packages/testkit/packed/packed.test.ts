import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SLOW_MS } from './command.ts'
import { compile, installedProject, runProofs } from './empty-project.ts'
import { type GlobalCommand, installedGlobally } from './global-command.ts'
import { publishedPackages } from './published-packages.ts'
import { isLibrary, packAll, type Tarball } from './tarballs.ts'

// What a stranger gets: the packed files, in projects that hold nothing else. `pnpm packed` does the same with npm and pnpm on every Node.

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

let folder: string
let tarballs: readonly Tarball[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'))
  tarballs = await packAll(root, publishedPackages(root), folder)
}, SLOW_MS)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed libraries, in one empty project', () => {
  it('install, have types, and do their work', { timeout: SLOW_MS }, async () => {
    const libraries = tarballs.filter(isLibrary)
    const project = await installedProject(root, join(folder, 'project'), libraries, 'pnpm')
    await compile(root, project)
    expect(await runProofs(project, libraries)).toEqual(
      libraries.map(({ manifest }) => expect.stringContaining(`${manifest.name}: `)),
    )
    for (const { manifest } of libraries) {
      const files = readdirSync(join(project, 'node_modules', manifest.name), { recursive: true, encoding: 'utf8' })
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']))
      expect(files.filter(file => /\.test\.|(?:^|\/)(?:testing|bench|proof)(?:\/|$)/.test(file))).toEqual([])
      const packed = JSON.parse(readFileSync(join(project, 'node_modules', manifest.name, 'package.json'), 'utf8'))
      expect(Object.keys(packed.scripts).filter(script => /install/.test(script))).toEqual([])
      expect(JSON.stringify(packed)).not.toMatch(/workspace:|scalpdesk-built/)
    }
  })
})

describe('the packed program, installed globally where there is neither a checkout nor a network', () => {
  let scalpdesk: GlobalCommand

  it('says its version, trades by keys until it is flat, and serves the mock broker', {
    timeout: SLOW_MS,
  }, async () => {
    const program = tarballs.find(each => !isLibrary(each))
    if (!program) throw new Error('expected a package with a program')
    scalpdesk = await installedGlobally(folder, program, 'none')
    expect(await scalpdesk.run('--version')).toBe(`${program.manifest.version}\n`)
    expect(await scalpdesk.tradeByKeys()).toContain('CLOSED: BUY 1')
    expect(await scalpdesk.serveMock()).toBe(200)
    const files = readdirSync(join(scalpdesk.prefix, 'lib/node_modules/scalpdesk'), {
      recursive: true,
      encoding: 'utf8',
    })
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'settings.schema.json', 'dist/third-party-notices.txt']),
    )
    expect(files.filter(file => /node_modules|\.tsx?$/.test(file))).toEqual([])
  })
  it("every file of the program is its owner's alone", () => {
    const kept = readdirSync(scalpdesk.home, { recursive: true, encoding: 'utf8' })
    expect(kept.filter(file => file.endsWith('.ndjson'))).toHaveLength(1)
    expect(kept.filter(file => (statSync(join(scalpdesk.home, file)).mode & 0o077) !== 0)).toEqual([])
  })
})
