import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const TUTORIAL = readFileSync(join(root, 'packages/bots/docs/tutorial.md'), 'utf8')

/** Every line of the tutorial that a reader types, in its order. */
const LINES = [...TUTORIAL.matchAll(/<!-- tutorial -->\s+```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
)

it('the tutorial leads from nothing to a bot that type-checks, passes its tests, backtests, replays and trades on the mock broker', async () => {
  expect(LINES.length).toBeGreaterThan(10)
  const top = mkdtempSync(join(tmpdir(), 'tutorial-'))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  const folder = join(top, 'first-bot')
  const env = { ...process.env, SCALPDESK_HOME: join(top, 'home'), SCALPDESK_URL: '', NO_COLOR: '1' }
  const said = new Map<string, string>()
  for (const line of LINES) said.set(line, await typed(line, folder, top, env))

  expect(said.get('npm test')).toMatch(/pass 2[\s\S]*fail 0/)
  expect(said.get('scalpdesk backtest bot.ts --replay sample.tape')).toContain('first-bot')
  const replayed = said.get('scalpdesk bot run bot.ts --replay sample.tape') ?? ''
  expect(replayed).toMatch(/first-bot opened [\s\S]*first-bot stopped, and holds nothing/)
  expect(said.get(LINES.at(-1) ?? '')).toContain('first-bot stops: its time is over')
}, 240_000)

/** A line as it is typed; what an install brings is laid there: the packed packages themselves are tried where they are packed. */
async function typed(line: string, folder: string, top: string, env: NodeJS.ProcessEnv): Promise<string> {
  const [program = '', ...args] = line.split(' ')
  const run = async (file: string, words: readonly string[], cwd = folder): Promise<string> =>
    (await promisify(execFile)(file, [...words], { cwd, env })).stdout
  if (line === 'npm install') {
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
    symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'))
    layBots(join(folder, 'node_modules/@scalpdesk/bots'))
    return ''
  }
  if (line === 'npm run check') return run(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
  if (line === 'npm test') return run(process.execPath, ['--test', 'bot.test.ts'])
  if (program === 'cd') return ''
  if (program !== 'scalpdesk') throw new Error(`expected a line of the tutorial that the test knows, but got ${line}`)
  const built = join(root, 'packages/terminal/dist/scalpdesk.js')
  return run(process.execPath, [built, ...args], args[1] === 'new' ? top : folder)
}

/** The types of the sources, and one file of JavaScript to run: what a strategy imports is loaded within the time that it has for its first tick. */
function layBots(folder: string): void {
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(root, 'packages/bots'), join(folder, 'source'))
  const exports = { '.': { types: './source/src/index.ts', default: './index.js' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: '@scalpdesk/bots', type: 'module', exports }))
  const built = pathToFileURL(join(root, 'packages/terminal/dist/bots.js'))
  writeFileSync(join(folder, 'index.js'), `export * from '${built.href}'\n`)
}
