import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openTerminal } from '../src/terminal-session.ts'
import { command, pathWith } from './command.ts'
import type { Tarball } from './tarballs.ts'

/** A program that `npm install -g` put into an empty prefix, run far from the checkout. */
export interface GlobalCommand {
  readonly prefix: string
  /** Where it is run. */
  readonly away: string
  /** Where it keeps what is its user's. */
  readonly home: string
  /** Runs it to its end: what it printed. */
  run(...args: readonly string[]): Promise<string>
  /** Buys, closes everything and quits by three keys on the screen: what it showed before it quit. @throws when it did not do so */
  tradeByKeys(): Promise<string>
  /** Starts the mock broker alone, signs in to it, and stops it: the status of the answer. */
  serveMock(): Promise<number>
}

/** The word alone: the broker reports nothing open. */
const FLAT = /^ *FLAT *$/m

/**
 * @param network `none`: npm may ask nobody and has nothing kept, so that optional parts stay out.
 */
export async function installedGlobally(
  folder: string,
  tarball: Tarball,
  network: 'none' | 'registry',
  node: string = process.execPath,
): Promise<GlobalCommand> {
  const prefix = join(folder, 'prefix')
  const home = join(folder, 'home')
  const away = join(folder, 'away')
  for (const each of [prefix, home, away]) mkdirSync(each, { recursive: true })
  const alone = network === 'none' ? ['--offline', '--cache', join(folder, 'empty-cache')] : ['--prefer-offline']
  await command('npm', ['install', '-g', '--prefix', prefix, '--no-audit', '--no-fund', ...alone, tarball.file], {
    cwd: away,
    node,
  })
  const [name = ''] = Object.keys(tarball.manifest.bin ?? {})
  const program = join(prefix, 'bin', name)
  const env = { HOME: home, SCALPDESK_HOME: join(home, '.scalpdesk'), PATH: pathWith(node) }

  return {
    prefix,
    away,
    home: env.SCALPDESK_HOME,
    run: (...args) => command(program, args, { cwd: away, node, env }),
    async tradeByKeys() {
      const terminal = openTerminal({ command: program, columns: 120, rows: 40, cwd: away, env })
      try {
        await terminal.waitForScreen(FLAT, 30_000)
        terminal.type('b')
        await terminal.waitForScreen(screen => /FILLED: BOUGHT/.test(screen) && !FLAT.test(screen), 30_000)
        terminal.type(' ')
        const last = await terminal.waitForScreen(screen => /CLOSED: BUY/.test(screen) && FLAT.test(screen), 30_000)
        terminal.type('q')
        const { code } = await terminal.exited
        if (code !== 0) throw new Error(`expected the program to end well, but its status was ${code}`)
        return last
      } finally {
        terminal.kill('SIGKILL')
      }
    },
    async serveMock() {
      const mock = spawn(program, ['mock', '--port', '0'], { cwd: away, env, stdio: ['ignore', 'pipe', 'inherit'] })
      try {
        const [line] = (await once(createInterface(mock.stdout), 'line')) as [string]
        const { url, apiKey, username, password } = JSON.parse(line) as Record<string, string>
        const answer = await fetch(`${url}/session`, {
          method: 'POST',
          headers: { 'X-IG-API-KEY': apiKey ?? '', Version: '2' },
          body: JSON.stringify({ identifier: username, password }),
        })
        return answer.status
      } finally {
        mock.kill('SIGTERM')
        await once(mock, 'exit')
      }
    },
  }
}
