import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { runNewBot } from './new-bot.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const run = promisify(execFile)

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'new-bot-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('makes a bot that type-checks, passes its tests and backtests as it is', async () => {
  const folder = join(emptyFolder(), 'first-bot')
  await runNewBot(folder, { env: null })
  // What an install brings; the packed packages themselves are tried where they are packed.
  mkdirSync(join(folder, 'node_modules/@scalpdesk'), { recursive: true })
  mkdirSync(join(folder, 'node_modules/@types'))
  symlinkSync(join(root, 'packages/bots'), join(folder, 'node_modules/@scalpdesk/bots'))
  symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'))
  await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder })
  const { stdout: tested } = await run(process.execPath, ['--test', 'bot.test.ts'], { cwd: folder })
  expect(tested).toMatch(/pass 2[\s\S]*fail 0/)
  const program = join(root, 'packages/terminal/dist/scalpdesk.js')
  const env = { ...process.env, SCALPDESK_HOME: folder, NO_COLOR: '1' }
  const { stdout: told } = await run(process.execPath, [program, 'backtest', 'bot.ts', '--replay', 'sample.tape'], {
    cwd: folder,
    env,
  })
  expect(told).toContain('first-bot')
  const replayed = ['bot', 'run', 'bot.ts', '--replay', 'sample.tape', '--param', 'patience=1m', '--json']
  const { stdout: ran } = await run(process.execPath, [program, ...replayed], { cwd: folder, env })
  expect(JSON.parse(ran.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    bot: 'first-bot',
    kind: 'end',
    isFailure: false,
    positions: 0,
  })
}, 120_000)

it('takes packed packages where no registry has them', async () => {
  const folder = emptyFolder()
  for (const name of ['scalpdesk-0.1.0.tgz', 'scalpdesk-bots-0.1.0.tgz', 'scalpdesk-sdk-0.1.0.tgz'])
    writeFileSync(join(folder, name), '')
  await runNewBot(join(folder, 'packed-bot'), { env: null, from: folder })
  expect(JSON.parse(readFileSync(join(folder, 'packed-bot/package.json'), 'utf8'))).toMatchObject({
    dependencies: { '@scalpdesk/bots': `file:${folder}/scalpdesk-bots-0.1.0.tgz` },
    overrides: { '@scalpdesk/sdk': `file:${folder}/scalpdesk-sdk-0.1.0.tgz` },
  })
  await expect(runNewBot(join(folder, 'other-bot'), { env: null, from: join(folder, 'packed-bot') })).rejects.toThrow(
    'expected packed packages such as scalpdesk-bots-0.1.0.tgz',
  )
})

it('refuses a name that is none, and a folder that has something in it', async () => {
  const folder = emptyFolder()
  await expect(runNewBot(join(folder, 'First Bot'), { env: null })).rejects.toThrow(
    'expected a name in lower-case words with hyphens, such as first-bot, but got First Bot',
  )
  const taken = join(folder, 'taken-bot')
  mkdirSync(taken)
  writeFileSync(join(taken, 'notes'), '')
  await expect(runNewBot(taken, { env: null })).rejects.toThrow('expected a new folder')
})
