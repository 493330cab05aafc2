/**
 * Bundles the command into dist/: one entry that paints at once, the rest loaded behind it, the three worker threads, and the keychain's process.
 * Bundled because Ink as installed takes 0.6 s to load and half of that bundled.
 */
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { painterBundle, REQUIRE } from './src/screen/painter-bundle.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const dist = join(here, 'dist')
const STAMP = 'built-at'

export async function buildTerminal(): Promise<void> {
  // Built aside and swapped in, so that nobody ever starts half a program.
  const fresh = join(here, `dist.${process.pid}.new`)
  const old = join(here, `dist.${process.pid}.old`)
  try {
    await build(painterBundle(join(fresh, 'painter.js')))
    await build({
      entryPoints: {
        scalpdesk: join(here, 'src/main.ts'),
        'mock-worker': join(here, 'src/session/mock-worker.ts'),
        'strategy-process': join(here, 'src/bots/strategy-process.ts'),
        // The thread in which strategies run, and what they import where no package of theirs has it.
        'job-worker': join(root, 'packages/bots/src/runs/job-worker.ts'),
        bots: join(root, 'packages/bots/src/index.ts'),
        'keychain-process': join(here, 'src/credentials/keychain-process.ts'),
      },
      outdir: fresh,
      bundle: true,
      // What only one command needs is loaded by that command alone.
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      minifySyntax: true,
      legalComments: 'linked',
      define: { 'process.env.NODE_ENV': '"production"' },
      // Its main entry loads its parts by a `require` that no bundler follows.
      alias: { 'jsonc-parser': createRequire(import.meta.url).resolve('jsonc-parser/lib/esm/main.js') },
      // Optional addons of ws that trading does not need.
      external: ['bufferutil', 'utf-8-validate'],
      banner: { js: REQUIRE },
      logLevel: 'warning',
    })
    writeFileSync(join(fresh, STAMP), '')
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
  if (statSync(dist, { throwIfNoEntry: false })) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** True when any source is newer than the last build. */
export function isStale(): boolean {
  const builtAtMs = statSync(join(dist, STAMP), { throwIfNoEntry: false })?.mtimeMs
  if (builtAtMs === undefined) return true
  const sources = [
    'packages/wire',
    'packages/tlcp',
    'packages/sdk',
    'packages/desk',
    'packages/reports',
    'packages/bots',
    'packages/terminal',
    'mock-broker',
  ]
  const lockfile = statSync(join(root, 'pnpm-lock.yaml'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return lockfile > builtAtMs || sources.some(folder => isNewer(join(root, folder), builtAtMs))
}

function isNewer(folder: string, thanMs: number): boolean {
  return readdirSync(folder, { withFileTypes: true }).some(entry => {
    if (entry.name === 'node_modules' || entry.name.startsWith('dist')) return false
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return isNewer(path, thanMs)
    return /\.tsx?$|^package\.json$/.test(entry.name) && statSync(path).mtimeMs > thanMs
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTerminal()
