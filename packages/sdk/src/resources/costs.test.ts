import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EditingCostsRequest, OpeningCostsRequest } from '../costs.ts'
import { DecodeError, InvalidInputError } from '../errors.ts'
import { dealReference, epic } from '../ids.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import { type Costs, costsOver } from './costs.ts'
import { encodeEditing } from './costs-body.ts'

// Shapes: IG Labs, REST API reference, "Indicative costs and charges"; figures are made up.

const OPENING: OpeningCostsRequest = {
  bid: new Decimal('1.27105'),
  offer: new Decimal('1.27114'),
  currency: 'USD',
  reference: dealReference('COSTS-1'),
  size: new Decimal('0.5'),
}
const CLOSING = { ...OPENING, openingLevel: new Decimal('1.2702') }

describe('costs of opening', () => {
  const answer = {
    currencyCodeISO: 'GBP',
    indicativeQuoteReference: 'Q-100',
    notionalValue: 6355.7,
    notionalValueInUserCurrency: 5000.12,
    openingSpread: 0.45,
    openingCommission: 0,
    openingFxFee: 0.1,
    openingIFTT: null,
    closingSpread: 0.46,
    closingCommission: 0,
    closingFxFee: null,
    overnightFundingFee: 0.3,
    borrowingCharge: null,
    dailyRunningFxFee: 0.01,
    guaranteedStopDeposit: 1.4,
    guaranteedStopReturn: 1.4,
    knockoutPremiumDeposit: null,
    knockoutPremiumReturn: null,
    etpEntryCost: null,
    etpExitCost: null,
    etpOngoingCost: null,
    inducements: 0,
  }

  it('are asked for with what is known and nothing else', async () => {
    const rest = fakeRest([answer])
    const costs = await costsOver(rest).ofOpening(OPENING)
    expect(rest.asked).toEqual(['POST /indicativecostsandcharges/open v1'])
    expect(rest.bodies).toEqual([
      { ask: 1.27114, bid: 1.27105, dealCurrencyCode: 'USD', dealReference: 'COSTS-1', size: 0.5 },
    ])
    expect(costs).toMatchObject({ currency: 'GBP', quoteReference: 'Q-100', borrowingCharge: null })
    expect(costs.opening.spread?.toFixed()).toBe('0.45')
    expect(costs.opening.iftt).toBeNull()
    expect(costs.closing.iftt).toBeNull()
    expect(costs.closing.commission?.toFixed()).toBe('0')
    expect(costs.guaranteedStop.return?.toFixed()).toBe('1.4')
    expect(costs.notionalValueInUserCurrency?.toFixed()).toBe('5000.12')
  })

  it('are asked for with everything there is', async () => {
    const rest = fakeRest([answer])
    await costsOver(rest).ofOpening({
      ...OPENING,
      direction: 'SELL',
      epic: epic('CS.D.GBPUSD.MINI.IP'),
      instrumentId: 'I "1"',
      isGuaranteedStop: true,
      stopLevel: new Decimal('1.28'),
      priceLevel: new Decimal('1.271'),
      knockoutPremium: new Decimal('2'),
    })
    expect(rest.bodies[0]).toMatchObject({
      direction: 'SELL',
      epic: 'CS.D.GBPUSD.MINI.IP',
      instrumentId: 'I "1"',
      guaranteedStop: true,
      stopLevel: 1.28,
      priceLevel: 1.271,
      knockoutPremium: 2,
    })
  })

  it('that cannot be read are not taken for none', async () => {
    const ask = costsOver(fakeRest([{ ...answer, overnightFundingFee: 'high' }])).ofOpening(OPENING)
    await expect(ask).rejects.toThrow(DecodeError)
  })
})

const EXIT = {
  closingSpread: 0.4,
  closingCommission: 0,
  closingFxFee: 0.05,
  closingIFTT: 0,
  etpExitCost: null,
  guaranteedStopReturn: 1.4,
  knockoutPremiumReturn: null,
  indicativeQuoteReference: 'Q-101',
  notionalValue: 6355.7,
  notionalValueInUserCurrency: 5000.12,
}

describe('costs of closing and editing', () => {
  it('closing', async () => {
    const rest = fakeRest([{ currencyCodeISO: 'GBP', close: EXIT }])
    const costs = await costsOver(rest).ofClosing(CLOSING)
    expect(rest.asked).toEqual(['POST /indicativecostsandcharges/close v1'])
    expect(rest.bodies[0]).toMatchObject({ openingLevel: 1.2702 })
    expect(costs).toMatchObject({ currency: 'GBP', close: { quoteReference: 'Q-101', etpExit: null } })
    expect(costs.close.spread?.toFixed()).toBe('0.4')
  })

  it('editing, with what IG answers about', async () => {
    const rest = fakeRest([{ currencyCodeISO: 'GBP', limit: EXIT, stop: null }])
    const request: EditingCostsRequest = { ...CLOSING, limitLevel: new Decimal('1.3'), editType: 'LIMIT' }
    const costs = await costsOver(rest).ofEditing(request)
    expect(rest.asked).toEqual(['POST /indicativecostsandcharges/edit v1'])
    expect(rest.bodies[0]).toMatchObject({ limitLevel: 1.3, editType: 'LIMIT' })
    expect(costs.stop).toBeNull()
    expect(costs.limit?.guaranteedStopReturn?.toFixed()).toBe('1.4')
  })

  it.each<[string, object]>([
    ['no size', { size: new Decimal(0) }],
    ['a size of 13 decimals', { size: new Decimal('0.0000000000001') }],
    ['an endless price', { bid: new Decimal(Number.POSITIVE_INFINITY) }],
    ['a price that is none', { offer: new Decimal(Number.NaN) }],
    ['a double for a price', { offer: 1.5 }],
    ['no opening level', { openingLevel: undefined }],
    ['a symbol for a currency', { currency: '€' }],
    ['a reference that is none', { reference: 'a b' }],
    ['a direction of another tongue', { direction: 'LONG' }],
    ['an epic that is none', { epic: '' }],
    ['an endless limit', { limitLevel: new Decimal(Number.NEGATIVE_INFINITY) }],
  ])('with %s are refused, and nothing is sent', async (_what, wrong) => {
    const rest = fakeRest([])
    await expect(costsOver(rest).ofEditing({ ...CLOSING, ...wrong })).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })

  it('are asked for with every digit', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.nat(12))
      .map(([units, places]) => new Decimal(`${units}e-${places}`))
    fc.assert(
      fc.property(decimal, decimal, decimal, (bid, size, limitLevel) => {
        const body = encodeEditing({ ...CLOSING, bid, size, limitLevel })
        const textOf = (name: string) => new RegExp(`"${name}":([^,}]*)`).exec(body)?.[1] ?? ''
        expect(JSON.parse(body)).toBeTypeOf('object')
        for (const [name, value] of [
          ['bid', bid],
          ['size', size],
          ['limitLevel', limitLevel],
        ] as const) {
          expect(new Decimal(textOf(name)).equals(value)).toBe(true)
          expect(textOf(name)).toMatch(/^\d+(\.\d+)?$/)
        }
      }),
    )
  })

  it('closing needs the level of the opening, by type', () => {
    // @ts-expect-error the opening level is missing
    const ask = (costs: Costs) => costs.ofClosing(OPENING)
    expect(ask).toBeTypeOf('function')
  })
})

describe('the document of a quote', () => {
  const PDF = new TextEncoder().encode('%PDF-1.7\n')
  const response = (changes: Partial<HttpResponse>): HttpResponse => ({
    status: 200,
    headers: new Map([['content-type', 'application/pdf;charset=UTF-8']]),
    body: '',
    bytes: PDF,
    ...changes,
  })

  it('comes as it is', async () => {
    const rest = fakeRest([response({})])
    expect(await costsOver(rest).document('Q 1/2')).toBe(PDF)
    expect(rest.asked).toEqual(['GET /indicativecostsandcharges/durablemedium/Q%201%2F2 v1'])
  })

  it.each<[string, Partial<HttpResponse>, string]>([
    ['a page', { headers: new Map([['content-type', 'text/html']]) }, 'not-a-document'],
    ['no type', { headers: new Map() }, 'not-a-document'],
    ['JSON in disguise', { bytes: new TextEncoder().encode('{"a":1}') }, 'not-a-document'],
    ['no bytes', { bytes: new Uint8Array() }, 'not-a-document'],
    [
      'IG’s refusal',
      {
        status: 404,
        body: '{"errorCode":"public-api.costs-and-charges.indicative-quote-reference-not-found"}',
      },
      'public-api.costs-and-charges.indicative-quote-reference-not-found',
    ],
    ['a broken server', { status: 500, body: '' }, 'http-500'],
  ])('is not made of %s', async (_what, changes, code) => {
    await expect(costsOver(fakeRest([response(changes)])).document('Q-1')).rejects.toMatchObject({ code })
  })

  it.each(['', ' ', '..'])('of %o is not asked for', async reference => {
    const rest = fakeRest([])
    await expect(costsOver(rest).document(reference)).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })
})

describe('the history of quotes', () => {
  const FROM = Date.UTC(2024, 5, 1)
  const TO = Date.UTC(2024, 5, 14, 10, 6, 44, 5)
  const entry = (index: number) => ({
    createdTimestamp: '2024-06-03T10:00:00.000+01:00',
    direction: 'BUY',
    indicativeQuoteReference: `Q-${index}`,
    instrumentName: 'GBP/USD Mini',
    type: 'OPEN',
  })
  const page = (indexes: readonly number[], pageNumber: number, totalPages: number) => ({
    costsAndChargesHistory: indexes.map(entry),
    pagination: { pageNumber, pageSize: 2, totalElements: totalPages * 2, totalPages },
  })

  async function read(script: readonly unknown[], type?: string) {
    const rest = fakeRest(script)
    const request = { fromMs: FROM, toMs: TO, pageSize: 2, ...(type === undefined ? {} : { type }) }
    const found: string[] = []
    for await (const { quoteReference } of costsOver(rest).history(request)) found.push(quoteReference)
    return { found, asked: rest.asked }
  }

  it.each([0, 1])('comes page after page, where IG counts from %d', async first => {
    const { found, asked } = await read([page([1, 2], first, 3), page([3, 4], first + 1, 3), page([5], first + 2, 3)])
    expect(found).toEqual(['Q-1', 'Q-2', 'Q-3', 'Q-4', 'Q-5'])
    const path = '/indicativecostsandcharges/history/from/2024-06-01T00%3A00%3A00.000Z/to/2024-06-14T10%3A06%3A44.005Z'
    expect(asked).toEqual([
      `GET ${path}?pageSize=2 v1`,
      `GET ${path}?pageSize=2&pageNumber=${first + 1} v1`,
      `GET ${path}?pageSize=2&pageNumber=${first + 2} v1`,
    ])
  })

  it('may be empty, or of one kind', async () => {
    const { found, asked } = await read([page([], 0, 0)], 'CLOSE')
    expect(found).toEqual([])
    expect(asked[0]).toContain('?pageSize=2&type=CLOSE v1')
  })

  it('gives each once when new ones pushed the others on', async () => {
    const { found } = await read([page([1, 2], 0, 2), page([2, 3], 1, 3), page([4], 2, 3)])
    expect(found).toEqual(['Q-1', 'Q-2', 'Q-3', 'Q-4'])
  })

  it.each([
    ['the first page again', page([1, 2], 0, 3)],
    ['nothing before the end', page([], 1, 3)],
  ])('does not end quietly on %s', async (_what, second) => {
    await expect(read([page([1, 2], 0, 3), second])).rejects.toMatchObject({ code: 'paging-stuck' })
  })

  it('does not take an answer without a count of pages for the whole', async () => {
    await expect(read([{ costsAndChargesHistory: [entry(1)] }])).rejects.toThrow(DecodeError)
  })

  it.each([
    ['2024-06-03T10:00:00.000+01:00', Date.UTC(2024, 5, 3, 9)],
    ['2024-06-03T10:00:00Z', Date.UTC(2024, 5, 3, 10)],
    ['2024-06-03T10:00:00.123-0500', Date.UTC(2024, 5, 3, 15, 0, 0, 123)],
    [1717405200000, 1717405200000],
    ['2024-06-03T10:00:00', null],
    ['2024-13-03T10:00:00Z', null],
    [null, null],
  ])('with the time %o was made at %o', async (createdTimestamp, expected) => {
    const script = [
      { ...page([], 0, 1), costsAndChargesHistory: [{ ...entry(1), createdTimestamp, direction: 'NONE' }] },
    ]
    for await (const found of costsOver(fakeRest(script)).history({ fromMs: FROM, toMs: TO })) {
      expect(found.createdAtMs).toBe(expected)
      expect(found.createdAt).toBe(createdTimestamp === null ? null : String(createdTimestamp))
      expect(found.direction).toEqual({ other: 'NONE' })
    }
  })

  it.each([
    [TO, FROM, 10],
    [Number.NaN, TO, 10],
    [FROM, TO, 0],
  ])('from %d to %d by %d is refused at the call', (fromMs, toMs, pageSize) => {
    const rest = fakeRest([])
    expect(() => costsOver(rest).history({ fromMs, toMs, pageSize })).toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })
})
