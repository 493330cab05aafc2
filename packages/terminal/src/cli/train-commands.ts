import { type Command, Option } from 'commander'
import type { Interruption } from '../interruption.ts'
import type { Terminal } from '../terminal.ts'
import { choice, files, wholeNumber } from './flag-values.ts'
import { misplaced } from './misplaced.ts'
import type { TrainOptions } from './train-command.ts'

/** @param at the terminal and its signals where the program has them already */
export function trainCommand(
  program: Command,
  done: (status: number) => void,
  at: { readonly terminal: Terminal; readonly interruption: Interruption } | null,
): void {
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
    .action(async (_options, command: Command) => {
      const [excess] = command.args
      if (excess !== undefined) throw misplaced(excess, 'train')
      // The program's own flags of these names take what is given, wherever it stands.
      const { replay, ...options } = command.optsWithGlobals<TrainFlags>()
      const idle = program.options.find(option => isIdleInTraining(program, option.attributeName()))
      if (idle) throw misplaced(idle.long ?? idle.flags, 'train')
      if (replay && replay.length > 1) throw misplaced('more than one --replay', 'train')
      const { runTrain } = await import('./train-command.ts')
      done(await runTrain({ ...options, ...(replay?.[0] !== undefined && { replay: replay[0] }) }, at))
    })
}

type TrainFlags = Omit<TrainOptions, 'replay'> & { readonly replay?: readonly string[] }

const isIdleInTraining = (program: Command, name: string): boolean =>
  program.getOptionValueSource(name) === 'cli' && !['seed', 'replay', 'color', 'linear'].includes(name)
