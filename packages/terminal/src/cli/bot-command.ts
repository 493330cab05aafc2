import { type Command, Option } from 'commander'
import type { BotRunOptions } from '../bots/bot-run-options.ts'
import type { NewBotOptions } from '../bots/new-bot.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { amount, excerpt, files, speed, timeSpan, wholeNumber } from './flag-values.ts'
import { ownCommand } from './own-command.ts'

/** `bot run` and `bot new`. @param done takes the exit status */
export function botCommands(program: Command, done: (status: number) => void): void {
  const bot = program
    .command('bot')
    .description('bots: `bot run` and `bot new`')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .action((_options, { args: [name] }: Command) => {
      throw new ExitError(
        EXIT.usage,
        `expected bot run or bot new, but got bot ${excerpt(name ?? '')}; see scalpdesk bot --help`,
      )
    })
  const run: Command = ownCommand<BotRunOptions>(
    bot,
    'run [file...]',
    {
      description: 'run strategies through the one desk of the account, under its guard',
      examples: [
        ['scalpdesk bot run bot.ts --help', 'what the strategy can be told'],
        ['scalpdesk bot run mean-reversion.ts', 'on the mock broker inside, with made-up money'],
        ['scalpdesk bot run a.ts b.ts --env demo --max-loss 50', 'two bots over one desk of demo'],
        ['scalpdesk bot run a.ts --param length=40 --replay day.tape', 'on a recorded session, the same each time'],
      ],
      takes: ['epic', 'replay', 'speed', 'seed'],
      async run(names, options) {
        const { runBots } = await import('../bots/run-bots.ts')
        return runBots(names, options, () => run.helpInformation())
      },
    },
    done,
  )
    .helpOption(false)
    .option('-h, --help', 'print this help, and what FILE can be told')
    .option('--epic <epic>', "a market, also several times (default: the strategy's own)", several)
    .option('--preset <name>', 'the preset of the settings: its size is the largest of one order', notFlag('--preset'))
    .option('--param <name=value>', 'a parameter; NAME.name=value of one of several bots', several)
    .addOption(new Option('--set <name=value>', 'the same as --param').argParser(several))
    .option(
      '--max-loss <money>',
      'stops a bot that has lost so much on a day, booked and open, in all its runs',
      amount('--max-loss', 'an amount'),
    )
    .option('--max-size <contracts>', 'largest size of one order', amount('--max-size', 'a size'))
    .option(
      '--max-orders <number>',
      'most orders of a bot in a minute (default 30)',
      wholeNumber('--max-orders', 1, 600),
    )
    .option(
      '--max-positions <number>',
      'most positions and orders of a bot (default 10)',
      wholeNumber('--max-positions', 1, 100),
    )
    .option(
      '--confirm-live <account:epic>',
      'on live without a terminal: the account and a market that are meant, one for each market',
      several,
    )
    .option(
      '--warm-up <points>',
      "most bars to ask of the broker's history for a market and length of candles (default 1440; 0: indicators begin anew)",
      wholeNumber('--warm-up', 0, 10_000),
    )
    .option('--for <time>', 'ends after so long, such as 90s or 2h', timeSpan('--for'))
    .option('--seed <number>', "of the strategy's random numbers (default 1)", wholeNumber('--seed', 0, 2 ** 32 - 1))
    .option('--replay <file...>', 'run on recorded ticks: time stands until what was asked is done', files('--replay'))
    .option('--speed <factor>', 'with --replay: how many times faster than it happened (default max)', speed('--speed'))
  ownCommand<NewBotOptions>(
    bot,
    'new <name>',
    {
      description: 'make a folder with a bot that installs, type-checks, tests and backtests at once',
      examples: [['scalpdesk bot new first-bot', 'in ./first-bot']],
      run: async ([name = ''], options) => (await import('../bots/new-bot.ts')).runNewBot(name, options),
    },
    done,
  ).option(
    '--packages <folder>',
    'take the packages from the packed files in it instead of the registry',
    notFlag('--packages'),
  )
}

const several = (text: string, earlier: readonly string[] = []): readonly string[] => [...earlier, text]

function notFlag(flag: string): (text: string) => string {
  return text => {
    if (text !== '' && !text.startsWith('-')) return text
    throw new ExitError(EXIT.usage, `expected ${flag} to be a name, but got ${excerpt(text)}; write one`)
  }
}
