import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages of pnpm-lock.yaml that are not fetched from the registry and held to a SHA-512 sum: `NAME@VERSION` each. */
export function unsealedPackages(root: string): readonly string[] {
  return packagesOf(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'))
    .filter(({ resolution }) => !/^\{integrity: sha512-[\w+/]{86}==\}$/.test(resolution))
    .map(({ name }) => name)
}

/** Of the `packages` of a lockfile: each name, and how it is resolved. */
export function packagesOf(lockfile: string): readonly { readonly name: string; readonly resolution: string }[] {
  const [, block = ''] = /^packages:\n([\s\S]*?)^(?=\S)/m.exec(lockfile) ?? []
  const entries = block.matchAll(/^ {2}'?([^'\s]+?)'?:\n {4}resolution: (\{.*\})$/gm)
  return [...entries].map(([, name = '', resolution = '']) => ({ name, resolution }))
}
