import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { REQUIRE } from '../../bundle/painter-bundle.ts'

/** A program of this folder as one file: many runs load it, and from source each of them would read and strip some hundred files. */
export function builtProgram(name: string): { readonly path: string; readonly href: string } {
  const path = join(mkdtempSync(join(tmpdir(), 'proof-')), name.replace(/\.ts$/, '.mjs'))
  buildSync({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    banner: { js: REQUIRE },
    logLevel: 'warning',
  })
  return { path, href: pathToFileURL(path).href }
}
