import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LadderPainter } from './ladder-painter.ts'
import { paintedPane } from './test/painted-pane.ts'
import { FLAT_VIEW, LONG_POSITION, SELL_LIMIT } from './test/sample-view.ts'
import type { Freshness, OrderView, QuoteView, ScreenView } from './view.ts'

const ORDER: OrderView = { ...SELL_LIMIT, level: '1.08560' }

/** EUR/USD: a point is ten units of its last decimal. */
const QUOTE: QuoteView = { ...FLAT_VIEW.quote, high: '1.085900', low: '1.084700' }

const FULL: ScreenView = {
  ...FLAT_VIEW,
  quote: QUOTE,
  positions: [LONG_POSITION, { ...LONG_POSITION, level: '1.08523', size: '2', stop: '1.08405', limit: '1.08700' }],
  orders: [ORDER, { ...ORDER, level: '1.08561', size: '1' }, { ...ORDER, direction: 'BUY', size: '1' }],
  depth: {
    bids: [
      { level: '1.08512', size: '250000' },
      { level: '1.08502', size: '500000' },
      { level: '1.08501', size: '1000000' },
      { level: '1.08491', size: null },
    ],
    offers: [
      { level: '1.08521', size: '300000' },
      { level: '1.08531', size: '1234567' },
    ],
  },
}

const painted = (view: ScreenView, width: number, height: number): string =>
  paintedPane(new LadderPainter(false), width, height).show(view, 0).join('\n')

const quoted = (bid: string | null, offer: string | null, change: Partial<QuoteView> = {}): ScreenView => ({
  ...FLAT_VIEW,
  quote: { ...QUOTE, bid, offer, ...change },
})

describe('the ladder', () => {
  it('has a row a point, with best bid and offer, the broker’s sizes, the ends of the session and what is ours', () => {
    expect(painted(FULL, 44, 17)).toMatchInlineSnapshot(`
      "               1.08600 ▲limit 1.08700       
                high 1.08590                      
                     1.08580                      
                     1.08570                      
                     1.08560 buy 1 sell 1.5       
                     1.08550                      
                     1.08540                      
             1234567 1.08530                      
          300k offer 1.08521 entry +3 average     
            250k bid 1.08512                      
                1.5M 1.08500                      
                     1.08490                      
                     1.08480                      
                 low 1.08470                      
                     1.08460                      
                     1.08450                      
                     1.08440 ▼stop                "
    `)
  })

  it('fits 18 columns', () => {
    expect(painted(FULL, 18, 17)).toMatchInlineSnapshot(`
      "     1.08600 ▲lim 
      high 1.08590      
           1.08580      
           1.08570      
           1.08560 buy …
           1.08550      
           1.08540      
           1.08530      
       off 1.08521 entr…
       bid 1.08512      
      1.5M 1.08500      
           1.08490      
           1.08480      
       low 1.08470      
           1.08460      
           1.08450      
           1.08440 ▼stop"
    `)
  })

  it('counts what is ours where it has no room beside each other on one row', () => {
    const sides = (['BUY', 'SELL'] as const).map(direction => ({ ...LONG_POSITION, direction, stop: null }))
    const view: ScreenView = { ...FLAT_VIEW, quote: QUOTE, positions: sides }
    const rowOf = (width: number) =>
      painted(view, width, 9)
        .split('\n')
        .find(line => line.includes('entr'))
    expect(rowOf(44)).toMatch(/entry \+1 entry -1/)
    expect(rowOf(26)).toMatch(/entry×2/)
    expect(rowOf(26)).not.toContain('…')
  })

  it('speaks French', () => {
    expect(painted({ ...FULL, appearance: { ...FULL.appearance, language: 'fr' } }, 40, 17)).toMatch(
      /vendeur 1\.08521 entrée \+3/,
    )
  })

  it.each([
    ['stale', 'STALE'],
    ['closed', 'CLOSED'],
    ['crossed', 'CROSSED'],
    ['none', 'NO PRICE'],
  ] as const)('says in a word that the price is %s, at 18 columns too', (freshness: Freshness, word) => {
    expect(painted({ ...FULL, quote: { ...QUOTE, freshness } }, 18, 9).split('\n')[0]).toContain(word)
  })

  it('stands still while the price moves within it, and puts the price back into the middle when it nears an end', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 16)
    const first = pane.show(quoted('1.08512', '1.08521'), 0)
    const levels = (lines: readonly string[]): readonly string[] => lines.map(line => /\d\.\d{4}/.exec(line)?.[0] ?? '')
    expect(levels(pane.show(quoted('1.08532', '1.08541'), 100))).toEqual(levels(first))
    const moved = pane.show(quoted('1.08602', '1.08611'), 10_500)
    expect(moved.findIndex(line => line.includes('offer'))).toBe(8)
  })

  it('makes room for where the price has been in the last seconds, so that a price that goes to and fro moves it once', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 17)
    const views = [quoted('1.08512', '1.08521'), quoted('1.08612', '1.08621')]
    for (let at = 0; at < 10; at += 1) pane.show(views[at % 2]!, at * 300)
    for (let at = 10; at < 14; at += 1) {
      const lines = pane.show(views[at % 2]!, at * 300)
      expect(lines.join('\n')).toContain(' offer ')
      expect(pane.changed()).toBeLessThan(60)
    }
  })

  it('paints prices twenty times a second, and at once what is ours and that a price is stale', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 16)
    pane.show(quoted('1.08512', '1.08521'), 0)
    pane.show(quoted('1.08513', '1.08522'), 20)
    expect(pane.changed()).toBe(0)
    expect(pane.show({ ...quoted('1.08514', '1.08523'), positions: [LONG_POSITION] }, 30).join('\n')).toContain(
      'entry +1',
    )
    expect(pane.show(quoted('1.08514', '1.08523', { freshness: 'stale' }), 40)[0]).toContain('STALE')
    expect(pane.show(quoted('1.08517', '1.08526', { freshness: 'stale' }), 90).join('\n')).toContain('1.08526')
  })

  it('moves at most four times a second, and then also without a new price', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 9)
    const far = quoted('1.09512', '1.09521')
    pane.show(quoted('1.08512', '1.08521'), 0)
    expect(pane.show(far, 100).join('\n')).not.toContain('offer')
    expect(pane.show(far, 300).join('\n')).toContain('offer 1.09521')
  })

  it('paints only the rows between which the price moved', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 16)
    pane.show(quoted('1.08512', '1.08521'), 0)
    pane.show(quoted('1.08513', '1.08521'), 100)
    expect(pane.changed()).toBe(1)
    pane.show({ ...quoted('1.08513', '1.08521'), dayProfit: null }, 200)
    expect(pane.changed()).toBe(0)
  })

  it('marks bid and offer on one row when less than a point lies between them', () => {
    expect(painted(quoted('1.08512', '1.08513', { spread: '0.1' }), 30, 9)).toMatch(/bid offer 1\.08510/)
    expect(painted(quoted('1.08512', '1.08513', { spread: '0.1' }), 18, 9)).toMatch(/b\/o 1\.08510/)
  })

  it('has the last decimal for a step where the point is not known, and keeps a point that it knew', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 9)
    const lines = pane.show(quoted('24123.0', '24124.2', { spread: null }), 0)
    expect(lines.join('\n')).toContain('24123.7')
    expect(pane.show(quoted('24123.0', '24124.2', { spread: '1.2' }), 100).join('\n')).toContain('24127.0')
    expect(pane.show(quoted('24123.0', null, { spread: null }), 200).join('\n')).toContain('24127.0')
    const unknown = paintedPane(new LadderPainter(false), 30, 16)
    unknown.show(quoted('24123.0', '24123.2', { spread: null }), 0)
    unknown.show(quoted('24123.1', '24123.3', { spread: null }), 100)
    expect(unknown.changed()).toBeLessThan(60)
  })

  it('says that there is no price before the first', () => {
    expect(painted(quoted(null, null), 30, 3).trim()).toBe('waiting for prices')
  })

  it('shows each market around its own price', () => {
    const pane = paintedPane(new LadderPainter(false), 30, 9)
    pane.show(quoted('1.08512', '1.08521'), 0)
    const other = {
      ...quoted('24123.0', '24124.2', { spread: '1.2', high: null, low: null }),
      market: { name: 'DAX', epic: 'IX.D.DAX.IFD.IP' },
    }
    expect(pane.show(other, 100).join('\n')).toMatch(/bid 24123\.0/)
  })

  it('never shows an exact price that is not in the data, paints inside its box, and the same in pieces as from nothing', () => {
    fc.assert(
      fc.property(
        fc.array(views(), { maxLength: 8 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (all, width, height) => {
          const painter = new LadderPainter(true)
          const pane = paintedPane(painter, width, height)
          for (const [at, view] of all.entries()) {
            const bit = pane.show(view, at * 300)
            expect(pane.isWithinBox()).toBe(true)
            painter.forget()
            expect(pane.look(view)).toEqual(bit)
            for (const line of bit) {
              const exact = /(?:stop|limit|entry \+\d+) (-?\d[\d.]*) *$/.exec(line)?.[1]
              if (exact !== undefined)
                expect(view.positions.flatMap(one => [one.level, one.stop, one.limit])).toContain(exact)
              const best = /(?:bid|offer) (-?\d+\.?\d*)/.exec(line)?.[1]
              if (best !== undefined && !/bid offer/.test(line))
                expect([view.quote.bid, view.quote.offer]).toContain(best)
            }
          }
        },
      ),
    )
  })
})

function views(): fc.Arbitrary<ScreenView> {
  const units = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -1e14, max: 1e14 }))
  const level = fc.tuple(units, fc.nat(5)).map(([value, decimals]) => (value / 10 ** decimals).toFixed(decimals))
  const size = fc.option(fc.constantFrom('1', '2.5', '1000', '1500000', 'much'))
  const book = fc.array(fc.record({ level, size }), { maxLength: 5 })
  return fc
    .record({
      bid: fc.option(level),
      offer: fc.option(level),
      spread: fc.option(fc.constantFrom('0.9', '1 points', '3.25', '0', '-1', '–')),
      freshness: fc.constantFrom<Freshness>('live', 'stale', 'crossed', 'closed', 'none'),
      high: fc.option(level),
      low: fc.option(level),
      depth: fc.option(fc.record({ bids: book, offers: book })),
      positions: fc.array(fc.record({ level, stop: fc.option(level), limit: fc.option(level) }), { maxLength: 3 }),
    })
    .map(({ depth, positions, ...quote }) => ({
      ...FLAT_VIEW,
      quote: { ...QUOTE, ...quote },
      depth,
      positions: positions.map(legs => ({ ...LONG_POSITION, ...legs })),
    }))
}
