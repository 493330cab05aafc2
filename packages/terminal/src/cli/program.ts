import { Command, CommanderError, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { ENVIRONMENTS, type Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import type { Interruption } from '../interruption.ts'
import type { MockFlags } from '../session/embedded-mock.ts'
import type { Terminal } from '../terminal.ts'
import { backtestCommand } from './backtest-command.ts'
import { botCommands } from './bot-command.ts'
import { completionCommand } from './completion-command.ts'
import { configCommands } from './config-commands.ts'
import { credentialCommands, onlyMock } from './credential-commands.ts'
import { failureOf } from './failure-words.ts'
import { amount, choice, excerpt, file, files, minutes, speed, timeOrDay, wholeNumber } from './flag-values.ts'
import { refuseDayOfTape } from './from-flag.ts'
import { gateCommands } from './gate-commands.ts'
import { guardCommands } from './guard-commands.ts'
import { doctorCommand, initCommand } from './init-commands.ts'
import { journalCommands } from './journal-commands.ts'
import { lookCommands } from './look-commands.ts'
import { misplaced } from './misplaced.ts'
import type { MockCommandOptions } from './mock-command.ts'
import { refuseIdleTape } from './mock-settings.ts'
import { reportCommands } from './report-commands.ts'
import type { StartOptions } from './start-command.ts'
import { givenEnvironment } from './start-environment.ts'
import { recordCommand, replayCommand, type TapeActions } from './tape-commands.ts'
import { tellFailure } from './told-failure.ts'
import { tradeCommands } from './trade-commands.ts'
import { trainCommand } from './train-commands.ts'

/**
 * Reads the command line and runs what it asks for. Whatever goes wrong is told in one sentence on stderr.
 * @param at the terminal, already entered when the first picture is on it, and its signals; it is left before anything is
 * printed.
 * @returns the exit status.
 */
export async function runProgram(
  args: readonly string[],
  at: { readonly terminal: Terminal; readonly interruption: Interruption } | null,
): Promise<number> {
  // Only what the screen needs is loaded for it, and nothing of that for a command.
  const screen = at && (await import('./start-screen.ts'))
  const startUp = at && screen ? screen.startUpTerminal(at.terminal, at.interruption, screen.systemClock) : null
  let status: number = EXIT.done
  const done = (ended: number): void => {
    status = ended
  }
  const program = buildProgram({
    print(text) {
      at?.terminal.leave()
      process.stdout.write(text)
    },
    start: async options => {
      const { runStart } = screen ?? (await import('./start-screen.ts'))
      status = await runStart(options, startUp)
    },
    mock: async options => {
      const { runMock } = await import('./mock-command.ts')
      status = await runMock(options)
    },
    record: async options => {
      const { runRecord } = await import('./record-command.ts')
      status = await runRecord(options)
    },
    replay: async options => {
      onlyMock(options.env)
      const { runReplay } = await import('./replay-command.ts')
      status = await runReplay(options)
    },
    settings(program) {
      configCommands(program, done)
      trainCommand(program, done, at)
    },
    others(program) {
      journalCommands(program, done)
      credentialCommands(program, done)
      lookCommands(program, done)
      tradeCommands(program, done)
      reportCommands(program, done)
      guardCommands(program, done, () => givenEnvironment(program))
      botCommands(program, done)
      backtestCommand(program, done)
      initCommand(program, done, () => givenEnvironment(program))
      doctorCommand(program, done, () => givenEnvironment(program))
      gateCommands(program, done, async (name, color) => {
        const { drillRun } = await import('./drill-run.ts')
        const { runStart } = screen ?? (await import('./start-screen.ts'))
        done(await runStart({ color, environment: null }, startUp, drillRun(name)))
      })
    },
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return status
  } catch (error) {
    await startUp?.leave()
    // Help and version were asked for and have been printed.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done
    return tellFailure(failureOf(error))
  }
}

interface Actions extends TapeActions {
  print(text: string): void
  start(options: StartOptions): Promise<void>
  mock(options: MockCommandOptions): Promise<void>
  /** Registers those that have a file of their own, in the order of the help. */
  settings(program: Command): void
  others(program: Command): void
}

function buildProgram(actions: Actions): Command {
  const program = new Command('scalpdesk')
    .description('A terminal scalping client: one key buys, one sells, one closes everything.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    // Errors are told by runProgram, once the terminal is left.
    .configureOutput({ outputError: () => {}, writeErr: () => {}, writeOut: actions.print })
    .addOption(
      new Option('--env <name>', 'which broker: mock, demo or live; live is named here each time')
        .env('SCALPDESK_ENV')
        .default('mock')
        .argParser(choice('--env (or SCALPDESK_ENV)', ENVIRONMENTS)),
    )
    .option(
      '--epic <epic>',
      'a market to trade, also several times (default CS.D.EURUSD.CFD.IP)',
      (epic: string, earlier: readonly string[] = []) => [...earlier, epic],
    )
    .option('--size <contracts>', 'size of an entry', amount('--size', 'a size'))
    .option('--stop <points>', 'distance of the stop that each entry carries', amount('--stop', 'a distance in points'))
    .option(
      '--limit <points>',
      'distance of the limit that each entry carries',
      amount('--limit', 'a distance in points'),
    )
    .option('--linear', 'tell events as lines instead of drawing, for screen readers')
    .option(
      '--account <id>',
      'the account to act on, for commands (default: SCALPDESK_ACCOUNT, else the preferred one)',
    )
    .option('--json', 'print JSON instead of words, for commands')
    .option('--no-color', 'draw without colours (NO_COLOR does the same)')
    .allowExcessArguments()
    .hook('preAction', refuseDayOfTape)
  mockOptions(program)
  program.action(async (_options, command: Command) => {
    const [unknown] = command.args
    if (unknown !== undefined) throw unknownCommand(unknown)
    const ofCommands = (['account', 'json'] as const).find(name => program.getOptionValueSource(name) !== undefined)
    if (ofCommands !== undefined)
      throw new ExitError(EXIT.usage, `--${ofCommands} is for commands, but there is none; leave it out, or name one`)
    await actions.start({ ...withTape(command.opts<StartOptions>()), environment: givenEnvironment(program) })
  })
  const mock = program
    .command('mock')
    .description('run the mock broker alone; prints one line of JSON when it is ready')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .option('--port <number>', 'port to listen on (default: any free one)', wholeNumber('--port', 0, 65_535))
    .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
    .option('--legacy-items', 'stream MARKET and L1 too, which IG has retired and older clients ask for')
  mockOptions(mock)
  mock.action(async (_options, command: Command) => {
    const [excess] = command.args
    if (excess !== undefined) throw misplaced(excess)
    const ofScreen = SCREEN_FLAGS.find(name => program.getOptionValueSource(name) !== undefined)
    if (ofScreen !== undefined) throw misplaced(`--${ofScreen}`)
    onlyMock(program.getOptionValue('env') as Environment)
    await actions.mock(withTape(command.optsWithGlobals<MockCommandOptions>()))
  })
  actions.settings(program)
  recordCommand(program, actions)
  replayCommand(program, actions)
  actions.others(program)
  completionCommand(program, actions.print)
  return program
}

/** What drives the mock broker: the same words for the one inside and for `mock`. */
function mockOptions(command: Command): void {
  command
    .option(
      '--replay <file...>',
      'play tick files instead of synthetic markets: FILE, EPIC=FILE, or EPIC~FILE to map its prices onto that market',
      files('--replay'),
    )
    .option('--from <time>', 'begin the files at HH:MM or HH:MM:SS, UTC', timeOrDay('--from'))
    .option('--speed <factor>', 'how many times faster than it happened, or max', speed('--speed'))
    .option('--loop', 'begin the files again at their end')
    .option('--strict', 'refuse a file with a bad line instead of skipping the line')
    .option('--gap <minutes>', 'a longer silence in a file is a closed market (default 30)', minutes('--gap'))
    .option('--seed <number>', 'seed of the synthetic markets', wholeNumber('--seed', 0, 2 ** 32 - 1))
    .option('--faults <file>', 'what shall go wrong, as a JSON list', file('--faults'))
    .option(
      '--allowances <name>',
      'ig: refuse what goes beyond the published request allowances (default off)',
      choice('--allowances', ['off', 'ig']),
    )
}

/** @throws ExitError for a flag about tick files where there is none */
function withTape<Options extends MockFlags>(options: Options): Options {
  refuseIdleTape(options)
  return options
}

/** What says how the screen trades means nothing to a broker that runs alone. */
const SCREEN_FLAGS = ['epic', 'size', 'stop', 'limit', 'linear', 'account', 'json'] as const

function unknownCommand(name: string): ExitError {
  return new ExitError(EXIT.usage, `unknown command '${excerpt(name)}'; see scalpdesk --help`)
}
