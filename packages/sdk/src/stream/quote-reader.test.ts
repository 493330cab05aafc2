import type { Row } from '@scalpdesk/tlcp'
import { describe, expect, it } from 'vitest'
import { accountId, epic } from '../ids.ts'
import type { PriceOptions } from '../live-stream.ts'
import type { Quote } from '../quote.ts'
import { fakeRow } from '../testing/fake-row.ts'
import type { KnownMarket } from './known-market.ts'
import { PRICE_FIELDS, priceItem } from './price-item.ts'

const EURUSD = { epic: epic('CS.D.EURUSD.CFD.IP'), decimals: 5, state: 'offline' } as const

/** Reads row by row; gives the quote of each. */
function start(market: KnownMarket = EURUSD, options: PriceOptions = {}) {
  const told: Quote[] = []
  const out = {
    event: (quote: Quote) => told.push(quote),
    state: (_key: object, make: () => Quote) => told.push(make()),
    session: 3,
    nowMs: () => 50,
  }
  const item = priceItem(market, options, { nowMs: () => Date.UTC(2026, 6, 1, 12) })
  const reader = item.reader(out)
  const last = (): Quote => {
    const quote = told.at(-1)
    if (quote === undefined) throw new Error('expected a quote')
    return quote
  }
  return {
    reader,
    fields: item.spec(accountId('ABC12'), false).fields,
    read(row: Row): Quote {
      reader.update(row)
      return last()
    },
    gap(kind: 'lost' | 'interrupted'): Quote {
      reader.gap({ kind, text: 'x', missed: null })
      return last()
    },
  }
}
const row = (values: Partial<Record<(typeof PRICE_FIELDS)[number], string | null>>, isSnapshot = false) =>
  fakeRow(PRICE_FIELDS, values, isSnapshot)

describe('quotes of a market', () => {
  it('a snapshot has everything', () => {
    const quote = start().read(
      row(
        { BIDPRICE1: '1.08501', ASKPRICE1: '1.08507', TIMESTAMP: '1718380000123', DLG_FLAG: 'DEAL ', DELAY: '0' },
        true,
      ),
    )
    expect(quote).toMatchObject({
      decimals: 5,
      bidUnits: 108_501,
      offerUnits: 108_507,
      state: 'tradeable',
      isDelayed: false,
      brokerTimeMs: 1_718_380_000_123,
      receivedAtMs: 42,
      isSnapshot: true,
    })
    expect(quote.bid?.toFixed()).toBe('1.08501')
    expect(quote.offer?.toFixed()).toBe('1.08507')
  })

  it('a change keeps the rest', () => {
    const reader = start()
    reader.read(row({ BIDPRICE1: '1.08501', ASKPRICE1: '1.08507', DLG_FLAG: 'DEAL' }))
    expect(reader.read(row({ BIDPRICE1: '1.08502' }))).toMatchObject({
      bidUnits: 108_502,
      offerUnits: 108_507,
      state: 'tradeable',
    })
  })

  it('a finer price widens both sides, and stays', () => {
    const reader = start()
    reader.read(row({ BIDPRICE1: '1.08501', ASKPRICE1: '1.08507' }))
    expect(reader.read(row({ BIDPRICE1: '1.085015' }))).toMatchObject({
      decimals: 6,
      bidUnits: 1_085_015,
      offerUnits: 1_085_070,
    })
    expect(reader.read(row({ BIDPRICE1: '1.08503' }))).toMatchObject({ decimals: 6, bidUnits: 1_085_030 })
    const offerFiner = reader.read(row({ ASKPRICE1: '1.0850701' }))
    expect(offerFiner).toMatchObject({ decimals: 7, bidUnits: 10_850_300, offerUnits: 10_850_701 })
    expect(offerFiner.bid?.toFixed()).toBe('1.08503')
  })

  it.each([[null], ['']])('a price of %o is none, not the last one', nothing => {
    const reader = start()
    reader.read(row({ BIDPRICE1: '1.08501', ASKPRICE1: '1.08507' }))
    const quote = reader.read(row({ BIDPRICE1: nothing }))
    expect(quote).toMatchObject({ bidUnits: null, bid: null, offerUnits: 108_507 })
  })

  it.each([
    ['DEAL     ', 'tradeable'],
    ['EDIT', 'edits-only'],
    ['CLOSED', 'closed'],
    ['AUCTIONNOEDIT ', 'auction-no-edits'],
    ['SUSPEND', 'suspended'],
    ['CLOSINGSONLY', 'closings-only'],
    ['DEALNOEDIT', 'deal-no-edit'],
    ['CALL ', { other: 'CALL' }],
    ['constructor', { other: 'constructor' }],
    [null, 'offline'],
  ])('the flag %o means %o', (flag, state) => {
    expect(start().read(row({ DLG_FLAG: flag })).state).toEqual(state)
  })

  it('an interruption takes the prices away', () => {
    const reader = start()
    reader.read(row({ BIDPRICE1: '1.08501', ASKPRICE1: '1.08507', DLG_FLAG: 'DEAL' }))
    const quote = reader.gap('interrupted')
    expect(quote).toMatchObject({
      bidUnits: null,
      offerUnits: null,
      bid: null,
      offer: null,
      state: { other: 'interrupted: x' },
      gap: { kind: 'interrupted' },
      receivedAtMs: 50,
    })
  })
})
