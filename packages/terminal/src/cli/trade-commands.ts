import { type Command, Option } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'
import type { CommonOptions } from './command-context.ts'
import { amount, choice, excerpt } from './flag-values.ts'
import { ownCommand } from './own-command.ts'
import type { EnterOptions } from './trade/enter.ts'
import type { CloseOptions, FlattenOptions } from './trade/leave.ts'
import type { StopOptions } from './trade/legs.ts'
import type { AmendOptions, PlaceOptions } from './trade/working-orders.ts'

/** `buy`, `sell`, `close`, `flatten`, `stop` and `order`: each goes through the desk of the account. @param done takes the exit status */
export function tradeCommands(program: Command, done: (status: number) => void): void {
  for (const side of ['buy', 'sell'] as const)
    ownCommand<EnterOptions>(
      program,
      `${side} <epic>`,
      {
        description: `${side} at the market, and say what became of it; what is left out is as in the preset`,
        examples: [
          [`scalpdesk ${side} CS.D.EURUSD.CFD.IP --size 1 --stop 15`, 'one contract, its stop 15 points away'],
          [
            `scalpdesk ${side} CS.D.EURUSD.CFD.IP --stop 15 --limit 30 --json`,
            "the preset's size; the outcome for scripts",
          ],
          [`scalpdesk ${side} CS.D.EURUSD.CFD.IP --trailing 20:5`, 'a stop 20 points away that follows in steps of 5'],
        ],
        takes: ['size', 'stop', 'limit'],
        run: async ([epic = ''], options) =>
          (await import('./trade/enter.ts')).runEnter(side === 'buy' ? 'BUY' : 'SELL', epic, options),
      },
      done,
    )
      .option('--size <contracts>', 'size', amount('--size', 'a size'))
      .option('--stop <points>', 'distance of its stop', amount('--stop', 'a distance in points'))
      .option('--no-stop', 'without a stop, whatever the preset says')
      .option('--limit <points>', 'distance of its limit', amount('--limit', 'a distance in points'))
      .option('--trailing <points:step>', 'a stop that follows the price', trailing)
      .option('--guaranteed', 'the stop of --stop is a guaranteed one')
      .addOption(confirmLive())
  ownCommand<CloseOptions>(
    program,
    'close <dealId>',
    {
      description: 'close a position, or a part of it, and say what became of it',
      examples: [
        ['scalpdesk close DIAAAABC123', 'all of it'],
        ['scalpdesk close DIAAAABC123 --size 0.5', 'half a contract of it'],
      ],
      takes: ['size'],
      run: async ([dealId = ''], options) => (await import('./trade/leave.ts')).runClose(dealId, options),
    },
    done,
  ).option('--size <contracts>', 'no more than this of it', amount('--size', 'a size'))
  ownCommand<FlattenOptions>(
    program,
    'flatten',
    {
      description: 'cancel all working orders and close all positions, until the broker reports none',
      examples: [
        ['scalpdesk flatten', 'the whole account'],
        ['scalpdesk flatten --epic CS.D.EURUSD.CFD.IP', 'one market'],
      ],
      takes: ['epic'],
      run: async (_words, options) => (await import('./trade/leave.ts')).runFlatten(options),
    },
    done,
  ).option('--epic <epic>', 'only this market', (epic: string, earlier: readonly string[] = []) => [...earlier, epic])
  const points = (flag: string) => amount(flag, 'a distance in points')
  ownCommand<StopOptions>(
    program,
    'stop <dealId>',
    {
      description: 'move the stop of a position',
      examples: [
        ['scalpdesk stop DIAAAABC123 --level 1.0835', 'to a level'],
        ['scalpdesk stop DIAAAABC123 --points 10', 'to 10 points from the level at which it was opened'],
        ['scalpdesk stop DIAAAABC123 --breakeven', 'to the level at which it was opened'],
        ['scalpdesk stop DIAAAABC123 --trailing 20:5', 'follows the price at 20 points in steps of 5'],
      ],
      run: async ([dealId = ''], options) => (await import('./trade/legs.ts')).runStop(dealId, options),
    },
    done,
  )
    .option('--level <level>', 'to this level', amount('--level', 'a level'))
    .option('--points <points>', 'so far from the level at which it was opened', points('--points'))
    .option('--breakeven', 'to the level at which it was opened')
    .option('--tighten <points>', 'so much nearer to the price', points('--tighten'))
    .option('--trailing <points:step>', 'follows the price', trailing)
    .option('--no-trailing', 'stays where it is')
    .addOption(confirmLive())
  orderCommands(program, done)
}

function orderCommands(program: Command, done: (status: number) => void): void {
  const order = program
    .command('order')
    .description('working orders: `order place`, `order amend` and `order cancel`')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments()
    .action((_options, { args: [name] }: Command) => {
      throw new ExitError(
        EXIT.usage,
        `expected order place, amend or cancel, but got order ${excerpt(name ?? '')}; see scalpdesk order --help`,
      )
    })
  const level = amount('--level', 'a level')
  const stop = amount('--stop', 'a distance in points')
  const limit = amount('--limit', 'a distance in points')
  ownCommand<PlaceOptions>(
    order,
    'place <side> <epic>',
    {
      description: 'rest an order to buy or sell at a level; what is left out is as in the preset',
      examples: [
        [
          'scalpdesk order place buy CS.D.EURUSD.CFD.IP --level 1.08 --size 1 --stop 15',
          'buys when the price falls to 1.08',
        ],
        [
          'scalpdesk order place sell CS.D.EURUSD.CFD.IP --type stop --level 1.07 --until 2026-01-05T16:00Z',
          'sells when the price falls to 1.07, until then',
        ],
      ],
      takes: ['size', 'stop', 'limit'],
      run: async ([side = '', epic = ''], options) =>
        (await import('./trade/working-orders.ts')).runPlace(side, epic, options),
    },
    done,
  )
    .option('--level <level>', 'at which it deals', level)
    .addOption(
      new Option('--type <name>', 'limit: at a better price than now; stop: at a worse one')
        .default('limit')
        .argParser(choice('--type', ['limit', 'stop'])),
    )
    .option('--size <contracts>', 'size', amount('--size', 'a size'))
    .option('--stop <points>', 'distance of its stop', stop)
    .option('--no-stop', 'without a stop, whatever the preset says')
    .option('--limit <points>', 'distance of its limit', limit)
    .option('--until <time>', 'rests until then, UTC (default: until it is cancelled)')
    .addOption(confirmLive())
  ownCommand<AmendOptions>(
    order,
    'amend <dealId>',
    {
      description: 'cancel a working order and place it anew as it shall be; it gets another deal id',
      examples: [['scalpdesk order amend DIAAAABC123 --level 1.0795 --stop 10', 'another level and stop']],
      takes: ['stop', 'limit'],
      run: async ([dealId = ''], options) => (await import('./trade/working-orders.ts')).runAmend(dealId, options),
    },
    done,
  )
    .option('--level <level>', 'at which it deals', level)
    .option('--stop <points>', 'distance of its stop', stop)
    .option('--no-stop', 'without a stop')
    .option('--limit <points>', 'distance of its limit', limit)
    .option('--no-limit', 'without a limit')
    .option('--until <time>', 'rests until then, UTC')
    .addOption(confirmLive())
  ownCommand<CommonOptions>(
    order,
    'cancel <dealId>',
    {
      description: 'cancel a working order',
      examples: [['scalpdesk order cancel DIAAAABC123', 'and say whether it is gone']],
      run: async ([dealId = ''], options) => (await import('./trade/working-orders.ts')).runCancel(dealId, options),
    },
    done,
  )
}

/** On live, in the place of a sentence that a person types. */
const confirmLive = (): Option =>
  new Option('--confirm-live <account:epic>', 'on live without a terminal: the account and the market that are meant')

/** Two distances; that they make sense in the market its rules say. */
function trailing(text: string): string {
  const [distance = '', step = '', ...rest] = text.split(':')
  const takes = 'a distance and a step in points above 0 such as 20:5'
  const part = amount('--trailing', takes)
  if (rest.length > 0 || !text.includes(':')) part('')
  part(distance)
  part(step)
  return text
}
