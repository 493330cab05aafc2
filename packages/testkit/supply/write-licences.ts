/** `pnpm run licences`: writes docs/licences.md from what is installed and from what the program's bundle holds. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { licencesPage, wrongLicences } from './licences.ts'
import { productionPackages } from './production-packages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const packages = productionPackages(root)
writeFileSync(join(root, 'docs/licences.md'), licencesPage(packages))
for (const problem of wrongLicences(packages)) {
  console.error(problem)
  process.exitCode = 1
}
