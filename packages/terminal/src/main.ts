#!/usr/bin/env node
/**
 * The `scalpdesk` command. Paints the first picture before anything heavy is loaded, then hands over.
 */
import nodeModule from 'node:module'
import manifest from '../package.json' with { type: 'json' }
import { COMMAND_NAMES } from './cli/command-names.ts'
import { isOnMockForSure, mayBeLinear } from './cli/early-look.ts'
import { listenForSignals } from './interruption.ts'
import { tooOld } from './node-version.ts'
import { printable } from './printable.ts'
import { skeleton } from './screen/skeleton.ts'
import { SMALLEST_SCREEN } from './screen/view.ts'
import type { EarlyMock } from './session/embedded-mock.ts'
import { openTerminal } from './terminal.ts'

const refusal = tooOld(process.versions.node)
if (refusal !== null) {
  process.stderr.write(`scalpdesk: ${refusal}\n`)
  process.exit(1)
}
const args = process.argv.slice(2)
// Before anything is loaded for more than that.
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${manifest.version}\n`)
  process.exit(0)
}
const wantsScreen = args.every(isScreenFlag)
const terminal = wantsScreen ? openTerminal() : null
const interruption = terminal ? listenForSignals() : null

// What is told as lines must not take the whole screen first, not even for a moment.
if (
  terminal &&
  !mayBeLinear(args, process.env) &&
  terminal.columns >= SMALLEST_SCREEN.columns &&
  terminal.rows >= SMALLEST_SCREEN.rows
) {
  terminal.enter(skeleton(terminal.columns, terminal.rows, 'scalpdesk'))
}
// Whatever ends the program, the terminal gets its modes back.
process.on('exit', () => terminal?.leave())
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, error => {
    terminal?.leave()
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`scalpdesk: stopped by a fault of its own: ${told.split('\n').map(printable).join('\n')}\n`)
    process.exit(1)
  })

// Not by their names: an older Node has none to import, and would say that instead of what it is told above.
nodeModule.enableCompileCache()
// For the threads: each asks for it by this variable.
const compiled = nodeModule.getCompileCacheDir()
if (compiled !== undefined) process.env.NODE_COMPILE_CACHE = compiled
const at = terminal && interruption && { terminal, interruption }
process.exit(await run())

async function run(): Promise<number> {
  // Most starts say nothing more, and need nothing that reads a command line.
  if (args.length === 0 && process.env.SCALPDESK_ENV === undefined) {
    const mock = terminal?.isEntered && isOnMockForSure(args, process.env) ? await earlyMock() : null
    const { bareStart } = await import('./cli/bare-start.ts')
    return bareStart(at, mock)
  }
  const { runProgram } = await import('./cli/program.ts')
  return runProgram(args, at)
}

/** The mock broker loads on its own thread while the rest loads on this one. */
async function earlyMock(): Promise<EarlyMock> {
  const { startEmbeddedMock } = await import('./session/embedded-mock.ts')
  const started = startEmbeddedMock({}, new URL('./mock-worker.js', import.meta.url))
  // Told to whoever waits for it, and that is later.
  started.catch(() => {})
  return { started }
}

/** A guess that costs nothing: no command, no help; the real reading of the flags comes later and may still refuse. */
function isScreenFlag(arg: string, index: number): boolean {
  if (['--help', '-h', '--version', '-V'].includes(arg)) return false
  // A drill has the screen, and its name may be a command's as well.
  if (arg === 'drill' || args[index - 1] === 'drill') return true
  if (index === 0 && !arg.startsWith('-')) return false
  // The name of the environment, not of the command.
  return args[index - 1] === '--env' || !COMMAND_NAMES.includes(arg)
}
