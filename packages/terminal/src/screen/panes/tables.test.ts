import { describe, expect, it } from 'vitest'
import { textsOf } from '../../texts/texts.ts'
import { lineWidth } from '../line.ts'
import { CONFIRM_VIEW, FULL_VIEW, HELP_VIEW, PICKER_VIEW } from '../test/full-view.ts'
import { said, saidAll } from '../test/said.ts'
import type { OverlayView } from '../view.ts'
import { dealLines } from './deal-lines.ts'
import { guardLines } from './guard-lines.ts'
import { armingLine, headerRow } from './header-row.ts'
import { latencyLines } from './latency-lines.ts'
import { marketsTable } from './markets-table.ts'
import { orderLines } from './order-lines.ts'
import { overlayRows } from './overlay-rows.ts'
import { presetLine } from './preset-line.ts'
import { hasSameTabs, tabsLine } from './tabs-line.ts'

const TEXTS = textsOf('en')
const room = (width: number, height: number) => ({ width, height })

describe('working orders', () => {
  it('say side, kind, level, whose they are and what becomes of them', () => {
    expect(saidAll(orderLines(FULL_VIEW, room(58, 5), TEXTS))).toEqual([
      `─ ORDERS ${'─'.repeat(49)}`,
      '›▲ BUY       1 limit   1.08400 working     EUR/USD Mini',
      ' ▼*SELL    0.5 stop    18190.0 CANCELLING  Germany 40',
    ])
  })

  it('that are not known are not said to be none', () => {
    const lines = (workingOrders: number | null) =>
      saidAll(orderLines({ orders: [], workingOrders }, room(60, 4), TEXTS)).at(-1)
    expect([lines(0), lines(null)]).toEqual([' no working order', ' working orders not known'])
    expect(said(orderLines({ ...FULL_VIEW, workingOrders: null }, room(60, 4), TEXTS)[0] ?? [])).toContain(
      'working orders not known',
    )
  })

  it('count those without room and keep the selected one', () => {
    const [order] = FULL_VIEW.orders
    const orders = Array.from({ length: 6 }, (_, at) => ({ ...order!, size: String(at), isSelected: at === 5 }))
    const lines = saidAll(orderLines({ orders, workingOrders: 6 }, room(60, 4), TEXTS))
    expect(lines.slice(2)).toEqual([expect.stringMatching(/^›▲ BUY +5 limit/), ' + 4 more'])
  })
})

describe('the deals of the day', () => {
  it('stand newest first under what they come to', () => {
    const lines = saidAll(dealLines(FULL_VIEW, room(94, 4), TEXTS))
    expect(lines[0]).toMatch(/^─ DEALS 7 · 4 won · 3 lost · \+9\.45 EUR · charges -0\.40 EUR ─+$/)
    expect(lines[2]).toBe(' 12:14:08 ▼ SELL     1  1.08602    +6.20 EUR  +0.4 R closed   42 s        EUR/USD Mini')
  })

  it('keep side and result in the narrowest table', () => {
    expect(saidAll(dealLines(FULL_VIEW, room(40, 4), TEXTS)).slice(2)).toEqual([
      ' 12:14:08 ▼ SELL     1  1.08602    +6.20',
      ' 11:58:30 ▲ BUY      2  18220.3   -12.00',
    ])
  })
})

describe('the limits', () => {
  it('show what is used in words, with a bar where there is room', () => {
    expect(saidAll(guardLines(FULL_VIEW.guard, 52, 4, false, TEXTS))).toEqual([
      ' positions        ██████░░░░ 2 of 3',
      '!entries a minute █████████░ NEAR 9 of 10',
      '#held size        ██████████ REACHED 2 of 2',
      ' + 3 more',
    ])
  })

  it('mark near and reached ones by a sign where words have no room', () => {
    expect(saidAll(guardLines(FULL_VIEW.guard.slice(2, 4), 26, 4, false, TEXTS))).toEqual([
      '!entries a minute 9 of 10',
      '#held size        2 of 2',
    ])
  })

  it('say when there is none', () => {
    expect(saidAll(guardLines([], 30, 3, false, TEXTS))).toEqual([' no limit set'])
  })
})

describe('latencies', () => {
  it('show the day’s steps and mark the slow one in words', () => {
    const shown = saidAll(latencyLines(FULL_VIEW.latencies, FULL_VIEW.latency, 44, TEXTS))
    expect([...shown.slice(0, 5), shown.at(-1)]).toEqual([
      ' ms        last   p50   p95   p99',
      ' decided    0.1   0.1   0.2   0.3',
      ' journal    0.2   0.2   0.4   0.6',
      ' sent       0.4   0.4   0.8   1.3',
      '!ack         24    24    48    71',
      ' 7 orders · ack SLOW',
    ])
  })

  it.each(['en', 'fr'] as const)('show all four figures in the narrowest pane that has them: %s', language => {
    const [titles] = saidAll(latencyLines(FULL_VIEW.latencies, FULL_VIEW.latency, 32, textsOf(language)))
    expect(titles).toMatch(/p50 +p95 +p99$/)
  })

  it('show the parts of the last order while there is nothing more', () => {
    expect(saidAll(latencyLines(null, FULL_VIEW.latency, 40, TEXTS))).toEqual([
      ' key→wire 0.4 ms',
      ' wire→ack 23 ms',
      ' ack→confirm 31 ms',
    ])
    expect(saidAll(latencyLines(null, null, 40, TEXTS))).toEqual([' no order yet'])
  })
})

it('a working order of which the broker does not tell all has a row that says so', () => {
  const [order] = FULL_VIEW.orders
  const untold = order && { ...order, direction: null, kind: null, size: '?', level: '?', isForeign: true }
  const orders = untold ? [untold] : []
  const rows = (language: 'en' | 'fr') =>
    saidAll(orderLines({ orders, workingOrders: 1 }, { width: 60, height: 3 }, textsOf(language)))
  expect(rows('en')[1]).toMatch(/^›\?\*SIDE\? +\? kind\? +\? working/)
  expect(rows('fr')[1]).toMatch(/^›\?\*SENS\u00a0\? +\? type\u00a0\? +\? en attente/)
})

describe('several markets', () => {
  it('are tabs, with what is held and why a price may not be traded on', () => {
    expect(said(tabsLine(FULL_VIEW, 90, TEXTS)).trimEnd()).toBe(
      ' ›EUR/USD Mini +2‹  Germany 40 -0.5   Bitcoin  STALE   FTSE 100  CLOSED',
    )
  })

  it('always show the chosen one, and count what is out of sight', () => {
    const markets = FULL_VIEW.markets.map((market, at) => ({ ...market, isChosen: at === 2 }))
    for (let width = 26; width < 100; width += 1) {
      const line = tabsLine({ ...FULL_VIEW, markets }, width, TEXTS)
      expect(said(line)).toContain('›Bitcoin‹')
      expect(lineWidth(line)).toBeLessThanOrEqual(width)
    }
    expect(said(tabsLine({ ...FULL_VIEW, markets }, 30, TEXTS))).toMatch(/^‹2 ›Bitcoin‹ STALE {3}1›$/)
  })

  it('need no new tabs for a new price, but for all that a tab says', () => {
    const withTab = (change: object) => ({
      ...FULL_VIEW,
      markets: FULL_VIEW.markets.map((market, at) => (at === 1 ? { ...market, ...change } : market)),
    })
    expect(hasSameTabs(FULL_VIEW, withTab({ bid: '1', offer: '2', spread: '1', profit: null }))).toBe(true)
    for (const change of [{ held: '+3' }, { freshness: 'stale' }, { isChosen: true }, { name: 'DAX' }])
      expect(hasSameTabs(FULL_VIEW, withTab(change))).toBe(false)
    const alone = { ...FULL_VIEW, markets: [] }
    expect(hasSameTabs(alone, { ...alone, quote: { ...alone.quote, bid: '1' } })).toBe(true)
    expect(hasSameTabs(alone, { ...alone, quote: { ...alone.quote, brokerTime: '12:30:06' } })).toBe(false)
  })

  it('stand side by side in a table whose figures are whole', () => {
    expect(saidAll(marketsTable(FULL_VIEW.markets, 80, 5, TEXTS))).toEqual([
      ' MARKET                         BID      OFFER  SPREAD          P/L',
      '›EUR/USD Mini               1.08512    1.08521     0.9    +2.95 EUR',
      ' Germany 40                 18238.1    18239.3     1.2    -2.40 EUR',
      ' Bitcoin                   67234.50   67270.50    36.0               STALE',
      ' FTSE 100                    7712.4     7713.4     1.0               CLOSED',
    ])
  })

  it('fit every width and height, the chosen one always in sight', () => {
    const markets = FULL_VIEW.markets.map((market, at) => ({ ...market, isChosen: at === 3 }))
    for (let width = 40; width < 200; width += 1) {
      const lines = marketsTable(markets, width, 3, TEXTS)
      expect(lines).toHaveLength(3)
      for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width)
      expect(saidAll(lines).at(-1)).toMatch(/^›FTSE 100/)
    }
  })
})

describe('the header', () => {
  it('gives the account whole or not at all', () => {
    expect(said(headerRow(FULL_VIEW, 90, TEXTS))).toContain('MOCK1 · EUR 10012.40')
    expect(said(headerRow(FULL_VIEW, 60, TEXTS))).not.toContain('MOCK1')
    expect(said(headerRow(FULL_VIEW, 60, TEXTS))).toMatch(/^ MOCK .*HEDGE/)
  })

  it.each(['en', 'fr'] as const)('is as wide as the screen at every width, in %s', language => {
    for (let width = 40; width < 240; width += 1)
      for (const environment of ['mock', 'demo', 'live'] as const) {
        const row = headerRow({ ...FULL_VIEW, environment }, width, textsOf(language))
        expect(said(row)).toHaveLength(width)
      }
  })

  it('never says armed of a desk that is not heard', () => {
    expect([true, false].map(isSilent => said(armingLine({ kind: 'armed' }, isSilent, TEXTS)).trim())).toEqual([
      'NOT HEARD',
      'ARMED',
    ])
    expect(said(armingLine({ kind: 'locked', why: 'x' }, false, TEXTS)).trim()).toBe('LOCKED')
  })
})

describe('the preset', () => {
  const line = (width: number, arming = FULL_VIEW.arming) => said(presetLine(FULL_VIEW.preset, arming, width, TEXTS))

  it('is said as fully as fits: sizes with their keys, stop and its kind, limit', () => {
    expect(line(100)).toBe(' usual · size 1:0.5 ›2:1‹ 3:2 · stop 15 points trailing · limit 30 points')
    expect(line(60)).toBe(' usual · size 1 · stop 15 points trailing · limit 30 points')
    expect(line(40)).toBe(' size 1 · stop 15 points trailing')
  })

  it('says in words that there is no stop', () => {
    const bare = { ...FULL_VIEW.preset, sizes: [], stop: null, stopKind: null, limit: null }
    expect(said(presetLine(bare, { kind: 'armed' }, 60, TEXTS))).toBe(' usual · size 1 · stop none · limit none')
  })

  it('is led by why no entry is sent', () => {
    expect(line(100, { kind: 'disarmed', why: 'press a to arm' })).toMatch(/^ entries off: press a to arm {2}/)
    expect(line(40, { kind: 'locked', why: 'the day’s loss limit is reached' })).toMatch(/^ entries off: the day’s/)
    expect(line(100, { kind: 'disarmed', why: null })).toMatch(/^ entries off /)
  })
})

describe('an overlay', () => {
  const lines = (overlay: OverlayView | null, width: number, height: number) =>
    overlay === null ? [] : saidAll(overlayRows(overlay, room(width, height), TEXTS))

  it('of help begins with the exits and says how many pages there are', () => {
    const help = lines(HELP_VIEW.overlay, 40, 7)
    expect(help.slice(1, 5)).toEqual([
      '× Space / Ctrl+Space  close everything',
      '× h                   close half',
      '× g                   close a quarter',
      '! b / Right Ctrl      buy',
    ])
    expect(help.at(-1)).toBe(' PgDn: page 1 of 3')
  })

  it('of help shows every key in columns where there is room', () => {
    const help = lines(HELP_VIEW.overlay, 120, 20).join('\n')
    for (const row of HELP_VIEW.overlay?.kind === 'help' ? HELP_VIEW.overlay.rows : [])
      expect(help).toContain(row.label)
    expect(help).not.toContain('more')
  })

  it('to pick a market shows what is typed, the rules, and the chosen one', () => {
    expect(lines(PICKER_VIEW.overlay, 90, 6)).toEqual([
      `─ PICK A MARKET ${'─'.repeat(74)}`,
      ' type: ger_',
      '› Germany 40          IX.D.DAX.IFD.IP   recent · least 0.5 · stop from 4 points',
      '  Germany Mid-Cap 50  IX.D.MDAX.IFM.IP  least 1 · stop from 12 points',
      ' searching…',
    ])
    expect(lines({ kind: 'picker', typed: 'x', rows: [], note: null }, 60, 6)).toContain(' no market found')
  })

  it('to pick a market keeps the chosen row in sight', () => {
    const rows = Array.from({ length: 30 }, (_, at) => ({
      name: `Market ${at}`,
      epic: '',
      detail: '',
      isSelected: at === 29,
    }))
    const shown = lines({ kind: 'picker', typed: '', rows, note: null }, 60, 7)
    expect(shown).toHaveLength(7)
    expect(shown.at(-1)).toBe('› Market 29')
  })

  it('to confirm shows the whole sentence that has to be typed', () => {
    expect(lines(CONFIRM_VIEW.overlay, 40, 7).slice(1)).toEqual([
      ' This is real money. Type LIVE 1234 and',
      ' press Enter to arm',
      ' type: LIVE 1_',
    ])
  })
})
