import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { auditVerdict, toldVerdict } from './audit-verdict.ts'
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

describe('the audit', () => {
  const told = (name: string) => ({
    module_name: name,
    severity: 'high',
    title: 'Reads too far',
    url: 'https://advisories.example/1',
    findings: [{ version: '1.0.0' }],
  })
  const printed = JSON.stringify({ advisories: { 1: told('ws'), 2: told('vitest') }, metadata: {} })

  it('fails on a weakness in what is shipped, and tells of one in our tools', () => {
    const { lines, status } = toldVerdict(auditVerdict(printed, new Set(['ws'])), false)
    expect(status).toBe(1)
    expect(lines).toEqual([
      'audit: SHIPPED: ws 1.0.0: high: Reads too far (https://advisories.example/1)',
      'audit: in our tools only: vitest 1.0.0: high: Reads too far (https://advisories.example/1)',
      'audit: done: 1 known weaknesses in what is shipped, 1 in what we work with',
    ])
    expect(toldVerdict(auditVerdict(printed, new Set()), false).status).toBe(0)
  })

  it.each(['', 'not JSON', '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE"}}', '{"advisories":null}'])(
    'that nobody answered (%j) is never told as one that found nothing',
    answer => {
      const verdict = auditVerdict(answer, new Set())
      expect(toldVerdict(verdict, false)).toEqual({ lines: [expect.stringContaining('NOT DONE')], status: 0 })
      expect(toldVerdict(verdict, true).status).toBe(1)
    },
  )
})
