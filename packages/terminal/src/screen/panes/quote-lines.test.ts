import type { MarketState } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { textsOf } from '../../texts/texts.ts'
import { said } from '../test/said.ts'
import { FLAT_VIEW } from '../test/sample-view.ts'
import type { Freshness } from '../view.ts'
import { extremeLine, freshnessLine, marketStateLine, priceLine, spreadLine } from './quote-lines.ts'

const TEXTS = textsOf('en')

describe('a price', () => {
  it.each<[Freshness, string]>([
    ['live', 'price'],
    ['stale', 'stale'],
    ['crossed', 'stale'],
    ['closed', 'stale'],
    ['none', 'stale'],
  ])('that is %s looks like a %s one', (freshness, look) => {
    expect(priceLine('1.08512', freshness)).toEqual([{ text: '1.08512', look }])
  })

  it('that the broker does not give is a dash, never an old one', () => {
    expect(said(priceLine(null, 'live'))).toBe('–')
  })
})

describe('what lies between the prices', () => {
  it.each<[Freshness, number | null, string]>([
    ['live', 312, '0.3 s'],
    ['live', null, ''],
    ['stale', 4200, ' STALE  4.2 s'],
    ['crossed', 100, ' CROSSED  0.1 s'],
    ['closed', 65_000, ' CLOSED  1 min 05 s'],
    ['none', null, ' NO PRICE '],
  ])('for a %s quote of %s ms says %j', (freshness, ageMs, words) => {
    expect(said(freshnessLine({ freshness, ageMs }, 30, false, TEXTS))).toBe(words)
  })

  it('gives up the age before the word', () => {
    expect(said(freshnessLine({ freshness: 'stale', ageMs: 65_000 }, 12, false, TEXTS))).toBe(' STALE ')
  })

  it('counts whole seconds where motion is reduced', () => {
    expect(said(freshnessLine({ freshness: 'live', ageMs: 4970 }, 12, true, TEXTS))).toBe('4.0 s')
  })

  it('has a spread only when there is one to show', () => {
    expect(said(spreadLine(FLAT_VIEW.quote, 20, TEXTS))).toBe('spread 0.9 points')
    expect(said(spreadLine(FLAT_VIEW.quote, 12, TEXTS))).toBe('0.9 points')
    expect(said(spreadLine({ freshness: 'crossed', spread: null }, 20, TEXTS))).toBe('spread –')
  })
})

describe('what the broker says of the market', () => {
  it.each([
    ['tradeable', '12:30:05', 30, 'tradeable · 12:30:05 UTC'],
    ['closings-only', '12:30:05', 15, 'closings only'],
    [null, '12:30:05', 30, '12:30:05 UTC'],
    ['AUCTION_NO_EDITS', null, 30, 'auction, no edits'],
    ['some new state', null, 30, 'some new state'],
    [null, null, 30, ''],
  ])('%s at %s in %d columns: %j', (marketState, brokerTime, width, words) => {
    expect(said(marketStateLine({ ...FLAT_VIEW.quote, marketState, brokerTime }, width, TEXTS))).toBe(words)
  })

  it('has words of the catalogue for each state that the broker is known to name', () => {
    const known: Readonly<Record<Extract<MarketState, string>, true>> = {
      tradeable: true,
      closed: true,
      'edits-only': true,
      offline: true,
      auction: true,
      'auction-no-edits': true,
      suspended: true,
      'closings-only': true,
      'deal-no-edit': true,
    }
    expect(Object.keys(TEXTS.quote.marketStates)).toEqual(expect.arrayContaining(Object.keys(known)))
  })

  it('is said in the trader’s language', () => {
    expect(said(marketStateLine({ ...FLAT_VIEW.quote, brokerTime: null }, 30, textsOf('fr')))).toBe('négociable')
  })
})

it('shows highest and lowest whole or not at all', () => {
  expect([20, 8, 5].map(width => said(extremeLine('high', '1.08611', width, TEXTS)))).toEqual([
    'high 1.08611',
    '1.08611',
    '…',
  ])
  expect(extremeLine('low', null, 20, TEXTS)).toEqual([])
})
