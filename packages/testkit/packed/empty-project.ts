import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './command.ts'
import type { Tarball } from './tarballs.ts'

/** Where a package says what a stranger does with it: a program that throws, or prints one line. */
const PROOF = 'proof/packed.ts'

export type Installer = 'npm' | 'pnpm'

/**
 * An empty project in `folder` into which `installer` puts the packed files, all in one install. Nothing of the checkout is in it but a program for
 * each package: its `proof/packed.ts`.
 */
export async function installedProject(
  root: string,
  folder: string,
  tarballs: readonly Tarball[],
  installer: Installer,
  node: string = process.execPath,
): Promise<string> {
  mkdirSync(folder)
  const typesOfNode = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies['@types/node']
  const files = Object.fromEntries(tarballs.map(({ manifest, file }) => [manifest.name, `file:${file}`]))
  const manifest = {
    name: 'empty',
    private: true,
    type: 'module',
    dependencies: files,
    devDependencies: { '@types/node': typesOfNode },
  }
  write(folder, 'package.json', manifest)
  write(folder, 'tsconfig.json', {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      types: ['node'],
      outDir: 'out',
      lib: ['es2024', 'esnext.disposable'],
    },
    include: ['*.ts'],
  })
  for (const tarball of tarballs) copyFileSync(proofOf(root, tarball), join(folder, `${nameOf(tarball)}.ts`))
  // They are not in a registry yet: what depends on one of them gets the packed one as well.
  if (installer === 'pnpm') write(folder, 'pnpm-workspace.yaml', { overrides: files })
  const quiet = installer === 'npm' ? ['--no-audit', '--no-fund'] : []
  await command(installer, ['install', '--prefer-offline', ...quiet], { cwd: folder, node })
  return folder
}

/** Checks the types of all programs, those of the packages included. @throws with what the compiler says */
export async function compile(root: string, project: string): Promise<void> {
  await command(join(root, 'node_modules/.bin/tsc'), ['-p', project], { cwd: project })
}

/** Runs each program on `node`; what each printed. They must end by themselves. */
export function runProofs(
  project: string,
  tarballs: readonly Tarball[],
  node: string = process.execPath,
): Promise<readonly string[]> {
  return Promise.all(
    tarballs.map(async each => {
      const printed = await command(node, [`out/${nameOf(each)}.js`], { cwd: project })
      return printed.trimEnd()
    }),
  )
}

function proofOf(root: string, { folder, manifest }: Tarball): string {
  const file = join(root, folder, PROOF)
  if (existsSync(file)) return file
  throw new Error(
    `expected ${folder}/${PROOF}, a program that uses ${manifest.name} as a stranger does, but there is none; write it, or make the package private`,
  )
}

const nameOf = ({ manifest }: Tarball): string => manifest.name.replace(/^.*\//, '')

const write = (folder: string, name: string, content: object): void =>
  writeFileSync(join(folder, name), JSON.stringify(content, null, 2))
