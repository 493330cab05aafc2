import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Scripts that an installer runs by itself (npm documentation, "scripts": life cycle of `npm install`). */
const AT_INSTALL = ['preinstall', 'install', 'postinstall']

/** Names of all installed packages, also of those that only others use, that would run something at install if they were let. */
export function packagesWithInstallScripts(root: string): readonly string[] {
  const manifests = globSync(
    ['node_modules/.pnpm/*/node_modules/*/package.json', 'node_modules/.pnpm/*/node_modules/@*/*/package.json'],
    {
      cwd: root,
    },
  )
  const names = manifests.flatMap(file => {
    const { name = '', scripts = {} } = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
      readonly name?: string
      readonly scripts?: Readonly<Record<string, string>>
    }
    // Without a script of its own, npm builds what has this file.
    const isBuilt = existsSync(join(root, dirname(file), 'binding.gyp'))
    return isBuilt || AT_INSTALL.some(script => script in scripts) ? [name] : []
  })
  return [...new Set(names)].toSorted()
}

/** `allowBuilds` of pnpm-workspace.yaml: whether a package may run what it wants to at install. */
export function allowedBuilds(root: string): ReadonlyMap<string, boolean> {
  const text = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const [, block = ''] = /^allowBuilds:\n((?: {2}.*\n?)+)/m.exec(text) ?? []
  const lines = block.matchAll(/^ {2}"?([^"#:\s]+)"?: (true|false)$/gm)
  return new Map([...lines].map(([, name = '', isAllowed]) => [name, isAllowed === 'true']))
}
