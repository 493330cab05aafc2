import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import * as sdk from '@scalpdesk/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'

const COOKBOOK = readFileSync(new URL('../../../docs/guides/sdk-cookbook.md', import.meta.url), 'utf8')

/** What each recipe prints, by its heading. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  'Find a market': /^CS\.D\.EURUSD\.\S+ EUR\/USD/,
  'Read its dealing rules': /^smallest size \d\S* nearest stop \d\S*\na point is 0\.0001 of the price, in USD$/,
  'Look at several markets with one call': /^EUR\/USD\S* tradeable\nGermany 40\S* tradeable$/,
  'Read candles of a span of time': /^highest bid of the week: 1\.\d+$/,
  'See what may still be asked': /^limits off: \d+ reads and \d+ orders in the last minute$/,
  'Wait for the first live price': /^live bid 1\.\d+$/,
  'Refuse an old price': /fresh$/,
  'Know when the stream is not live': /live$/,
  'Watch the account': /^equity \d+\.\d\d to deal with \d+\.\d\d$/,
  'Watch a candle form': /(?:told|passed) 1\.\d+$/,
  'Open with a stop, and know what became of it': /^accepted 1\.\d+$/,
  'Move a stop': /^accepted$/,
  'Close half': /^accepted$/,
  'Close everything': /^accepted\nleft: 0$/,
  'Place an order that rests, and take it back': /^accepted\naccepted$/,
  'Say why an order was rejected': /^MINIMUM_ORDER_SIZE_ERROR - \w/,
  'Find out about an order after a crash': /^accepted$/,
  'Hear confirms as they come': /^confirmed accepted$/,
  'Add up what a day brought': /^some rows, to the cent: true$/,
  'Tell errors apart': /^correct it: \S+$/,
}

const recipes = [...COOKBOOK.matchAll(/### (.+)\n(?:(?!###)[\s\S])*?```ts\n([\s\S]*?)```/g)].map(
  ([, title = '', code = '']) => ({ title, code }),
)

let broker: MockBroker
let ig: sdk.Ig

beforeAll(async () => {
  broker = await startMockBroker({ seed: 7 })
  const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }
  ig = await sdk.connectIg({ environment: new URL(broker.url), credentials })
})

afterAll(async () => {
  await ig.close()
  await broker.close()
})

it('has twenty recipes, each with what it prints', () => {
  expect(recipes.map(({ title }) => title)).toEqual(Object.keys(PRINTS))
  expect(recipes).toHaveLength(20)
})

it.each(recipes)('$title', async ({ title, code }) => {
  const printed: string[] = []
  const own = { log: (...words: readonly unknown[]) => void printed.push(words.join(' ').trimEnd()) }
  await runnable(code)(ig, sdk, own)
  expect(printed.join('\n')).toMatch(PRINTS[title] ?? /never/)
})

it('leaves nothing open, and sent no order twice', () => {
  expect(broker.positions()).toEqual([])
  expect(broker.workingOrders()).toEqual([])
  const references = broker.orders().flatMap(({ body }) => /"dealReference":"([^"]+)"/.exec(JSON.stringify(body)) ?? [])
  expect(new Set(references).size).toBe(references.length)
})

type Recipe = (ig: sdk.Ig, sdk: object, console: object) => Promise<void>

/** The recipe as a function of its connection: imports become names, types go, `await using` is left to the engine. */
function runnable(code: string): Recipe {
  const body = stripTypeScriptTypes(code)
    .replaceAll(/^import \{(.*?)\} from '@scalpdesk\/sdk'$/gm, 'const {$1} = sdk')
    .trim()
  return new Function('ig', 'sdk', 'console', `return (async () => { ${body} })()`) as Recipe
}
