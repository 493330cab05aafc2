import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly description?: string
  readonly keywords?: readonly string[]
  readonly license?: string
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string }
  readonly engines?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
  readonly publishConfig?: {
    readonly access?: string
    readonly provenance?: boolean
    readonly exports?: Readonly<Record<string, unknown>>
  }
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  /** From the top of the checkout. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Every package of the workspace under `root`, as pnpm-workspace.yaml has them. */
export function workspacePackages(root: string): readonly WorkspacePackage[] {
  return globSync(['packages/*', 'mock-broker', 'examples'], { cwd: root })
    .toSorted()
    .filter(folder => existsSync(join(root, folder, 'package.json')))
    .map(folder => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }))
}

/** Those that strangers may install. */
export const publishedPackages = (root: string): readonly WorkspacePackage[] =>
  workspacePackages(root).filter(({ manifest }) => manifest.private !== true)
