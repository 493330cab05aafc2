import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChartPainter } from './chart-painter.ts'
import { feedOf, paintedPane, quietView, tick, viewAt } from './test/painted-pane.ts'
import { FLAT_VIEW, LONG_POSITION } from './test/sample-view.ts'
import { type Appearance, type PastCandle, type PositionView, type ScreenView, TIME_FRAMES } from './view.ts'

const NOON = Date.UTC(2026, 0, 5, 12)
const POSITION: PositionView = { ...LONG_POSITION, level: '10.20', stop: '9.10', limit: '12.00' }
const ON_CLOCK = { ...FLAT_VIEW.quote, brokerTime: null }

const look = (change: Partial<Appearance>): Pick<ScreenView, 'appearance' | 'quote'> => ({
  appearance: { ...FLAT_VIEW.appearance, ...change },
  quote: ON_CLOCK,
})

const minutes = (...closes: readonly number[]): readonly PastCandle[] =>
  closes.map((close, at) => ({
    startMs: NOON - (closes.length - at) * 60_000,
    open: close,
    high: close + 5,
    low: close - 5,
    close,
    decimals: 2,
  }))

describe('the chart', () => {
  it('shows prices, our lines with their words and levels, the last price, round prices and times', () => {
    const pane = paintedPane(new ChartPainter(false, false, NOON), 60, 11)
    let lines: readonly string[] = []
    for (let second = 0; second < 60; second += 1)
      lines = pane.show(
        viewAt(1000 + Math.round(20 * Math.sin(second / 9)), { ...look({}), positions: [POSITION] }),
        second * 1000,
      )
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "                                                ▲limit 12.00
      ⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⢀⣠⠴⠒⠲⣄⡀⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒ entry 10.20
                           ⣠⠏     ⠹⣄                              
                         ⢀⡼⠁       ⠈⢧⡀                            
                         ⡼           ⢳⡀              ⣰◄10.05      
                        ⠚⠁            ⢹⡀            ⡼⠁ 10.0       
                                       ⠹⡄          ⡼⠁             
                                        ⠙⣆       ⢀⡞⠁              
                                         ⠘⠲⡄   ⢀⡴⠋                
                                           ⠙⠒⠒⠒⠋      ▼stop 9.10  
      ───┴11:59:30──────┴12:00:00──────┴12:00:30────── ticks UTC  "
    `)
  })

  it('shows candles, thick when they fall and thin when they rise, and says so where there is no colour', () => {
    const painter = new ChartPainter(false, false, NOON)
    const pane = paintedPane(painter, 60, 11)
    painter.seed(FLAT_VIEW.market.epic, '1m', [
      ...minutes(1000, 1010, 1020, 1030).map((candle, at) => ({ ...candle, close: candle.close + (at % 2 ? 8 : -8) })),
    ])
    expect(pane.show(viewAt(1035, look({ timeFrame: '1m' })), 0).join('\n')).toMatchInlineSnapshot(`
      "                                                            
                                                        ▌─  ◄10.35
                                                        ▌         
                                                       │╵         
                                                      ▖█     10.2 
                                                      ▌▀          
                                                     ╷│           
                                                     █       10.0 
                                                     █            
                                                                  
      ▌up █down ─┴11:20────┴11:30────┴11:40────┴11:50─── 1 min UTC"
    `)
  })

  it('says that there is no price before the first', () => {
    const pane = paintedPane(new ChartPainter(false, false, NOON), 40, 5)
    expect(pane.show(quietView(), 0).join('').trim()).toBe('waiting for prices')
    pane.show(quietView(), 16)
    expect(pane.changed()).toBe(0)
  })

  it('speaks French', () => {
    const lines = paintedPane(new ChartPainter(false, false, NOON), 60, 9).show(
      viewAt(1000, { ...look({ language: 'fr', timeFrame: '5s' }), positions: [POSITION] }),
      0,
    )
    expect(lines.join('\n')).toMatch(/entrée 10\.20/)
    expect(lines.at(-1)).toMatch(/hausse .*baisse/)
  })

  it('points with an arrow at a line outside of its scale', () => {
    const pane = paintedPane(new ChartPainter(false, false, NOON), 60, 9)
    const lines = pane.show(
      viewAt(1000, { ...look({}), positions: [{ ...POSITION, stop: '1.00', limit: '90.00' }] }),
      0,
    )
    expect(lines[0]).toMatch(/▲limit 90\.00 *$/)
    expect(lines[7]).toMatch(/▼stop 1\.00 *$/)
  })

  it('keeps every word when several lines fall on one row', () => {
    const pane = paintedPane(new ChartPainter(false, false, NOON), 60, 9)
    const text = pane
      .show(
        viewAt(1000, { ...look({}), positions: [{ ...POSITION, level: '10.00', stop: '10.00', limit: '10.00' }] }),
        0,
      )
      .join('\n')
    for (const word of ['entry 10.00', 'stop 10.00', 'limit 10.00', '◄10.00']) expect(text).toContain(word)
  })

  it('paints the last column and the last price only while the price moves within a second', () => {
    const pane = paintedPane(new ChartPainter(true, true, NOON), 80, 15)
    for (let second = 0; second < 30; second += 1) pane.show(viewAt(1000 + (second % 7), look({})), second * 1000)
    pane.show(viewAt(1003, look({})), 29_100)
    expect(pane.changed()).toBeLessThan(20)
    pane.show(viewAt(1003, look({})), 29_200)
    expect(pane.changed()).toBe(0)
  })

  it('keeps the history of every market and frame: a switch shows it at once', () => {
    const pane = paintedPane(new ChartPainter(false, false, NOON), 60, 9)
    const other = { name: 'Germany 40', epic: 'IX.D.DAX.IFD.IP' }
    const markets = [FLAT_VIEW.market, other].map(({ name, epic }) => ({
      name,
      epic,
      freshness: 'live' as const,
      bid: null,
      offer: null,
      spread: null,
      held: null,
      profit: null,
      isChosen: epic === FLAT_VIEW.market.epic,
    }))
    for (let second = 0; second < 20; second += 1)
      pane.show(
        viewAt(1000, { ...look({}), markets, feeds: [feedOf(1000), feedOf(5000, { epic: other.epic })] }),
        second * 1000,
      )
    const switched = pane.look(quietView({ ...look({}), market: other }))
    expect(switched.join('\n')).toContain('◄50.00')
    expect(switched.join('').match(/[⠀-⣿]/g)).toHaveLength(10)
    expect(
      pane
        .look(quietView({ ...look({ timeFrame: '5s' }), market: other }))
        .join('')
        .match(/─(?=.*◄50)/g),
    ).not.toBeNull()
  })

  it('draws the time without a live price as a gap, which grows, and says why in a word', () => {
    const pane = paintedPane(new ChartPainter(false, false, NOON), 60, 6)
    const stale = { ...ON_CLOCK, freshness: 'stale' } as const
    /** Columns without a dot between the first price and the right edge of the plot, on the row of the price. */
    const gap = (lines: readonly string[]): string =>
      /[⠀-⣿]( +)/.exec(lines.find(line => line.includes('10.00')) ?? '')?.[1] ?? ''
    const live = pane.show(viewAt(1000, look({})), 0)
    pane.show(quietView({ ...look({}), quote: stale }), 1000)
    const after = pane.show(quietView({ ...look({}), quote: stale }), 15_000)
    expect(gap(after).length).toBeGreaterThan(gap(live).length)
    expect(after.join('\n')).not.toContain('◄')
    expect(after.at(-1)).toContain(' STALE ')
    const again = pane.show(viewAt(1000, look({})), 16_000)
    expect(again.join('\n')).toMatch(/[⠀-⣿] {7}[⠀-⣿]/)
    expect(again.at(-1)).not.toContain('STALE')
  })

  it('says nothing where it has no room to be a chart', () => {
    expect(
      paintedPane(new ChartPainter(false, false, NOON), 11, 2)
        .show(viewAt(1000, look({})), 0)
        .join('')
        .trim(),
    ).toBe('')
  })

  it('draws the same piece by piece as from nothing', () => {
    const appearance = fc.record({ timeFrame: fc.constantFrom(...TIME_FRAMES), language: fc.constantFrom('en', 'fr') })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(feeds(), appearance, fc.nat(30_000)), { maxLength: 12 }),
        sizes(),
        (steps, size) => {
          const painter = new ChartPainter(true, true, NOON)
          const pane = paintedPane(painter, ...size)
          let atMs = 0
          for (const [{ feed, positions, isLive }, change, afterMs] of steps) {
            atMs += afterMs
            const quote = { ...ON_CLOCK, freshness: isLive ? 'live' : 'stale' } as const
            const view = {
              ...FLAT_VIEW,
              appearance: { ...FLAT_VIEW.appearance, ...change },
              quote,
              feeds: [feed],
              positions,
            }
            const bit = pane.show(view, atMs)
            expect(pane.isWithinBox()).toBe(true)
            painter.forget()
            expect(pane.look(view)).toEqual(bit)
            expect(pane.changed()).toBe(0)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('shows no price that is not in the data: the last one, our levels, and round ones', () => {
    fc.assert(
      fc.property(fc.array(feeds(), { minLength: 1, maxLength: 8 }), sizes(), (steps, size) => {
        const pane = paintedPane(new ChartPainter(false, false, NOON), ...size)
        for (const [at, { feed, positions }] of steps.entries()) {
          const lines = pane.show({ ...FLAT_VIEW, quote: ON_CLOCK, feeds: [feed], positions }, at * 700)
          for (const line of lines.slice(0, -1)) {
            const [, word = '', figure = ''] = /(?:^|[^\p{L}\d.])(\p{L}*) ?(-?\d[\d.]*) *$/u.exec(line) ?? []
            if (figure === '' || word === '' || /^av/.test(word)) continue
            expect(positions.flatMap(({ level, stop, limit }) => [level, stop, limit])).toContain(figure)
          }
          const marked = lines.map(line => /◄(-?[\d.]+)/.exec(line)?.[1]).find(text => text !== undefined)
          if (marked !== undefined) expect(Number(marked)).toBeCloseTo(feed.last / 10 ** feed.decimals, 6)
        }
      }),
    )
  })
})

function feeds() {
  const price = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -1e12, max: 1e12 }), fc.constant(0))
  const level = fc.tuple(price, fc.nat(5)).map(([units, decimals]) => (units / 10 ** decimals).toFixed(decimals))
  return fc.record({
    feed: fc.tuple(price, price, price, fc.nat(4)).map(([first, other, last, decimals]) =>
      feedOf(last, {
        first,
        low: Math.min(first, other, last),
        high: Math.max(first, other, last),
        decimals,
        ticks: [],
      }),
    ),
    positions: fc.array(
      fc.record({ level, stop: fc.option(level), limit: fc.option(level) }).map(legs => ({ ...POSITION, ...legs })),
      { maxLength: 4 },
    ),
    isLive: fc.boolean(),
  })
}

function sizes(): fc.Arbitrary<[number, number]> {
  return fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 16 }))
}

it('takes the time from the ticks where they say it', () => {
  const pane = paintedPane(new ChartPainter(false, false, NOON), 40, 5)
  const lines = pane.show(viewAt(1000, {}, { ticks: [tick('12:30:59')] }), 0)
  expect(pane.show(viewAt(1000, {}, { ticks: [tick('12:31:40')] }), 41_000).at(-1)).toContain('12:31:00')
  expect(lines.at(-1)).toContain('12:30:30')
})
