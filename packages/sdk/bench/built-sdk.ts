import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../..', import.meta.url))
/** This package comes after those that it is made of. */
const NAMES = ['wire', 'tlcp', 'sdk'] as const

/** Builds what is not built, or older than its sources: `import` is measured on what is published. */
export function buildSdk(): void {
  for (const name of NAMES) {
    const folder = join(packages, name)
    if (!isStale(folder)) continue
    const tools = join(packages, '../node_modules/.bin')
    const { status } = spawnSync(process.execPath, [join(packages, 'testkit/build-package.ts')], {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH ?? ''}` },
    })
    if (status !== 0) throw new Error(`expected ${name} to build, but it did not; run \`pnpm -r run build\``)
  }
}

function isStale(folder: string): boolean {
  const built = statSync(join(folder, 'dist/index.js'), { throwIfNoEntry: false })
  if (built === undefined) return true
  return globSync('src/**/*.ts', { cwd: folder }).some(file => statSync(join(folder, file)).mtimeMs > built.mtimeMs)
}
