import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import * as sdk from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import * as desk from './index.ts'
import { aMarket, aQuote } from './testing/desk-fixtures.ts'
import { ScriptedBroker } from './testing/scripted-broker.ts'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** An `Ig` as far as the example goes. */
function fakeIg(broker: ScriptedBroker, hear: { quote(quote: sdk.Quote): void }) {
  return {
    markets: { get: async () => aMarket() },
    positions: {
      open: broker.open.bind(broker),
      close: broker.close.bind(broker),
      amend: broker.amend.bind(broker),
      list: async () => [],
    },
    orders: { list: async () => [], place: broker.place.bind(broker), cancel: broker.cancel.bind(broker) },
    history: { activity: async function* () {} },
    confirms: { find: broker.findConfirm.bind(broker) },
    stream: {
      onStatus: (listener: (status: sdk.StreamStatus) => void) => listener({ kind: 'live', continuity: 'new' }),
      trades: () => {},
      prices: (_: unknown, listener: (quote: sdk.Quote) => void) => {
        hear.quote = listener
      },
    },
  }
}

it('runs the README’s first example: one press, one journalled order, with its stop', async () => {
  const example = /```ts\n(.*?)```/s.exec(README)?.[1]
  if (!example) throw new Error('expected a ts block in the README, but found none')
  const broker = new ScriptedBroker()
  const hear: { quote(quote: sdk.Quote): void } = { quote: () => {} }
  const shown: string[] = []
  const journal: string[] = []
  const modules = {
    'node:crypto': { randomUUID },
    'node:fs': { appendFileSync: (_: string, line: string) => journal.push(JSON.parse(line).kind) },
    '@scalpdesk/desk': desk,
    '@scalpdesk/sdk': { ...sdk, systemClock: manualClock(), connectIg: async () => fakeIg(broker, hear) },
  }
  const body = stripTypeScriptTypes(example)
    .replace(/^import \{(.*)\} from '(.*)'$/gm, (_, names: string, from: string) => {
      return `const {${names.replaceAll(' as ', ': ')}} = modules['${from}']`
    })
    .concat('\nreturn { buy, flatten }')
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor
  const run = AsyncFunction('modules', 'credentials', 'show', body)
  const credentials = { apiKey: 'k', identifier: 'i', password: 'p' }
  const keys = await run(modules, credentials, (text: string) => shown.push(text))
  for (let turns = 0; turns < 3; turns += 1) await new Promise(resolve => setImmediate(resolve))
  hear.quote(aQuote())
  keys.buy()
  expect(broker.opened).toMatchObject([{ direction: 'BUY', stop: { distancePoints: new sdk.Decimal(10) } }])
  expect(journal.slice(-2)).toEqual(['about-to-open', 'guard'])
  expect(shown.at(-1)).toBe('SENT BUY 1 EUR/USD Mini, stop 10 points')
  keys.flatten()
  expect(shown.at(-1)).toBe('CLOSING: asking the broker what is open')
})

it('names every kind of journal record that the desk writes', () => {
  const source = readFileSync(new URL('./journal/record.ts', import.meta.url), 'utf8')
  const fields = /const RECORD_FIELDS = \{(.*?)\n\} as const/s.exec(source)?.[1] ?? ''
  const kinds = [...fields.matchAll(/^ {2}'?([a-z-]+)'?: \{/gm)].map(([, kind]) => kind)
  expect(kinds.length).toBeGreaterThan(10)
  expect(kinds.filter(kind => !README.includes(`\`${kind}\``))).toEqual([])
})
