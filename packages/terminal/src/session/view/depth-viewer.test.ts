import { createQuote, Decimal, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { depthViewer } from './quote-view.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const GOLD = epic('CS.D.CFDGOLD.CFDGC.IP')

const book = (bidUnits: number, of = EURUSD) =>
  createQuote({
    epic: of,
    decimals: 5,
    bidUnits,
    offerUnits: bidUnits + 6,
    levels: [{ bidUnits, bidSize: new Decimal(1), offerUnits: bidUnits + 6, offerSize: new Decimal(1) }],
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 0,
    isSnapshot: false,
  })

it('follows the broker’s book twenty times a second, and a change of market or a lost one at once', () => {
  const view = depthViewer()
  const best = (nowMs: number, quote: Parameters<typeof view>[1]) => view(nowMs, quote)?.bids[0]?.level ?? null
  expect(best(0, book(110_000))).toBe('1.10000')
  expect(best(16, book(110_001))).toBe('1.10000')
  expect(best(50, book(110_002))).toBe('1.10002')
  expect(best(66, book(120_000, GOLD))).toBe('1.20000')
  expect(best(70, null)).toBe(null)
})
