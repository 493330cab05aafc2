import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { dealReference, epic } from '../ids.ts'
import { EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

const opening = {
  bid: new Decimal('1.08417'),
  offer: new Decimal('1.08423'),
  currency: 'USD',
  reference: dealReference('costs-1'),
  size: new Decimal(2),
  direction: 'BUY',
  epic: EURUSD,
} as const
const closing = { ...opening, openingLevel: new Decimal('1.08300') }
const today = { fromMs: START_MS - 3_600_000, toMs: START_MS + 3_600_000 }

describe('indicative costs', () => {
  it('of opening: half the spread on each side, in the currency of the deal', async () => {
    await using contract = await startContract()
    const costs = await contract.ig.costs.ofOpening({ ...opening, isGuaranteedStop: false })
    expect(costs.currency).toBe('USD')
    expect(costs.notionalValue?.toFixed()).toBe('216840')
    expect(costs.notionalValueInUserCurrency?.toFixed(2)).toBe(new Decimal(216_840).div('1.08').toFixed(2))
    expect([costs.opening.spread, costs.closing.spread, costs.opening.commission].map(String)).toEqual(['6', '6', '0'])
    expect([costs.overnightFundingFee, costs.inducements, costs.etp.entry].map(String)).toEqual(['0', '0', '0'])
    expect(costs.quoteReference).toEqual(expect.any(String))
  })

  it('of opening a share: a commission on each side', async () => {
    await using contract = await startContract()
    const price = { bid: new Decimal('214.27'), offer: new Decimal('214.33'), epic: epic('UA.D.AAPL.CASH.IP') }
    const { opening: entry, closing: exit } = await contract.ig.costs.ofOpening({
      ...opening,
      ...price,
      size: new Decimal(10),
    })
    expect([entry.commission?.toFixed(2), exit.commission?.toFixed(2)]).toEqual(['2.14', '2.14'])
  })

  it('of closing, and of moving the stop or the limit', async () => {
    await using contract = await startContract()
    const { costs } = contract.ig
    const { currency, close } = await costs.ofClosing(closing)
    expect([currency, close.spread?.toFixed(), close.notionalValue?.toFixed()]).toEqual(['USD', '6', '216840'])
    const edit = await costs.ofEditing({ ...closing, limitLevel: new Decimal('1.09'), stopLevel: new Decimal('1.08') })
    expect([edit.currency, edit.limit?.spread?.toFixed(), edit.stop?.spread?.toFixed()]).toEqual(['USD', '6', '6'])
  })

  it('as a document: the bytes of a PDF, none of them changed', async () => {
    await using contract = await startContract()
    const { costs } = contract.ig
    const { quoteReference } = await costs.ofOpening(opening)
    const bytes = Buffer.from(await costs.document(quoteReference ?? ''))
    const text = bytes.toString('latin1')
    expect(text.startsWith('%PDF-1.4\n')).toBe(true)
    expect(text.endsWith('%%EOF\n')).toBe(true)
    expect(text).toContain(`Quote ${quoteReference}`)
    // The place of the table, as the file itself has it: a byte more or less would move it.
    expect(text.indexOf('xref\n')).toBe(Number(/startxref\n(\d+)/.exec(text)?.[1]))
  })

  it('of the past, page after page, each quote once', async () => {
    await using contract = await startContract()
    const { costs } = contract.ig
    const references: (string | null)[] = []
    for (let count = 0; count < 5; count++) references.push((await costs.ofOpening(opening)).quoteReference)
    references.push((await costs.ofClosing(closing)).close.quoteReference)
    for (const pageSize of [1, 2, 3, 6, 100]) {
      const entries = await Array.fromAsync(costs.history({ ...today, pageSize }))
      expect(entries.map(entry => entry.quoteReference)).toEqual(references)
    }
    const [entry] = await Array.fromAsync(costs.history(today))
    expect(entry).toMatchObject({ instrumentName: 'EUR/USD', direction: 'BUY', type: 'OPEN' })
    const closes = await Array.fromAsync(costs.history({ ...today, type: 'CLOSE' }))
    expect(closes.map(each => each.quoteReference)).toEqual(references.slice(-1))
    const before = { fromMs: today.fromMs - 3_600_000, toMs: today.fromMs }
    expect(await Array.fromAsync(costs.history(before))).toEqual([])
  })

  it('of a quote that there is none of, or of a currency that is none, are refused', async () => {
    await using contract = await startContract()
    const { costs } = contract.ig
    await expect(costs.document('NO SUCH/QUOTE')).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'public-api.costs-and-charges.indicative-quote-reference-not-found',
    })
    await expect(costs.ofOpening({ ...opening, currency: 'XXX' })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'public-api.costs-and-charges.client-error',
    })
  })

  it('send no order', async () => {
    await using contract = await startContract()
    await contract.ig.costs.ofOpening(opening)
    await contract.ig.costs.ofClosing(closing)
    expect(contract.broker.dealingRequests()).toEqual([])
  })
})

it('exercises every route of costs', () => {
  expect(notExercised('costs')).toEqual([])
})
