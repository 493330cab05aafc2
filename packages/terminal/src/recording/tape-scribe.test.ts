import { type TapeEntry, tapeReader, tapeWriter } from '@scalpdesk/mock-broker/engine'
import { createQuote, Decimal, DecodeError, epic, type Quote, type QuoteFields, type TradeEvent } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tapeScribe } from './tape-scribe.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const DAX = epic('IX.D.DAX.IFD.IP')
const START_MS = Date.UTC(2026, 0, 5, 9)
const MARKETS = [
  { epic: EURUSD, decimals: 5 },
  { epic: DAX, decimals: 1 },
]

const quote = (change: Partial<QuoteFields> = {}): Quote =>
  createQuote({
    epic: EURUSD,
    decimals: 5,
    bidUnits: 108_417,
    offerUnits: 108_423,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 0,
    isSnapshot: false,
    ...change,
  })

const LOST = { kind: 'lost', text: 'the session is gone', missed: null } as const
const kinds = (entries: readonly TapeEntry[]): readonly string[] =>
  entries.map(entry => (entry.kind === 'event' ? entry.name : entry.kind))

describe('on the tape', () => {
  it('a quote is a tick, after the market’s state where that is new', () => {
    const scribe = tapeScribe(MARKETS)
    expect(scribe.quote(quote(), START_MS)).toEqual([
      { kind: 'market-state', epic: EURUSD, atMs: START_MS, state: 'TRADEABLE' },
      { kind: 'tick', epic: EURUSD, atMs: START_MS, bidUnits: 108_417, offerUnits: 108_423 },
    ])
    expect(kinds(scribe.quote(quote({ bidUnits: 108_418, state: 'edits-only' }), START_MS + 1))).toEqual([
      'market-state',
      'tick',
    ])
  })

  it('the same price again is told once a second: the feed lives', () => {
    const scribe = tapeScribe(MARKETS)
    scribe.quote(quote(), START_MS)
    expect(scribe.quote(quote(), START_MS + 999)).toEqual([])
    expect(kinds(scribe.quote(quote(), START_MS + 1_000))).toEqual(['tick'])
  })

  it('a market without a price has lost its quote, once', () => {
    const scribe = tapeScribe(MARKETS)
    scribe.quote(quote(), START_MS)
    expect(kinds(scribe.quote(quote({ offerUnits: null }), START_MS + 1))).toEqual(['quote-loss'])
    expect(scribe.quote(quote({ offerUnits: null }), START_MS + 2)).toEqual([])
    expect(kinds(scribe.quote(quote(), START_MS + 3))).toEqual(['tick'])
  })

  it('what the stream missed is a gap, and no price stands in it', () => {
    const scribe = tapeScribe(MARKETS)
    scribe.quote(quote(), START_MS)
    const gap = scribe.quote(quote({ gap: LOST, bidUnits: null, offerUnits: null }), START_MS + 1)
    expect(gap).toEqual([
      { kind: 'quote-loss', epic: EURUSD, atMs: START_MS + 1 },
      { kind: 'event', name: 'gap', atMs: START_MS + 1, data: { epic: EURUSD, ...LOST } },
    ])
  })

  it('a stream that is down is one gap for all markets, however often it tries, until it is live', () => {
    const scribe = tapeScribe(MARKETS)
    scribe.quote(quote(), START_MS)
    scribe.quote(quote({ epic: DAX, decimals: 1 }), START_MS)
    const cause = { code: 'lost', text: 'the connection was lost' } as const
    expect(kinds(scribe.status({ kind: 'waiting', cause, retryAtMs: 0 }, START_MS + 1))).toEqual([
      'quote-loss',
      'quote-loss',
      'gap',
    ])
    expect(scribe.status({ kind: 'connecting', cause }, START_MS + 2)).toEqual([])
    expect(kinds(scribe.status({ kind: 'live', continuity: 'replaced' }, START_MS + 3))).toEqual(['gap-end'])
    expect(scribe.status({ kind: 'live', continuity: 'new' }, START_MS + 4)).toEqual([])
    expect(scribe.counts.gaps).toBe(1)
  })

  it('a trade is an event, its amounts exact', () => {
    const event = { kind: 'position', update: { size: new Decimal('0.5'), level: new Decimal('1.084170') } }
    const [entry] = tapeScribe(MARKETS).trade(event as unknown as TradeEvent, START_MS)
    expect(entry).toMatchObject({
      name: 'trade',
      data: { kind: 'position', update: { size: '0.5', level: '1.08417' } },
    })
  })

  it('trades that were not told are a gap', () => {
    const scribe = tapeScribe(MARKETS)
    const interrupted = scribe.trade({ kind: 'feed', state: 'interrupted' }, START_MS)
    const unreadable = scribe.trade({ kind: 'unreadable', error: new DecodeError('x', 'a text', 'a number') }, START_MS)
    expect([...kinds(interrupted), ...kinds(unreadable)]).toEqual(['gap', 'gap'])
    expect(scribe.trade({ kind: 'feed', state: 'listening' }, START_MS)).toEqual([])
  })

  it('prices with more decimals than before are told in theirs, and so is the market', () => {
    const scribe = tapeScribe(MARKETS)
    scribe.quote(quote(), START_MS)
    scribe.quote(quote({ decimals: 6, bidUnits: 1_084_175, offerUnits: 1_084_235 }), START_MS + 1)
    expect(scribe.markets[0]).toEqual({ epic: EURUSD, decimals: 6 })
    expect(scribe.quote(quote(), START_MS + 2)).toMatchObject([{ bidUnits: 1_084_170, offerUnits: 1_084_230 }])
  })

  it('a market that is not recorded is not on it', () => {
    expect(tapeScribe(MARKETS).quote(quote({ epic: epic('CS.D.GBPUSD.CFD.IP') }), START_MS)).toEqual([])
  })
})

describe('whatever a stream tells', () => {
  const units = fc.option(fc.integer({ min: -1, max: 999_999 }), { nil: null, freq: 8 })
  const told = fc.record({
    epic: fc.constantFrom(EURUSD, DAX),
    bidUnits: units,
    offerUnits: units,
    state: fc.constantFrom('tradeable' as const, 'closed' as const, 'auction' as const, { other: 'NEW' }),
    gap: fc.option(fc.constant(LOST), { nil: null, freq: 10 }),
  })

  it('is read again as it was written, and a price never stands through a gap', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_000), told), { maxLength: 60 }), moments => {
        const scribe = tapeScribe(MARKETS)
        let atMs = START_MS
        const entries = moments.flatMap(([afterMs, fields]) => {
          atMs += afterMs
          const decimals = fields.epic === DAX ? 1 : 5
          return scribe.quote(quote({ ...fields, decimals }), atMs)
        })
        const writer = tapeWriter({ startMs: START_MS, markets: scribe.markets })
        const text = writer.header + entries.map(writer.line).join('')
        const reader = tapeReader('day.tape')
        expect(reader.read(new TextEncoder().encode(text))).toEqual(entries)
        expect(reader.report()).toMatchObject({ tornBytes: 0, skipped: { count: 0 } })
        for (const [index, entry] of entries.entries()) {
          if (entry.kind !== 'event' || entry.name !== 'gap') continue
          const before = entries
            .slice(0, index)
            .findLast(
              one => 'epic' in one && one.kind !== 'market-state' && one.epic === (entry.data as { epic: string }).epic,
            )
          expect(before?.kind ?? 'quote-loss').toBe('quote-loss')
        }
      }),
    )
  })

  it('begins a new file with all that stands', () => {
    const scribe = tapeScribe(MARKETS)
    scribe.quote(quote(), START_MS)
    scribe.quote(quote({ epic: DAX, decimals: 1, bidUnits: 185_000, offerUnits: 185_010, state: 'auction' }), START_MS)
    expect(scribe.beginning(START_MS + 5)).toEqual([
      { kind: 'market-state', epic: EURUSD, atMs: START_MS + 5, state: 'TRADEABLE' },
      { kind: 'market-state', epic: DAX, atMs: START_MS + 5, state: 'ON_AUCTION' },
      { kind: 'tick', epic: EURUSD, atMs: START_MS + 5, bidUnits: 108_417, offerUnits: 108_423 },
      { kind: 'tick', epic: DAX, atMs: START_MS + 5, bidUnits: 185_000, offerUnits: 185_010 },
    ])
  })
})
