import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import type { Terminal } from '../terminal.ts'
import { type MockCommandOptions, runMock } from './mock-command.ts'
import { runStart, type StartOptions } from './start-command.ts'

/**
 * Reads the command line and runs what it asks for.
 * @param terminal already entered when the first picture is on the screen; every error leaves it first.
 * @returns the exit status.
 */
export async function runProgram(args: readonly string[], terminal: Terminal | null): Promise<number> {
  let status: number = EXIT.done
  const program = buildProgram({
    start: async options => {
      status = await runStart(options, terminal)
    },
    mock: async options => {
      status = await runMock(options)
    },
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return status
  } catch (error) {
    terminal?.leave()
    return report(error)
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version were asked for and printed; everything else is a wrong command line.
    return error.exitCode === 0 ? EXIT.done : EXIT.usage
  }
  const status = error instanceof ExitError ? error.status : EXIT.failed
  process.stderr.write(`scalpdesk: ${printable(error instanceof Error ? error.message : String(error))}\n`)
  return status
}

interface Actions {
  start(options: StartOptions): Promise<void>
  mock(options: MockCommandOptions): Promise<void>
}

function buildProgram(actions: Actions): Command {
  const program = new Command('scalpdesk')
    .description('A terminal scalping client: one key buys, one sells, one closes everything.')
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ outputError: (text, write) => write(`scalpdesk: ${printable(oneLine(text))}\n`) })
    .addOption(new Option('--env <name>', 'which broker to trade on').choices(['mock']).default('mock'))
    .option('--epic <epic>', 'the market to trade (default CS.D.EURUSD.CFD.IP)')
    .option('--size <contracts>', 'size of an entry', text => amount(text, 'a size'))
    .option('--stop <points>', 'distance of the stop that each entry carries', text =>
      amount(text, 'a distance in points'),
    )
    .option('--limit <points>', 'distance of the limit that each entry carries', text =>
      amount(text, 'a distance in points'),
    )
    .option('--no-color', 'draw without colours (NO_COLOR does the same)')
    .allowExcessArguments(false)
  replayOptions(program)
  program.action(async (_options, command: Command) => {
    const [unknown] = command.args
    if (unknown !== undefined)
      throw new ExitError(EXIT.usage, `expected a command such as mock, but got ${unknown}; try scalpdesk --help`)
    await actions.start(command.opts<StartOptions>())
  })
  const mock = program
    .command('mock')
    .description('run the mock broker alone; prints one line of JSON when it is ready')
    .exitOverride()
    .allowExcessArguments(false)
    .option('--port <number>', 'port to listen on (default: any free one)', text => wholeNumber(text, 0, 65_535))
    .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
  replayOptions(mock)
  mock.action(async (_options, command: Command) => actions.mock(command.optsWithGlobals<MockCommandOptions>()))
  return program
}

/** What drives the mock broker's prices: the same words for the screen and for `mock`. */
function replayOptions(command: Command): void {
  command
    .option('--replay <file...>', 'play these tick files instead of a synthetic market')
    .option('--from <time>', 'begin the files at HH:MM or HH:MM:SS, UTC', timeOfDay)
    .option('--speed <factor>', 'how many times faster than it happened, or max', speed)
    .option('--loop', 'begin the files again at their end')
    .option('--strict', 'refuse a file with a bad line instead of skipping the line')
    .option('--seed <number>', 'seed of the synthetic market', text => wholeNumber(text, 0, 2 ** 32 - 1))
}

function amount(text: string, what: string): string {
  if (/^\d{1,9}(\.\d{1,12})?$/.test(text) && Number(text) > 0) return text
  throw new InvalidArgumentError(`expected ${what} above 0 such as 1 or 0.5.`)
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`)
}

function timeOfDay(text: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)) return text
  throw new InvalidArgumentError('expected a time of day such as 12:30 or 12:30:05.')
}

function speed(text: string): number | 'max' {
  if (text === 'max') return 'max'
  const value = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= 1_000_000) return value
  throw new InvalidArgumentError('expected a factor above 0 such as 1, 0.5 or 10, or the word max.')
}

const oneLine = (text: string): string =>
  text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
