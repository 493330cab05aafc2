/**
 * Bundles the command into dist/: one small entry that paints at once, behind it the trading screen or, with arguments, every command, the
 * worker threads, and the processes of the keychain, of strategies and of backtests. Bundled because Node spends most of a start on finding and reading modules.
 */
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { nodeBuiltins } from './bundle/node-builtins.ts'
import { painterBundle, REQUIRE } from './bundle/painter-bundle.ts'
import { undiciPool } from './bundle/undici-pool.ts'
import { thirdPartyNotices } from './third-party-notices.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const dist = join(here, 'dist')
const STAMP = 'built-at'

export async function buildTerminal(): Promise<void> {
  // Built aside and swapped in, so that nobody ever starts half a program.
  const fresh = join(here, `dist.${process.pid}.new`)
  const old = join(here, `dist.${process.pid}.old`)
  try {
    const bundles = [
      painterBundle(join(fresh, 'painter.js')),
      programBundle(fresh, { scalpdesk: 'src/main.ts' }),
      programBundle(fresh, {
        start: 'src/cli/bare-start.ts',
        program: 'src/cli/program.ts',
        'mock-worker': 'src/session/mock-worker.ts',
        'keychain-process': 'src/credentials/keychain-process.ts',
        'mock-broker': '../../mock-broker/server/index.ts',
      }),
      // Where strategies run, and what they import where no package of theirs has it: one code for all.
      {
        ...programBundle(fresh, {
          'strategy-process': 'src/bots/strategy-process.ts',
          'job-worker': '../bots/src/runs/job-worker.ts',
          bots: '../bots/src/index.ts',
        }),
        splitting: true,
        chunkNames: 'bots-[hash]',
      },
    ]
    const built = await Promise.all(bundles.map(bundle => build({ ...bundle, metafile: true })))
    writeFileSync(join(fresh, 'third-party-notices.txt'), thirdPartyNotices(built.map(({ metafile }) => metafile)))
    writeFileSync(join(fresh, STAMP), '')
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
  if (statSync(dist, { throwIfNoEntry: false })) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** Each entry as one file: Node takes longer to find sixty files than to run them. Parts that only one command needs run when it does. */
function programBundle(outdir: string, entries: Readonly<Record<string, string>>): BuildOptions {
  return {
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(here, path)])),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifySyntax: true,
    // A third less to read and to check at each start; names stay, and so do lines that a fault can be told by.
    minifyWhitespace: true,
    lineLimit: 200,
    // All notices stand in one file.
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Its main entry loads its parts by a `require` that no bundler follows.
    alias: { 'jsonc-parser': createRequire(import.meta.url).resolve('jsonc-parser/lib/esm/main.js') },
    // Optional addons of ws that trading does not need.
    external: ['bufferutil', 'utf-8-validate'],
    banner: { js: REQUIRE },
    plugins: [loadedLater, nodeBuiltins, undiciPool],
    logLevel: 'warning',
  }
}

/** What most starts do not wait for stays in files of its own. */
const loadedLater: Plugin = {
  name: 'loaded-later',
  setup(build) {
    build.onResolve({ filter: /\/(bare-start|program)\.ts$|^@scalpdesk\/mock-broker$/ }, ({ path, kind }) => {
      if (kind !== 'dynamic-import') return null
      const file = path.startsWith('@') ? 'mock-broker.js' : path.endsWith('program.ts') ? 'program.js' : 'start.js'
      return { path: `./${file}`, external: true }
    })
  },
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
