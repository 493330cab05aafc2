import type { Command } from 'commander'
import type { BacktestOptions } from './backtest/backtest-options.ts'
import { amount, choice, file, files, minutes, misused, timeOfDay, timeSpan, wholeNumber } from './flag-values.ts'
import { ownCommand } from './own-command.ts'

/** `backtest FILE --replay TICKS…`. @param done takes the exit status */
export function backtestCommand(program: Command, done: (status: number) => void): void {
  const command: Command = ownCommand<BacktestOptions>(
    program,
    'backtest [file]',
    {
      description: 'play tick files to a strategy, with the fills of the mock broker and the guard of the desk',
      examples: [
        ['scalpdesk backtest bot.ts --help', 'what the strategy can be told'],
        ['scalpdesk backtest bot.ts --replay CS.D.EURUSD.CFD.IP=eurusd.csv.gz --report day.html', 'one run'],
        [
          'scalpdesk backtest bot.ts --replay eurusd.tape --set fast=10 --latency 40 --slippage 0.2:2',
          'a rougher world',
        ],
        ['scalpdesk backtest bot.ts --replay eurusd.tape --sweep fast=5..50:5 --sweep slow', 'which figures are best'],
        [
          'scalpdesk backtest bot.ts --replay eurusd.tape --sweep fast --walk-forward 5',
          'would that have been known before?',
        ],
      ],
      takes: ['replay', 'from', 'strict', 'seed'],
      run: async ([strategy], options) => {
        const { runBacktest } = await import('./backtest/run-backtest.ts')
        return runBacktest(strategy, options, () => command.helpInformation())
      },
    },
    done,
  )
    .helpOption(false)
    .option('-h, --help', 'print this help, and what FILE can be told')
    .option('--replay <ticks...>', 'tick files: FILE, EPIC=FILE, or EPIC~FILE', files('--replay'))
    .option('--from <time>', 'begin the files at HH:MM or HH:MM:SS, UTC', timeOfDay('--from'))
    .option('--strict', 'refuse a file with a bad line instead of skipping the line')
    .option(
      '--seed <number>',
      'seed of randomness, deal ids and dealing conditions (default 1)',
      wholeNumber('--seed', 0, 2 ** 32 - 1),
    )
    .option('--set <name=value...>', 'parameters of the strategy', assignments('--set'))
    .option('--cash <money>', 'of the account at the start (default 10000)', amount('--cash', 'money'))
    .option(
      '--currency <code>',
      'of the account: EUR, GBP or USD (default EUR)',
      choice('--currency', ['EUR', 'GBP', 'USD']),
    )
    .option(
      '--warm-up <time>',
      'ticks of so long at the start are for candles and indicators alone, such as 30m or 4h',
      timeSpan('--warm-up'),
    )
    .option(
      '--latency <ms>',
      'from the decision to the deal, and again until it is known',
      wholeNumber('--latency', 0, 60_000),
    )
    .option(
      '--slippage <chance:points>',
      'how often, and by how many whole points at most, a deal is worse than seen',
      chanceOf('--slippage'),
    )
    .option('--requotes <chance>', 'how often the price is gone, from 0 to 1', chance('--requotes'))
    .option('--partial <chance>', 'how often only a part is there, from 0 to 1', chance('--partial'))
    .option('--no-guard', "without the limits of the settings' guard")
    .option('--report <file...>', 'write the report: .html, .json or .md', reports)
    .option(
      '--sweep <axis...>',
      'try NAME=FROM..TO:STEP, NAME=A,B,C or NAME: every combination',
      assignments('--sweep'),
    )
    .option(
      '--tries <number>',
      'at most so many combinations, drawn by the seed (default 1000)',
      wholeNumber('--tries', 1, 1_000_000),
    )
    .option(
      '--objective <name>',
      'best in: net, net-per-drawdown, profit-factor or expectancy',
      choice('--objective', ['net', 'net-per-drawdown', 'profit-factor', 'expectancy']),
    )
    .option(
      '--out-of-sample <percent>',
      'of the time, at its end, that the choice must not know (default 30)',
      wholeNumber('--out-of-sample', 0, 90),
    )
    .option(
      '--walk-forward <steps>',
      'choose anew so many times, each judged by what came after',
      wholeNumber('--walk-forward', 1, 100),
    )
    .option('--threads <number>', 'for sweeps (default: one for each core)', wholeNumber('--threads', 1, 64))
    .option(
      '--call-limit <seconds>',
      'how long the strategy may take over one tick (default 5)',
      minutes('--call-limit'),
    )
    .option('--memory <megabytes>', 'how much memory a run may take (default 512)', wholeNumber('--memory', 64, 16_384))
}

const assignments =
  (flag: string) =>
  (text: string, earlier: readonly string[] = []): readonly string[] => {
    if (/^[a-z][A-Za-z0-9]*(=.+)?$/s.test(text) && (flag === '--sweep' || text.includes('='))) return [...earlier, text]
    throw misused(flag, flag === '--set' ? 'NAME=VALUE' : 'NAME=FROM..TO:STEP, NAME=A,B,C or NAME', text)
  }

const chance =
  (flag: string) =>
  (text: string): number => {
    if (/^(0(\.\d+)?|1)$/.test(text)) return Number(text)
    throw misused(flag, 'a chance from 0 to 1 such as 0.1', text)
  }

const chanceOf =
  (flag: string) =>
  (text: string): { readonly chance: number; readonly points: number } => {
    const [, often = '', points = ''] = /^([\d.]+):(\d{1,4})$/.exec(text) ?? []
    if (/^(0(\.\d+)?|1)$/.test(often) && Number(points) >= 1) return { chance: Number(often), points: Number(points) }
    throw misused(flag, 'a chance from 0 to 1 and whole points from 1, such as 0.2:3', text)
  }

function reports(text: string, earlier: readonly string[] = []): readonly string[] {
  if (/\.(html|json|md)$/.test(file('--report')(text))) return [...earlier, text]
  throw misused('--report', 'a file that ends in .html, .json or .md', text)
}
