/**
 * `pnpm packed`: packs every package and does with them what strangers do, with npm and with pnpm, on each Node that is supported. Asks the
 * registry. `pnpm packed FOLDER` leaves the tarballs there.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandFlags } from '../src/command-flags.ts'
import { command } from './command.ts'
import { compile, installedProject, runProofs } from './empty-project.ts'
import { installedGlobally } from './global-command.ts'
import { newBot } from './new-bot.ts'
import { publishedPackages } from './published-packages.ts'
import { isLibrary, packAll, type Tarball } from './tarballs.ts'

/** npm only warns of `engines`. */
const TOO_OLD = '20.19.0'
/** The oldest that `engines` lets in, the newest of that line, and the line that we develop on. */
const NODES = ['22.19.0', '22.23.3', '24.21.0']

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const folder = mkdtempSync(join(tmpdir(), 'packed-'))
const { places } = commandFlags({
  usage: 'pnpm packed [FOLDER]',
  about:
    'Packs every package and uses it as strangers do, on each Node that is supported; leaves the tarballs in FOLDER.',
  flags: {},
  places: { least: 0, most: 1 },
})
const kept = places[0]
const target = kept === undefined ? join(folder, 'tarballs') : resolve(kept)
try {
  mkdirSync(target, { recursive: true })
  await command('pnpm', ['run', 'build'], { cwd: root })
  const tarballs = await packAll(root, publishedPackages(root), target)
  for (const version of NODES) await asStrangersDo(version, tarballs)
  await refusesOldNode(tarballs)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function asStrangersDo(version: string, tarballs: readonly Tarball[]): Promise<void> {
  const node = await nodeOf(version)
  const libraries = tarballs.filter(isLibrary)
  for (const installer of ['npm', 'pnpm'] as const) {
    const project = await installedProject(root, join(folder, `${installer}-${version}`), libraries, installer, node)
    await compile(root, project)
    for (const line of await runProofs(project, libraries, node)) console.log(`Node ${version}, ${installer}: ${line}`)
  }
  for (const tarball of tarballs.filter(each => !isLibrary(each)))
    for (const network of ['none', 'registry'] as const) {
      const place = join(folder, `global-${version}-${network}`)
      const program = await installedGlobally(place, tarball, network, node)
      const printed = await program.run('--version')
      await program.tradeByKeys()
      const status = await program.serveMock()
      const parts = readdirSync(join(program.prefix, 'lib/node_modules', tarball.manifest.name), {
        recursive: true,
        encoding: 'utf8',
      })
      if (network === 'registry')
        for (const installer of ['npm', 'pnpm'] as const)
          console.log(`Node ${version}, ${installer}: ${await newBot(program, target, installer, node)}`)
      const keychain = parts.includes('node_modules/keytar/package.json') ? 'with' : 'without'
      console.log(
        `Node ${version}, npm -g, network: ${network}: ${tarball.manifest.name} ${printed.trim()} traded and was flat; its mock answered ${status}; ${keychain} keytar`,
      )
    }
}

async function refusesOldNode(tarballs: readonly Tarball[]): Promise<void> {
  const node = await nodeOf(TOO_OLD)
  for (const tarball of tarballs.filter(each => !isLibrary(each))) {
    const program = await installedGlobally(join(folder, `global-${TOO_OLD}`), tarball, 'none', node)
    const said = await program.run('--version').catch((error: Error) => error.message)
    if (!said.includes('expected Node'))
      throw new Error(`expected Node ${TOO_OLD} to be refused in words, but got ${said}`)
    console.log(`Node ${TOO_OLD}: ${said.slice(said.indexOf('expected Node')).trim()}`)
  }
}

/** That Node, from the registry: the npm package `node` carries it. */
async function nodeOf(version: string): Promise<string> {
  const place = join(folder, `node-${version}`)
  mkdirSync(place)
  writeFileSync(join(place, 'package.json'), JSON.stringify({ private: true, dependencies: { node: version } }))
  writeFileSync(join(place, 'pnpm-workspace.yaml'), JSON.stringify({ allowBuilds: { node: true } }))
  await command('pnpm', ['install', '--prefer-offline'], { cwd: place })
  const node = join(place, 'node_modules/node/bin/node')
  const found = (await command(node, ['--version'], { cwd: place })).trim()
  if (found !== `v${version}`) throw new Error(`expected Node v${version}, but the package brought ${found}`)
  return node
}
