import { describe, expect, it } from 'vitest'
import { epic } from '../ids.ts'
import { fakeRow } from '../testing/fake-row.ts'
import { PRICE_FIELDS, QuoteReader } from './quote-reader.ts'

const start = () => new QuoteReader({ epic: epic('CS.D.EURUSD.CFD.IP'), decimals: 5, state: 'offline' })
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
    const quote = reader.readNothing('interrupted', 50)
    expect(quote).toMatchObject({
      bidUnits: null,
      offerUnits: null,
      bid: null,
      offer: null,
      state: { other: 'interrupted' },
    })
  })
})
