import { RESOLUTIONS } from '@scalpdesk/sdk/resolutions'
import { type Command, Option } from 'commander'
import type { CommonOptions } from './command-context.ts'
import { choice, wholeNumber } from './flag-values.ts'
import type { PricesOptions } from './look/prices.ts'
import type { WatchOptions } from './look/watch.ts'
import { ownCommand } from './own-command.ts'

/** `markets`, `market`, `prices`, `watch`, `positions` and `orders`: they look, and send no order. @param done takes the exit status */
export function lookCommands(program: Command, done: (status: number) => void): void {
  ownCommand<CommonOptions>(
    program,
    'markets <text>',
    {
      description: 'search markets by a part of their name',
      examples: [
        ['scalpdesk markets EUR', 'markets with EUR in their name, with their epics'],
        ['scalpdesk --env demo markets "Germany 40" --json', 'the same for scripts, on demo'],
      ],
      run: async ([text = ''], options) => (await import('./look/markets.ts')).runMarkets(text, options),
    },
    done,
  )
  ownCommand<CommonOptions>(
    program,
    'market <epic>',
    {
      description: 'show a market with its price and its dealing rules',
      examples: [['scalpdesk market CS.D.EURUSD.CFD.IP', 'smallest size, distances of stops, margin, opening hours']],
      run: async ([epic = ''], options) => (await import('./look/market.ts')).runMarket(epic, options),
    },
    done,
  )
  ownCommand<PricesOptions>(
    program,
    'prices <epic>',
    {
      description: 'show the latest candles of a market; each takes a point of the weekly allowance',
      examples: [
        ['scalpdesk prices CS.D.EURUSD.CFD.IP --resolution hour --points 24', 'the last day, by the hour'],
        ['scalpdesk prices CS.D.EURUSD.CFD.IP --json', 'the last ten minutes for scripts'],
      ],
      run: async ([epic = ''], options) => (await import('./look/prices.ts')).runPrices(epic, options),
    },
    done,
  )
    .addOption(
      new Option('--resolution <name>', `how long a candle is: ${RESOLUTIONS.join(', ')}`)
        .default('minute')
        .argParser(choice('--resolution', RESOLUTIONS)),
    )
    .addOption(new Option('--points <number>', 'how many').default(10).argParser(wholeNumber('--points', 1, 1_000)))
  ownCommand<WatchOptions>(
    program,
    'watch <epic...>',
    {
      description: 'print live quotes, a line each, until Ctrl-C',
      examples: [
        ['scalpdesk watch CS.D.EURUSD.CFD.IP IX.D.DAX.IFD.IP', 'both as they come'],
        ['scalpdesk watch CS.D.EURUSD.CFD.IP --json --count 100', 'a hundred quotes, a JSON document a line'],
      ],
      run: async (epics, options) => (await import('./look/watch.ts')).runWatch(epics, options),
    },
    done,
  ).option('--count <number>', 'end after so many quotes', wholeNumber('--count', 1, 1_000_000_000))
  ownCommand<CommonOptions>(
    program,
    'positions',
    {
      description: 'list what is open, as the broker says it',
      examples: [
        ['scalpdesk positions', 'deals, sides, sizes, levels and stops'],
        ["scalpdesk positions --json | jq -r '.positions[].dealId'", 'the ids of the deals'],
      ],
      run: async (_words, options) => (await import('./look/positions.ts')).runPositions(options),
    },
    done,
  )
  ownCommand<CommonOptions>(
    program,
    'orders',
    {
      description: 'list the working orders, as the broker says it',
      examples: [['scalpdesk orders', 'what rests, at which level, until when']],
      run: async (_words, options) => (await import('./look/orders.ts')).runOrders(options),
    },
    done,
  )
}
