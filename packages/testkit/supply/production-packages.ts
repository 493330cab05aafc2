import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Manifest, publishedPackages } from '../packed/published-packages.ts'

/** A package of others that reaches who installs ours. */
export interface ProductionPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** Names of ours that bring it. */
  readonly broughtBy: readonly string[]
  /** `bundled`: its code is inside of ours. `optional`: ours works without it. */
  readonly how: 'installed' | 'optional' | 'bundled'
}

/** All of them, by name and version. The program must be built: its bundle says what is in it. */
export function productionPackages(root: string): readonly ProductionPackage[] {
  const found = new Map<string, ProductionPackage>()
  const add = (each: ProductionPackage): void => {
    const key = `${each.name} ${each.version} ${each.how}`
    const known = found.get(key)
    found.set(key, known ? { ...known, broughtBy: [...new Set([...known.broughtBy, ...each.broughtBy])] } : each)
  }
  for (const { folder, manifest } of publishedPackages(root)) {
    if (manifest.bin) for (const each of bundled(join(root, folder), manifest.name)) add(each)
    for (const [names, how] of [
      [manifest.dependencies, 'installed'],
      [manifest.optionalDependencies, 'optional'],
    ] as const)
      for (const each of closure(join(root, folder), names, new Set()))
        add({
          name: each.name,
          version: each.version,
          licence: each.license ?? 'none named',
          broughtBy: [manifest.name],
          how,
        })
  }
  return [...found.values()].toSorted((one, other) => key(one).localeCompare(key(other), 'en'))
}

const key = ({ name, version }: ProductionPackage): string => `${name} ${version}`

/** What these names lead to in node_modules, and what that needs in turn; ours are left out, they are looked at by themselves. */
function closure(from: string, names: Manifest['dependencies'], seen: Set<string>): readonly Manifest[] {
  return Object.keys(names ?? {}).flatMap(name => {
    const folder = installedAt(from, name)
    // Made for other systems than this one.
    if (folder === null || seen.has(folder)) return []
    seen.add(folder)
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (/^(?:@scalpdesk\/|scalpdesk$)/.test(manifest.name)) return []
    const further = closure(folder, { ...manifest.dependencies, ...manifest.optionalDependencies }, seen)
    return [manifest, ...further]
  })
}

/** As Node looks for it: in each folder upwards. */
function installedAt(from: string, name: string): string | null {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
  return dirname(from) === from ? null : installedAt(dirname(from), name)
}

/** The build writes beside a bundle what is in it; each notice begins with `NAME VERSION (LICENCE)`. */
function bundled(folder: string, by: string): readonly ProductionPackage[] {
  const file = join(folder, 'dist/third-party-notices.txt')
  if (!existsSync(file))
    throw new Error(`expected ${file}, which says what is bundled, but it is missing; run \`pnpm build\``)
  const heads = readFileSync(file, 'utf8').matchAll(/(?:^|\n-{80}\n\n)(\S+) (\S+) \(([^)\n]*)\)\n/g)
  return [...heads].map(([, name = '', version = '', licence = '']) => ({
    name,
    version,
    licence,
    broughtBy: [by],
    how: 'bundled',
  }))
}
