import { join } from 'node:path'
import { command } from './command.ts'
import type { Installer } from './empty-project.ts'
import type { GlobalCommand } from './global-command.ts'

const NAME = 'stranger-bot'

/**
 * A stranger's first bot: made by the packed program far from the checkout, installed from the packed files, and taken through every command of its
 * README that needs no account.
 * @param tarballs the folder of the packed files: no registry has them yet
 * @returns what it did, in words @throws with what the command said that failed
 */
export async function newBot(
  program: GlobalCommand,
  tarballs: string,
  installer: Installer,
  node: string = process.execPath,
): Promise<string> {
  const name = `${NAME}-${installer}`
  await program.run('bot', 'new', name, '--packages', tarballs)
  const cwd = join(program.away, name)
  const home = { HOME: program.home, SCALPDESK_HOME: program.home, NO_COLOR: '1' }
  const run = (...words: readonly string[]): Promise<string> => command(installer, words, { cwd, node, env: home })
  await run('install', '--prefer-offline', ...(installer === 'npm' ? ['--no-audit', '--no-fund'] : []))
  await run('run', 'check')
  const tested = await run('test')
  if (!/^. pass 2$/m.test(tested) || !/^. fail 0$/m.test(tested))
    throw new Error(`expected two tests of a new bot to pass, but they said:\n${tested}`)
  const played = await run('run', 'backtest')
  const trades = /(\d+) trades/.exec(played)?.[1]
  const own = join(cwd, 'node_modules/.bin/scalpdesk')
  const live = await command(own, ['bot', 'run', 'bot.ts', '--for', '3s'], { cwd, node, env: home })
  if (!live.includes(`${name} stops: its time is over`))
    throw new Error(`expected a new bot to run for three seconds, but it said:\n${live}`)
  return `${name} installed, was checked and tested, backtested (${trades ?? 'no'} trades) and ran on the mock broker`
}
