import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// What a stranger gets: the packed files, installed into an empty project, compiled and run there.

const run = promisify(execFile)
const packages = fileURLToPath(new URL('..', import.meta.url))
const root = join(packages, '..')
const NAMES = ['wire', 'tlcp', 'sdk'] as const
/** Installing may have to wait for a registry. */
const SLOW_MS = 240_000

const CONSUMER = `
import { connectIg, Decimal, dealReference, epic, type Settlement } from '@scalpdesk/sdk'

const [url = '', apiKey = ''] = process.argv.slice(2)
await using ig = await connectIg({
  environment: new URL(url),
  credentials: { apiKey, identifier: 'mock', password: 'mock' },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))
const order = { reference: dealReference('packed-1'), market, direction: 'BUY', size: new Decimal(1) } as const
const outcome: Settlement = await ig.settle(await ig.positions.open(order))
console.log(outcome.kind, ig.account.currency)
// @ts-expect-error an id is not a number: the types have come along
const wrong: number = ig.account.id
void wrong
`

let folder: string
let broker: MockBroker

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scalpdesk-published-'))
  broker = await startMockBroker()
  for (const name of NAMES) await pack(name)
}, SLOW_MS)

afterAll(async () => {
  await broker.close()
  rmSync(folder, { recursive: true })
})

/** Built aside, so that nobody else sees half a package. */
async function pack(name: string): Promise<void> {
  await pnpm(['pack', '--out', join(folder, `${name}.tgz`)], join(packages, name))
}

const pnpm = (args: readonly string[], cwd: string) => run('pnpm', [...args], { cwd, timeout: SLOW_MS })

function emptyProject(name: string): string {
  const project = join(folder, name)
  mkdirSync(project)
  const typesOfNode = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies['@types/node']
  const tarballs = Object.fromEntries(NAMES.map(each => [`@scalpdesk/${each}`, `file:../${each}.tgz`]))
  const manifest = {
    name: 'empty',
    private: true,
    type: 'module',
    dependencies: tarballs,
    devDependencies: { '@types/node': typesOfNode },
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(project, 'main.ts'), CONSUMER)
  const options = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    types: ['node'],
    outDir: 'out',
    lib: ['es2024', 'esnext.disposable'],
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['main.ts'] }))
  return project
}

async function compileAndRun(project: string): Promise<string> {
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', project], { timeout: SLOW_MS })
  const { stdout } = await run(process.execPath, [join(project, 'out/main.js'), broker.url, broker.apiKey], {
    // It must end by itself.
    timeout: 30_000,
  })
  return stdout
}

describe('the packed SDK in an empty project', () => {
  it('installs with npm, compiles, deals, and ends by itself', { timeout: SLOW_MS }, async () => {
    const project = emptyProject('with-npm')
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: project, timeout: SLOW_MS })
    expect(await compileAndRun(project)).toBe('accepted EUR\n')
  })

  it('installs with pnpm, compiles, deals, and ends by itself', { timeout: SLOW_MS }, async () => {
    const project = emptyProject('with-pnpm')
    const overrides = NAMES.map(each => `  '@scalpdesk/${each}': file:../${each}.tgz\n`).join('')
    writeFileSync(join(project, 'pnpm-workspace.yaml'), `overrides:\n${overrides}`)
    await pnpm(['install', '--prefer-offline'], project)
    expect(await compileAndRun(project)).toBe('accepted EUR\n')
  })

  it('holds no test, and nothing that an install would run', () => {
    const project = join(folder, 'with-npm/node_modules/@scalpdesk')
    for (const name of NAMES) {
      const files = readdirSync(join(project, name), { recursive: true }).map(String)
      expect(files.filter(file => /\.test\.|testing/.test(file))).toEqual([])
      const manifest = readFileSync(join(project, name, 'package.json'), 'utf8')
      expect(Object.keys(JSON.parse(manifest).scripts ?? {}).filter(script => /install/.test(script))).toEqual([])
    }
  })
})
