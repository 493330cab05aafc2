import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NO_LIMITS } from '@scalpdesk/desk'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, type Epic, epic, type Market } from '@scalpdesk/sdk'
import { beforeAll, expect, it } from 'vitest'
import { type BrokerFacts, deskFromSettings } from './desk-settings.ts'
import { readSettings } from './read-settings.ts'
import { isProblem, problemText } from './settings-problem.ts'

/** From a settings file and the markets of a broker to what a desk begins with. */

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const DAX = epic('IX.D.DAX.IFD.IP')

let markets = new Map<Epic, Market>()
beforeAll(async () => {
  await using broker = await startMockBroker({ seed: 7 })
  const { url, apiKey, username, password } = broker
  const ig = await connectIg({ environment: new URL(url), credentials: { apiKey, identifier: username, password } })
  markets = new Map([
    [EURUSD, await ig.markets.get(EURUSD)],
    [DAX, await ig.markets.get(DAX)],
  ])
  await ig.close()
})

function desk(text: string, change: Partial<BrokerFacts> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'settings-'))
  writeFileSync(join(home, 'settings.json'), text)
  const found = readSettings(home)
  if (isProblem(found)) throw new Error(found.map(problemText).join('\n'))
  return deskFromSettings(found, { markets, account: { currency: 'EUR', equity: new Decimal(10_000) }, ...change })
}

function problemsOf(text: string, change: Partial<BrokerFacts> = {}): readonly string[] {
  const found = desk(text, change)
  return found.kind === 'problems'
    ? found.problems.map(problem => problemText({ ...problem, file: 'settings.json' }))
    : ['no problem']
}

const oneMarket = (preset: string, market: Epic = EURUSD) =>
  `{\n  "markets": [{"epic": "${market}", "presets": [\n    ${preset}\n  ]}]\n}`

it('without markets there is no contract, and nothing is limited but what is never wanted', () => {
  const found = desk('{}')
  expect(found).toMatchObject({ kind: 'desk', setup: { contracts: [], limits: NO_LIMITS, mode: 'hedge' } })
  expect(found.kind === 'desk' && 'zone' in found.setup).toBe(false)
})

it('gives contracts in the order of the file, the first preset of each chosen, and all else as it was set', () => {
  const preset = (name: string) =>
    `{"name": "${name}", "sizes": {"2": 1, "3": {"riskMoney": 100}}, "stop": {"points": 20}}`
  const found = desk(`{
    "mode": "net", "timeZone": "Europe/Paris",
    "markets": [
      {"epic": "${DAX}", "presets": [${preset('fast')}, ${preset('slow')}]},
      {"epic": "${EURUSD}", "presets": [${preset('only')}]}
    ],
    "guard": {"maxDayLoss": "200.5", "markets": {"${DAX}": {"maxOrderSize": 2}},
              "tradingHours": [{"days": ["mon"], "from": "09:00", "until": "10:00"}]},
    "watchdogs": {"missingStop": null}
  }`)
  if (found.kind === 'problems') throw new Error(found.problems.map(problemText).join('\n'))
  const { contracts, limits, ...rest } = found.setup
  expect(contracts.map(({ market, chosen, sizeKey }) => [market.epic, chosen.name, sizeKey])).toEqual([
    [DAX, 'fast', 2],
    [EURUSD, 'only', 2],
  ])
  expect([...(contracts[0]?.presets.keys() ?? [])]).toEqual(['fast', 'slow'])
  expect(limits).toMatchObject({ tradingHours: [[{ days: ['mon'], from: '09:00', until: '10:00' }]] })
  expect(limits?.maxDayLoss?.toFixed()).toBe('200.5')
  expect(limits?.markets?.get(DAX)?.maxOrderSize?.toFixed()).toBe('2')
  expect(rest).toMatchObject({ mode: 'net', zone: 'Europe/Paris', watch: { missingStop: null, movedStop: true } })
})

it.each([
  [
    'a market that the broker does not know',
    oneMarket('{"name": "a", "sizes": {"1": 1}, "stop": null}', epic('NO.SUCH.MARKET')),
    /^settings\.json:2:\d+: markets\[0\]\.epic: expected the epic of a market, but the broker knows none called NO\.SUCH\.MARKET/,
  ],
  [
    'a size below the smallest',
    oneMarket('{"name": "a", "sizes": {"1": 0.000001}, "stop": null}'),
    /^settings\.json:3:\d+: markets\[0\]\.presets\[0\]\.sizes: expected a size of at least/,
  ],
  [
    'a stop that is too near',
    oneMarket('{"name": "a", "sizes": {"1": 1},\n "stop": {"points": 0.01}}'),
    /^settings\.json:4:\d+: markets\[0\]\.presets\[0\]\.stop: expected a stop at least/,
  ],
  [
    'a risk without a stop',
    oneMarket('{"name": "a", "sizes": {"1": {"riskMoney": 5}}, "stop": null}'),
    /presets\[0\]\.sizes: expected a stop to work out the size/,
  ],
])('names the line of %s', (_what, text, words) => {
  expect(problemsOf(text)).toEqual([expect.stringMatching(words)])
})

it('does not hold against a preset what only the moment lacks', () => {
  const text = oneMarket('{"name": "a", "sizes": {"1": {"riskPercent": 1}}, "stop": {"points": 20}}')
  expect(problemsOf(text, { account: { currency: 'EUR', equity: null } })).toEqual(['no problem'])
})
