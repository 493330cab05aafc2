import { type Market, markets, sampleTape } from '@scalpdesk/mock-broker/engine'

/** Files of a new bot: by their path inside its folder. */
export type Scaffold = Readonly<Record<string, string>>

export interface ScaffoldOptions {
  /** Lower-case words with hyphens; of the package, the folder and the strategy. */
  readonly name: string
  /** Of the packages that it stands on: a version, or where they lie. */
  readonly bots: string
  readonly program: string
  /** For what those packages need of one another where no registry has them; null: the registry has them. */
  readonly overrides: Readonly<Record<string, string>> | null
}

/** @returns what is wrong with a name; null when nothing is */
export function nameProblem(name: string): string | null {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 60) return null
  return `expected a name in lower-case words with hyphens, such as first-bot, but got ${name.slice(0, 60) || 'nothing'}; choose another`
}

/** A bot that installs, type-checks, tests and backtests as it is. */
export function scaffold({ name, bots, program, overrides }: ScaffoldOptions): Scaffold {
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.19' },
    scripts: {
      check: 'tsc',
      test: 'node --test bot.test.ts',
      backtest: 'scalpdesk backtest bot.ts --replay sample.tape',
      start: 'scalpdesk bot run bot.ts',
    },
    dependencies: { [BOTS]: bots },
    devDependencies: { '@types/node': '^24.0.0', scalpdesk: program, typescript: '^7.0.0' },
    ...(overrides && { overrides }),
  }
  return {
    'package.json': json(manifest),
    'tsconfig.json': json({ compilerOptions: COMPILER_OPTIONS, include: ['*.ts'] }),
    '.gitignore': 'node_modules/\n',
    'README.md': readme(name),
    'bot.ts': BOT.replace('NAME', name),
    'bot.test.ts': TEST,
    'sample.tape': tape(),
    'pnpm-workspace.yaml': json({ allowBuilds: NO_BUILDS, ...(overrides && { overrides }) }),
  }
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

const COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** pnpm ends an install where nobody has said whether a package's script runs. The keychain's carries what the script would fetch. */
const NO_BUILDS = { '@github/keytar': false }

const BOTS = '@scalpdesk/bots'

const BOT = `import { buy, close, defineStrategy, duration, integer, number, sell } from '${BOTS}'

// Enters the way of the fast average, and leaves after a while: the rule to change first.
export default defineStrategy({
  name: 'NAME',
  about: 'Follows the fast average for a while.',
  parameters: {
    fast: integer({ default: 10, min: 2, max: 500, about: 'ticks' }),
    slow: integer({ default: 50, min: 3, max: 2000, about: 'ticks' }),
    stopPoints: number({ default: 8, min: 1, max: 100, step: 1 }),
    patience: duration({ default: '30s', min: '1s', max: '1h', about: 'how long a position is held' }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  indicators: (kit, { fast, slow }) => ({ fast: kit.on('tick').ema(fast), slow: kit.on('tick').ema(slow) }),
  decide({ indicators, parameters, position, isBusy, nowMs }) {
    const { fast, slow } = indicators
    if (!slow.isReady || isBusy) return null
    if (position) return nowMs - position.openedAtMs >= parameters.patience ? close(position.dealId) : null
    const legs = { stop: parameters.stopPoints }
    return fast.value > slow.value ? buy(1, legs) : sell(1, legs)
  },
})
`

const TEST = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backtest, openTicks, summaryOf } from '${BOTS}'
import strategy from './bot.ts'

const run = async () => backtest({ strategy, feed: await openTicks(['sample.tape']) })

test('trades on the sample, and is flat at the end', async () => {
  const { trades, openAtEnd, failure } = summaryOf(await run())
  assert.equal(failure, null)
  assert.ok(trades > 0)
  assert.equal(openAtEnd, 0)
})

test('does the same on the same ticks', async () => {
  assert.deepEqual(summaryOf(await run()), summaryOf(await run()))
})
`

function readme(name: string): string {
  return `# ${name}

A bot for [Scalpdesk](https://github.com/scalpdesk/scalpdesk). \`bot.ts\` is the strategy: change \`decide\`.

| Command                                 | Does                                                                       |
| --------------------------------------- | -------------------------------------------------------------------------- |
| \`npm install\`                           | once                                                                       |
| \`npm run check\`                         | checks the types                                                           |
| \`npm test\`                              | tests it on \`sample.tape\`, ten minutes of made-up prices                   |
| \`npm run backtest\`                      | the same with its result; \`-- --sweep fast=5..50:5\` tries others           |
| \`npm start\`                             | runs it on the mock broker inside, with made-up money                      |
| \`npx scalpdesk bot run bot.ts --env demo\` | on demo, after \`npx scalpdesk login\`                                       |

The sample is made up: what earns on it says nothing of a market. Record your own with \`npx scalpdesk record EPIC --out my.tape\`.
`
}

/** Ten minutes of made-up prices, the same for ever. */
function tape(): string {
  const eurusd = markets.filter((market: Market) => market.epic === 'CS.D.EURUSD.CFD.IP')
  return [...sampleTape({ markets: eurusd, seed: 1, startMs: Date.UTC(2026, 0, 5, 9), minutes: 10 })].join('')
}
