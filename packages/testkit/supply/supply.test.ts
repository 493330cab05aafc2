import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allowedBuilds, packagesWithInstallScripts } from './install-scripts.ts'
import { licencesPage, wrongLicences } from './licences.ts'
import { packagesOf, unsealedPackages } from './lockfile.ts'
import { type ProductionPackage, productionPackages } from './production-packages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

describe('licences', () => {
  const packages = productionPackages(root)

  it('of all that reaches a user are on the list', () => {
    expect(wrongLicences(packages)).toEqual([])
  })

  it('are looked at where they are installed, where they are optional, and inside the bundle', () => {
    const ways = (name: string) => packages.filter(each => each.name === name).map(({ how }) => how)
    expect(ways('ws')).toEqual(expect.arrayContaining(['installed', 'bundled']))
    expect(ways('@github/keytar')).toEqual(['optional'])
    expect(ways('ink')).toEqual(['bundled'])
    expect(packages.map(({ name }) => name)).not.toContain('vitest')
  })

  it('stand in docs/licences.md as they are: `pnpm run licences` writes it', () => {
    expect(textOf('docs/licences.md')).toBe(licencesPage(packages))
  })

  it('fail on a package that asks for more, and say who brings it', () => {
    const other: ProductionPackage = {
      name: 'x',
      version: '1.0.0',
      licence: 'GPL-3.0',
      broughtBy: ['a'],
      how: 'installed',
    }
    expect(wrongLicences([other])).toEqual([expect.stringContaining('but x 1.0.0, which a brings, has GPL-3.0')])
  })
})

describe('installing', () => {
  it('runs a script of `node` alone: every other package that has one is refused by name', () => {
    const allowed = allowedBuilds(root)
    expect([...allowed.keys()].toSorted()).toEqual(packagesWithInstallScripts(root))
    expect([...allowed].filter(([, isAllowed]) => isAllowed)).toEqual([['node', true]])
  })

  it('takes nothing that the lockfile does not hold to a sum', () => {
    expect(packagesOf(textOf('pnpm-lock.yaml')).length).toBeGreaterThan(100)
    expect(unsealedPackages(root)).toEqual([])
    expect(textOf('.ci/run')).toMatch(/^npx -y pnpm@12 install --frozen-lockfile$/m)
  })

  it('reads a lockfile as it is: a package from elsewhere, or without a sum, is found', () => {
    const sum = `sha512-${'a'.repeat(86)}==`
    const lockfile = `packages:\n\n  '@a/b@1.0.0':\n    resolution: {integrity: ${sum}}\n\n  c@https://codeload.example/c:\n    resolution: {tarball: https://codeload.example/c}\n\nsnapshots:\n`
    expect(packagesOf(lockfile)).toEqual([
      { name: '@a/b@1.0.0', resolution: `{integrity: ${sum}}` },
      { name: 'c@https://codeload.example/c', resolution: '{tarball: https://codeload.example/c}' },
    ])
  })
})
