import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { OPEN, ORDER, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

let broker: MockBroker
let client: RestClient
const notices: string[] = []
beforeAll(async () => {
  broker = await startQuietBroker({ onNotice: text => notices.push(text) })
  client = await signIn(broker)
})
afterAll(() => broker.close())

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, true, 'true', -1, 0, 1e-12, 1e99, '1e99', '-0', 'NaN', 9_007_199_254_740_992, 'GOOD_TILL_DATE'),
)
const CLOSE = { dealId: 'DIAAAANOSUCHDEA', direction: 'SELL', size: 1, orderType: 'MARKET' }
const requests = [
  [
    'POST',
    '/positions/otc',
    2,
    { ...OPEN, stopDistance: 10, trailingStop: true, trailingStopIncrement: 2, level: null },
  ],
  [
    'POST',
    '/workingorders/otc',
    2,
    { ...ORDER, goodTillDate: '2030/01/01 00:00:00', stopLevel: 1.08, limitDistance: 9 },
  ],
  ['PUT', '/positions/otc/DIAAAANOSUCHDEA', 2, { stopLevel: 1.08, limitLevel: 1.09, trailingStop: false }],
  ['PUT', '/workingorders/otc/DIAAAANOSUCHDEA', 2, { level: 1, type: 'LIMIT', timeInForce: 'GOOD_TILL_CANCELLED' }],
  ['DELETE', '/positions/otc', 1, CLOSE],
  ['POST', '/watchlists', 1, { name: 'x', epics: [] }],
  ['PUT', '/accounts/preferences', 1, { trailingStopsEnabled: true }],
  [
    'POST',
    '/indicativecostsandcharges/open',
    1,
    { ask: 2, bid: 1, dealCurrencyCode: 'USD', dealReference: 'r', size: 1 },
  ],
] as const

it.each(requests)('%s %s answers any body as IG would, and never fails inside', async (method, path, version, body) => {
  const fields = Object.keys(body)
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(fields),
      fc.array(value, { minLength: 20, maxLength: 20 }),
      async (changed, values) => {
        const rude = { ...body, ...Object.fromEntries(changed.map((field, index) => [field, values[index]])) }
        const headers = method === 'DELETE' ? { _method: 'DELETE' } : undefined
        const answer = await client.send(method === 'DELETE' ? 'POST' : method, path, version, rude, headers)
        expect([200, 400, 403, 404]).toContain(answer.status)
      },
    ),
    { numRuns: 60 },
  )
  expect(notices).toEqual([])
})

it.each([
  ['/prices/CS.D.EURUSD.CFD.IP?max=999999999&resolution=MONTH', 200],
  ['/prices/CS.D.EURUSD.CFD.IP?from=0001-01-01T00:00:00', 400],
  ['/prices/CS.D.EURUSD.CFD.IP?from=9999-01-01T00:00:00', 200],
  ['/prices/CS.D.EURUSD.CFD.IP?max=-5', 200],
  ['/history/activity?from=0001-01-01&to=9999-12-31', 200],
  ['/history/activity?filter=%28%28%28%28', 400],
])('%s is answered %i', async (path, status) => {
  expect(await client.get(path, 3)).toMatchObject({ status })
})
