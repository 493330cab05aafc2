import { join } from 'node:path'
import { command } from './command.ts'
import type { WorkspacePackage } from './published-packages.ts'

/** A package as it would be published. */
export interface Tarball extends WorkspacePackage {
  readonly file: string
}

/**
 * Builds the libraries among `packages` and packs all of them into `folder`. Programs, which have a `bin`, are packed as they were last built: tests
 * run them at the same time.
 */
export async function packAll(
  root: string,
  packages: readonly WorkspacePackage[],
  folder: string,
): Promise<readonly Tarball[]> {
  const only = (some: readonly WorkspacePackage[]) => some.flatMap(({ manifest }) => ['--filter', manifest.name])
  await command('pnpm', [...only(packages.filter(isLibrary)), 'run', 'build'], { cwd: root })
  const pack = ['pack', '--pack-destination', folder, '--config.ignore-scripts=true']
  await command('pnpm', [...only(packages), ...pack], { cwd: root })
  return packages.map(each => ({ ...each, file: join(folder, tarballName(each)) }))
}

export const isLibrary = ({ manifest }: WorkspacePackage): boolean => manifest.bin === undefined

/** As npm names it: `@scalpdesk/sdk` becomes `scalpdesk-sdk-0.1.0.tgz`. */
const tarballName = ({ manifest: { name, version } }: WorkspacePackage): string =>
  `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
