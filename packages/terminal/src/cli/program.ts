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
import type { ConfigRequest } from './config-command.ts'
import { configCommands } from './config-commands.ts'
import { credentialCommands, onlyMock } from './credential-commands.ts'
import { failureOf } from './failure-words.ts'
import { amount, choice, excerpt, file, files, minutes, speed, timeOrDay, wholeNumber } from './flag-values.ts'
import { refuseDayOfTape } from './from-flag.ts'
import { gateCommands } from './gate-commands.ts'
import { guardCommands } from './guard-commands.ts'
import { doctorCommand, initCommand } from './init-commands.ts'
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
import type { TrainOptions } from './train-command.ts'

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
    config: async request => {
      const { runConfig } = await import('./config-command.ts')
      status = await runConfig(request)
    },
    train: async options => {
      const { runTrain } = await import('./train-command.ts')
      status = await runTrain(options, at)
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
    verifyJournal: async files => {
      const { verifyJournal } = await import('./journal-command.ts')
      status = verifyJournal(files)
    },
    others(program) {
      const done = (ended: number): void => {
        status = ended
      }
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
  config(request: ConfigRequest): Promise<void>
  train(options: TrainOptions): Promise<void>
  verifyJournal(files: readonly string[]): Promise<void>
  /** Registers those that have a file of their own. */
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
  configCommands(program, actions.config)
  trainCommand(program, actions)
  recordCommand(program, actions)
  replayCommand(program, actions)
  journalCommand(program, actions)
  actions.others(program)
  completionCommand(program, actions.print)
  return program
}

function trainCommand(program: Command, actions: Actions): void {
  program
    .command('train')
    .description('practise the keys on drills; no broker, nothing is sent')
    .helpOption('-h, --help', 'print this help')
    .addOption(
      new Option('--profile <name>', 'the keys to practise: scalper or arrows')
        .default('scalper')
        .argParser(choice('--profile', ['scalper', 'arrows'])),
    )
    .addOption(new Option('--drills <number>', 'how many').default(40).argParser(wholeNumber('--drills', 1, 1_000)))
    .option('--seed <number>', 'seed of the drills and of the made-up price', wholeNumber('--seed', 0, 2 ** 32 - 1))
    .option('--replay <file...>', 'show the price of a tick file: FILE, EPIC=FILE, or EPIC~FILE', files('--replay'))
    .option('--history', 'show the results so far and which keys were best')
    .allowExcessArguments()
    .action((_options, command: Command) => {
      const [excess] = command.args
      if (excess !== undefined) throw misplaced(excess, 'train')
      // The program's own flags of these names take what is given, wherever it stands.
      const { replay, ...options } = command.optsWithGlobals<TrainFlags>()
      const idle = program.options.find(option => isIdleInTraining(program, option.attributeName()))
      if (idle) throw misplaced(idle.long ?? idle.flags, 'train')
      if (replay && replay.length > 1) throw misplaced('more than one --replay', 'train')
      return actions.train({ ...options, ...(replay?.[0] !== undefined && { replay: replay[0] }) })
    })
}

type TrainFlags = Omit<TrainOptions, 'replay'> & { readonly replay?: readonly string[] }

const isIdleInTraining = (program: Command, name: string): boolean =>
  program.getOptionValueSource(name) === 'cli' && !['seed', 'replay', 'color', 'linear'].includes(name)

function journalCommand(program: Command, actions: Actions): void {
  const journal = program
    .command('journal')
    .description('look into the journal; `journal verify FILE…` says whether it is as it was written')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .action((_options, { args: [name] }: Command) => {
      throw new ExitError(
        EXIT.usage,
        `expected journal verify FILE…, but got journal ${excerpt(name ?? '')}; see scalpdesk journal --help`,
      )
    })
  journal
    .command('verify')
    .description('check that no record is changed, missing, repeated or out of order; files in the order of their days')
    .helpOption('-h, --help', 'print this help')
    .argument('<file...>', 'files of one account, each following the one before', files('FILE'))
    .action((paths: readonly string[]) => actions.verifyJournal(paths))
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
