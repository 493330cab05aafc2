/**
 * Builds the package it is run in to plain JavaScript and declarations in `dist/`. Its siblings must be built before it, which
 * `pnpm -r run build` sees to.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1
