import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { nameProblem, scaffold } from '@scalpdesk/bots/scaffold'
import manifest from '../../package.json' with { type: 'json' }
import { answer } from '../cli/answer.ts'
import type { CommonOptions } from '../cli/command-context.ts'
import { EXIT, ExitError } from '../exit-status.ts'

export interface NewBotOptions extends CommonOptions {
  /** A folder of packed packages, to be taken instead of those of the registry. */
  readonly packages?: string
}

/** Makes the folder of a new bot; never touches one that is there. @returns the exit status */
export async function runNewBot(path: string, { packages, json = false }: NewBotOptions): Promise<number> {
  const name = basename(path)
  const problem = nameProblem(name)
  if (problem !== null) throw new ExitError(EXIT.usage, problem)
  const folder = resolve(path)
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
    throw new ExitError(EXIT.usage, `expected a new folder, but ${folder} is there already; choose another name`)
  const packed = packages === undefined ? null : packedFiles(resolve(packages))
  const version = `^${manifest.version}`
  const files = scaffold({
    name,
    bots: packed?.['@scalpdesk/bots'] ?? version,
    program: packed?.scalpdesk ?? version,
    overrides: packed,
  })
  writeWhole(folder, files)
  const names = Object.keys(files)
  answer(json, { folder, files: names }, [
    `${name} is in ${folder}: ${names.join(', ')}`,
    `Next: cd ${path} && npm install && npm test && npm run backtest`,
  ])
  return EXIT.done
}

/** All of it or nothing. @throws ExitError */
function writeWhole(folder: string, files: Readonly<Record<string, string>>): void {
  const isThere = existsSync(folder)
  try {
    if (!isThere) mkdirSync(folder)
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    clear(isThere ? Object.keys(files).map(file => join(folder, file)) : [folder])
    throw new ExitError(
      EXIT.failed,
      `expected to write a new bot into ${folder}, but ${why}; choose another place, or make that one writable. Nothing is left of it`,
    )
  }
}

/** As far as anything is there. */
function clear(paths: readonly string[]): void {
  for (const path of paths)
    try {
      rmSync(path, { recursive: true, force: true })
    } catch {}
}

/** Packed packages by their names, as `pnpm pack` calls them. */
function packedFiles(folder: string): Readonly<Record<string, string>> {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => /^scalpdesk-.*\.tgz$/.test(name)) : []
  const files = Object.fromEntries(names.map(name => [packageOf(name), `file:${join(folder, name)}`]))
  if (files['@scalpdesk/bots'] !== undefined && files.scalpdesk !== undefined) return files
  throw new ExitError(
    EXIT.usage,
    `expected packed packages such as scalpdesk-bots-${manifest.version}.tgz in ${folder}, but there are ${names.length === 0 ? 'none' : names.join(', ')}; make them with pnpm pack`,
  )
}

function packageOf(file: string): string {
  const name = file.replace(/-\d+\.\d+\.\d+.*$/, '')
  return name === 'scalpdesk' ? name : name.replace('scalpdesk-', '@scalpdesk/')
}
