import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startQuietBroker } from '../testing/quiet-broker.ts'
import { at, OPEN, ORDER, type RestClient, signIn } from '../testing/rest-client.ts'
import type { MockBroker } from './index.ts'

/**
 * The constraints between fields, one by one, that IG documents for dealing (IG Labs, REST API reference, "Positions" and
 * "Working Orders"). Each broken one is answered 400 and reaches no dealing; which of the three codes answers which is inferred.
 */
const EXCLUSIVE = 'validation.mutual-exclusive-value.request'
const MISSING = 'validation.null-conditional-set-value.request'
const WRONG_VALUE = 'validation.target-value-conditional-set-value.request'

let broker: MockBroker
let client: RestClient
beforeAll(async () => {
  broker = await startQuietBroker()
  client = await signIn(broker)
})
afterAll(() => broker.close())

const LIMIT = { ...OPEN, orderType: 'LIMIT', level: 1.085 }
const TRAILING = { ...OPEN, trailingStop: true, stopDistance: 20, trailingStopIncrement: 5 }

describe('an open', () => {
  it.each<[string, number, object, string | null]>([
    ['LIMIT has a level', 2, { ...LIMIT, level: null }, MISSING],
    ['LIMIT has no quote', 2, { ...LIMIT, quoteId: 'Q1' }, EXCLUSIVE],
    ['LIMIT with its level alone is taken', 2, LIMIT, null],
    ['MARKET has no level', 2, { ...OPEN, level: 1.085 }, EXCLUSIVE],
    ['MARKET has no quote', 2, { ...OPEN, quoteId: 'Q1' }, EXCLUSIVE],
    ['QUOTE has a quote', 2, { ...OPEN, orderType: 'QUOTE', level: 1.085 }, MISSING],
    ['QUOTE has a level', 2, { ...OPEN, orderType: 'QUOTE', quoteId: 'Q1' }, MISSING],
    ['a limit is a level or a distance', 2, { ...OPEN, limitLevel: 1.09, limitDistance: 20 }, EXCLUSIVE],
    ['a stop is a level or a distance', 2, { ...OPEN, stopLevel: 1.08, stopDistance: 20 }, EXCLUSIVE],
    ['the same in version 1', 1, { ...OPEN, stopLevel: 1.08, stopDistance: 20 }, EXCLUSIVE],
    ['a guaranteed stop is a stop', 2, { ...OPEN, guaranteedStop: true }, MISSING],
    ['the same in version 1', 1, { ...OPEN, guaranteedStop: true }, MISSING],
    ['a stop is forced open', 2, { ...OPEN, forceOpen: false, stopDistance: 20 }, WRONG_VALUE],
    ['a limit is forced open', 2, { ...OPEN, forceOpen: false, limitDistance: 20 }, WRONG_VALUE],
    ['but not in version 1', 1, { ...OPEN, forceOpen: false, limitDistance: 20 }, null],
    ['a step is of a trailing stop', 2, { ...OPEN, stopDistance: 20, trailingStopIncrement: 5 }, WRONG_VALUE],
    ['a trailing stop has a distance', 2, { ...TRAILING, stopDistance: null }, MISSING],
    ['a trailing stop has a step', 2, { ...TRAILING, trailingStopIncrement: null }, MISSING],
    ['a trailing stop has no level', 2, { ...TRAILING, stopDistance: null, stopLevel: 1.08 }, WRONG_VALUE],
    ['a trailing stop is not guaranteed', 2, { ...TRAILING, guaranteedStop: true }, WRONG_VALUE],
    ['a trailing stop with both is taken', 2, TRAILING, null],
    ['null is as good as nothing', 2, { ...OPEN, stopLevel: null, limitDistance: null, quoteId: null }, null],
  ])('%s (version %i)', async (_what, version, body, errorCode) => {
    await expectAnswer('POST', '/positions/otc', version, body, errorCode)
  })
})

describe('an amend of a position', () => {
  const trailing = { trailingStop: true, stopLevel: 1.08, trailingStopDistance: 20, trailingStopIncrement: 5 }
  it.each<[string, object, string | null]>([
    ['a guaranteed stop has a level', { guaranteedStop: true }, MISSING],
    ['a guaranteed stop does not trail', { ...trailing, guaranteedStop: true }, WRONG_VALUE],
    ['a distance is of a trailing stop', { stopLevel: 1.08, trailingStopDistance: 20 }, WRONG_VALUE],
    ['a step is of a trailing stop', { stopLevel: 1.08, trailingStopIncrement: 5 }, WRONG_VALUE],
    ['a trailing stop has a level', { ...trailing, stopLevel: null }, MISSING],
    ['a trailing stop has a distance', { ...trailing, trailingStopDistance: null }, MISSING],
    ['a trailing stop has a step', { ...trailing, trailingStopIncrement: null }, MISSING],
    ['a trailing stop with all three is taken', trailing, null],
  ])('%s', async (_what, body, errorCode) => {
    await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'amended' })
    const { body: confirm } = await client.get('/confirms/amended', 1)
    await expectAnswer('PUT', `/positions/otc/${at(confirm, 'dealId')}`, 2, body, errorCode)
  })
})

describe('a close', () => {
  const close = { direction: 'SELL', size: 1, orderType: 'MARKET' }
  const ofDeal = { ...close, dealId: 'DIAAAANOSUCHDEA' }
  it.each<[string, object, string | null]>([
    ['is of a deal or of a market', { ...ofDeal, epic: OPEN.epic, expiry: '-' }, EXCLUSIVE],
    ['is of one of them', close, MISSING],
    ['of a market has its expiry', { ...close, epic: OPEN.epic }, MISSING],
    ['of a market with it is taken', { ...close, epic: OPEN.epic, expiry: '-' }, null],
    ['of a deal may have an expiry', { ...ofDeal, expiry: '-' }, null],
    ['LIMIT has a level', { ...ofDeal, orderType: 'LIMIT' }, MISSING],
    ['MARKET has none', { ...ofDeal, level: 1.08 }, EXCLUSIVE],
  ])('%s', async (_what, body, errorCode) => {
    await expectAnswer('POST', '/positions/otc', 1, body, errorCode, { _method: 'DELETE' })
  })
})

describe('a working order', () => {
  it.each<[string, number, object, string | null]>([
    ['good till a date has one', 2, { timeInForce: 'GOOD_TILL_DATE' }, MISSING],
    ['a date is one', 2, { timeInForce: 'GOOD_TILL_DATE', goodTillDate: '2024-06-30' }, badPattern('goodTillDate')],
    ['a date may be milliseconds', 2, { timeInForce: 'GOOD_TILL_DATE', goodTillDate: '4070908800000' }, null],
    ['a stop is a level or a distance', 2, { stopLevel: 1.08, stopDistance: 20 }, EXCLUSIVE],
    ['a limit is a level or a distance', 2, { limitLevel: 1.09, limitDistance: 20 }, EXCLUSIVE],
    ['a guaranteed stop is a distance', 2, { guaranteedStop: true, stopLevel: 1.08 }, MISSING],
    ['in version 1 a level as well', 1, { guaranteedStop: true, stopLevel: 1.08 }, null],
    ['in version 1 one of them', 1, { guaranteedStop: true }, MISSING],
  ])('%s (version %i)', async (_what, version, changes, errorCode) => {
    await expectAnswer('POST', '/workingorders/otc', version, { ...ORDER, ...changes }, errorCode)
  })

  it('loses its guarantee when an amend leaves it out, and its legs with them', async () => {
    await client.send('POST', '/workingorders/otc', 2, { ...ORDER, guaranteedStop: true, stopDistance: 20 })
    const dealId = broker.workingOrders().at(-1)?.workingOrderData.dealId
    const kept = { level: 1.083, type: 'LIMIT', timeInForce: 'GOOD_TILL_CANCELLED' }
    await client.send('PUT', `/workingorders/otc/${dealId}`, 2, { ...kept, stopLevel: 1.08 })
    expect(broker.workingOrders().at(-1)?.workingOrderData).toMatchObject({ guaranteedStop: false, stopDistance: 30 })
    await client.send('PUT', `/workingorders/otc/${dealId}`, 2, kept)
    expect(broker.workingOrders().at(-1)?.workingOrderData).toMatchObject({ stopDistance: null, limitDistance: null })
  })
})

/** @param errorCode null for a request that is taken, whatever comes of it then. */
async function expectAnswer(
  method: string,
  path: string,
  version: number,
  body: object,
  errorCode: string | null,
  headers = {},
): Promise<void> {
  const before = broker.positions().length + broker.workingOrders().length
  const answer = await client.send(method, path, version, body, headers)
  if (errorCode === null) {
    expect(answer).toMatchObject({ status: 200, body: { dealReference: expect.any(String) } })
    return
  }
  expect(answer).toMatchObject({ status: 400, body: { errorCode } })
  expect(broker.positions().length + broker.workingOrders().length).toBe(before)
}

function badPattern(field: string): string {
  return `validation.pattern.invalid.request.${field}`
}
