import { fileURLToPath } from 'node:url'
import type { BuildOptions } from 'esbuild'
import { nodeBuiltins } from './node-builtins.ts'

/**
 * How the painting thread becomes one file of plain JavaScript; for esbuild's `build()`. One file loads in half the time of Ink's three
 * hundred, and Node does not run JSX.
 */
export function painterBundle(outfile: string): BuildOptions {
  return {
    entryPoints: [fileURLToPath(new URL('../src/screen/painter.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    jsx: 'automatic',
    minifySyntax: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { 'react-devtools-core': fileURLToPath(new URL('../src/screen/layout/no-devtools.ts', import.meta.url)) },
    banner: { js: REQUIRE },
    plugins: [nodeBuiltins],
    logLevel: 'warning',
  }
}

/** Dependencies that are CommonJS ask for Node's own modules through `require`, which a module does not have. */
export const REQUIRE =
  "import { createRequire as scalpdeskRequire } from 'node:module'; const require = scalpdeskRequire(import.meta.url);"
