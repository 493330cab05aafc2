import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { publishedPackages, workspacePackages } from './published-packages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const published = publishedPackages(root)
const releasing = readFileSync(join(root, 'docs/releasing.md'), 'utf8').replaceAll('`@scalpdesk/', '`')

it('knows every package of the workspace', () => {
  expect(listed()).toEqual(['packages/*', 'mock-broker', 'examples'])
  expect(workspacePackages(root).length).toBeGreaterThan(published.length)
})

describe.each(published.map(each => [each.manifest.name, each] as const))('%s', (name, { folder, manifest }) => {
  it('says what it is, whose, and from where', () => {
    expect(manifest).toMatchObject({
      name,
      license: own.license,
      engines: own.engines,
      type: 'module',
      repository: { ...own.repository, directory: folder },
      publishConfig: { access: 'public', provenance: true },
    })
    expect(manifest.description).toMatch(/^.{20,120}$/)
    expect(manifest.keywords?.length).toBeGreaterThan(3)
    expect(existsSync(join(root, folder, 'README.md'))).toBe(true)
    expect(releasing).toContain(`\`${name.replace('@scalpdesk/', '')}\``)
    // Every release is of all packages at once.
    expect(manifest.version).toBe(published[0]?.manifest.version)
  })

  it('runs nothing at install, and packs no test', () => {
    const atInstall = ['preinstall', 'install', 'postinstall', 'prepare']
    expect(Object.keys(manifest.scripts ?? {}).filter(script => atInstall.includes(script))).toEqual([])
    expect(manifest.scripts).toMatchObject({ build: expect.any(String), prepack: 'pnpm run build' })
    expect(manifest.files).toContain('dist')
  })

  it('has the same entries in the checkout and when published, each built and with types', () => {
    if (manifest.bin) return expect(Object.values(manifest.bin).every(file => file.startsWith('./dist/'))).toBe(true)
    const { exports = {}, publishConfig } = manifest
    const built = Object.entries(exports).map(([entry, conditions]) => [entry, builtOf(conditions)])
    expect(Object.fromEntries(built)).toEqual(publishConfig?.exports)
    for (const [, conditions] of built)
      expect(conditions).toEqual({
        types: expect.stringMatching(/^\.\/dist\/.*\.d\.ts$/),
        default: expect.stringMatching(/^\.\/dist\/.*\.js$/),
      })
  })

  it('pins what it depends on', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.optionalDependencies })
    expect(versions.filter(version => !/^(?:workspace:\*|(?:npm:@?[\w/-]+@)?\d+\.\d+\.\d+)$/.test(version))).toEqual([])
  })
})

const builtOf = (conditions: unknown): unknown => (conditions as Record<string, unknown>)['scalpdesk-built']

/** The `packages` of pnpm-workspace.yaml. */
function listed(): readonly string[] {
  const text = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const [, list = ''] = /^packages:\n((?: {2}- .*\n)+)/m.exec(text) ?? []
  return list.split('\n').flatMap(line => (line === '' ? [] : [line.replace('  - ', '')]))
}
