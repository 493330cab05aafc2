import { markdownTable } from '../src/markdown-table.ts'
import type { ProductionPackage } from './production-packages.ts'

/** Licences that ask for no more than a notice, which the bundle carries (SPDX identifiers); our choice. */
export const ALLOWED_LICENCES: readonly string[] = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

/** Each package whose licence is not on the list, as one sentence. */
export function wrongLicences(packages: readonly ProductionPackage[]): readonly string[] {
  return packages.flatMap(({ name, version, licence, broughtBy }) =>
    ALLOWED_LICENCES.includes(licence)
      ? []
      : [
          `expected a licence of the list (${ALLOWED_LICENCES.join(', ')}), but ${name} ${version}, which ${broughtBy.join(' and ')} brings, has ${licence}; do without it`,
        ],
  )
}

/** The page `docs/licences.md`. */
export function licencesPage(packages: readonly ProductionPackage[]): string {
  const rows = packages.map(({ name, version, licence, broughtBy, how }) => [
    `\`${name}\``,
    version,
    licence,
    how,
    broughtBy.map(each => `\`${each}\``).join(', '),
  ])
  return `# Licences of what reaches you

Every package of others that an installed package of ours brings along, or has inside; \`npx -y pnpm@12 run licences\` writes this page from what is installed, and a
test compares it. Allowed are ${ALLOWED_LICENCES.join(', ')}. The full notices of what is bundled lie beside the program, in
\`dist/third-party-notices.txt\`. Scalpdesk itself is under the [MIT licence](../LICENSE).

${markdownTable(['Package', 'Version', 'Licence', 'How', 'With'], rows)}
`
}
