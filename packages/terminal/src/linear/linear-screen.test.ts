import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW } from '../screen/test/sample-view.ts'
import type { OrderView, OutcomeView, PickerRow, ScreenView } from '../screen/view.ts'
import { type LinearScreenOptions, startLinearScreen } from './linear-screen.ts'
import { linearTextsOf } from './linear-texts.ts'

/** A linear screen on a clock of its own, and what it has said. */
function listened(options: Partial<LinearScreenOptions> = {}) {
  const clock = manualClock()
  let said = ''
  const screen = startLinearScreen({
    write: text => {
      said += text
    },
    texts: linearTextsOf('en'),
    clock,
    ...options,
  })
  /** What was said since the last time. */
  const since = (): readonly string[] => {
    const lines = said.split('\n').slice(0, -1)
    said = ''
    return lines
  }
  return {
    screen,
    clock,
    since,
    /** Shows a view after some time. @returns what was said for it */
    hear(view: ScreenView, afterMs = 16): readonly string[] {
      clock.advance(afterMs)
      screen.show(view)
      return since()
    },
  }
}

const outcome = (text: string, tone: OutcomeView['tone'] = 'good'): OutcomeView => ({ tone, text })
const logged = (view: ScreenView, ...lines: readonly string[]): ScreenView => {
  const [last = ''] = lines.slice(-1)
  return { ...view, log: [...view.log, ...lines.map(line => `12:30:05 ${line}`)], outcome: outcome(last) }
}

const ORDER: OrderView = {
  direction: 'SELL',
  kind: 'limit',
  size: '0.5',
  market: LONG_POSITION.market,
  epic: LONG_POSITION.epic,
  level: '1.08700',
  isSelected: false,
  isForeign: false,
  state: 'working',
}

const FILLED = 'FILLED: BOUGHT 1 EUR/USD Mini at 1.08521, stop 1.08371'

describe('the linear mode', () => {
  it('begins with all that a trader has to know', () => {
    expect(listened().hear({ ...OPEN_VIEW, orders: [ORDER] })).toMatchInlineSnapshot(`
      [
        "MOCK, no real money. MOCK1 · EUR 10000.00",
        "market EUR/USD Mini: bid 1.08512, offer 1.08521",
        "positions are held side by side",
        "size 1, stop 15 points, no limit",
        "ARMED: entries are sent",
        "OPEN",
        "BOUGHT 1 EUR/USD Mini at 1.08521, stop 1.08371",
        "WORKING: SELL 0.5 EUR/USD Mini, limit order at 1.08700",
        "day result +12.40 EUR",
        "b: BUY",
        "s: SELL",
        "Space: FLATTEN",
        "q: quit",
        "?: help",
        "signed in to MOCK1",
        "prices are live",
        "Filled: bought 1 at 1.08521, stop 1.08371",
      ]
    `)
  })

  it('tells a round trip, each event once', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    const sent = logged(FLAT_VIEW, 'SENT BUY 1 EUR/USD Mini, stop 15 points')
    const filled = { ...logged(sent, FILLED), exposure: 'open', positions: [LONG_POSITION] } as const
    const closed = {
      ...logged(filled, 'CLOSED: BUY 1 at 1.08530, result +0.90 EUR'),
      exposure: 'checking',
      positions: [],
    } as const
    const flat = {
      ...logged(closed, 'FLAT: the broker reports no position and no working order'),
      exposure: 'flat',
    } as const
    expect([
      ...hear({ ...sent, exposure: 'checking' }),
      ...hear(filled),
      ...hear(filled),
      ...hear(closed),
      ...hear(flat),
    ]).toEqual([
      'SENT BUY 1 EUR/USD Mini, stop 15 points',
      'CHECKING',
      FILLED,
      'OPEN',
      'CLOSED: BUY 1 at 1.08530, result +0.90 EUR',
      'CHECKING',
      'FLAT: the broker reports no position and no working order',
    ])
  })

  it('tells what the desk did not: positions and orders from elsewhere, new stops, selection', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    const foreign = { ...LONG_POSITION, isForeign: true }
    expect(hear({ ...FLAT_VIEW, exposure: 'open', positions: [foreign] })).toEqual([
      'OPEN',
      'NOT OURS: BOUGHT 1 EUR/USD Mini at 1.08521, stop 1.08371',
    ])
    const moved = { ...foreign, stop: '1.08521', limit: '1.08800', size: '0.5', isSelected: true }
    expect(hear({ ...FLAT_VIEW, exposure: 'open', positions: [moved], orders: [ORDER] })).toEqual([
      'now BUY 0.5 EUR/USD Mini, before 1',
      'BUY 0.5 EUR/USD Mini: stop 1.08521, limit 1.08800',
      'selected BUY 0.5 EUR/USD Mini',
      'WORKING: SELL 0.5 EUR/USD Mini, limit order at 1.08700',
    ])
    expect(hear(FLAT_VIEW)).toEqual([
      'FLAT',
      'no longer open: BUY 0.5 EUR/USD Mini from 1.08521',
      'no longer working: SELL 0.5 EUR/USD Mini, limit order at 1.08700',
    ])
  })

  it('tells positions and orders that are being closed, cancelled or checked', () => {
    const { hear } = listened()
    const open = { ...OPEN_VIEW, orders: [ORDER] }
    hear(open)
    expect(
      hear({
        ...open,
        positions: [{ ...LONG_POSITION, state: 'closing' }],
        orders: [{ ...ORDER, state: 'cancelling' }],
      }),
    ).toEqual(['closing BUY 1 EUR/USD Mini', 'cancelling SELL 0.5 EUR/USD Mini, limit order at 1.08700'])
    expect(
      hear({
        ...open,
        positions: [{ ...LONG_POSITION, state: 'checking' }],
        orders: [{ ...ORDER, state: 'checking' }],
      }),
    ).toEqual(['CHECKING BUY 1 EUR/USD Mini', 'CHECKING SELL 0.5 EUR/USD Mini, limit order at 1.08700'])
  })

  it('tells each of two equal positions, and that one of them is gone', () => {
    const { hear } = listened()
    hear({ ...OPEN_VIEW, positions: [LONG_POSITION, LONG_POSITION] })
    expect(hear(OPEN_VIEW)).toEqual(['no longer open: BUY 1 EUR/USD Mini from 1.08521'])
  })

  it('tells arming, mode, contract, market, limits and questions when they change, and an equal copy of them never', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    expect(hear({ ...structuredClone(FLAT_VIEW), outcome: FLAT_VIEW.outcome })).toEqual([])
    const changed: ScreenView = {
      ...FLAT_VIEW,
      arming: { kind: 'disarmed', why: 'the window lost the focus' },
      mode: 'net',
      preset: { ...FLAT_VIEW.preset, size: '2', stop: null, limit: '20 points' },
      guard: [{ label: 'day loss', text: '160 of 200 EUR', share: 0.8, tone: 'near' }],
      question: 'Quit? y / n',
    }
    expect(hear(changed)).toEqual([
      'positions are netted',
      'size 2, no stop, limit 20 points',
      'DISARMED: the window lost the focus',
      'NEAR THE LIMIT: day loss, 160 of 200 EUR',
      'QUESTION: Quit? y / n',
    ])
    expect(
      hear({
        ...changed,
        market: { name: 'Germany 40', epic: 'IX.D.DAX.IFD.IP' },
        quote: { ...FLAT_VIEW.quote, bid: '24123.0', offer: '24124.2' },
        arming: { kind: 'locked', why: 'the day is locked' },
        guard: [{ label: 'day loss', text: '200 of 200 EUR', share: 1, tone: 'reached' }],
        question: null,
      }),
    ).toEqual([
      'market Germany 40: bid 24123.0, offer 24124.2',
      'LOCKED: the day is locked',
      'LIMIT REACHED: day loss, 200 of 200 EUR',
    ])
  })

  it('speaks French', () => {
    const { hear } = listened({ texts: linearTextsOf('fr') })
    expect(hear(OPEN_VIEW)).toContain('ACHETÉ 1 EUR/USD Mini à 1.08521, stop 1.08371')
    expect(hear(FLAT_VIEW)).toContain('À PLAT')
  })

  it('writes whole lines of printable text: no sequence that moves a cursor or colours', () => {
    let written = ''
    const { hear } = listened({
      write: text => {
        written += text
      },
    })
    hear(logged(OPEN_VIEW, 'said by \x1b[31mthe broker\x07'))
    expect(written).toMatch(/\n$/)
    expect(written.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
})

describe('outcomes', () => {
  it('are told when a log that keeps only so many lines has moved on', () => {
    const { hear } = listened()
    const log = Array.from({ length: 50 }, (_, at) => `12:30:05 line ${at}`)
    hear({ ...FLAT_VIEW, log })
    expect(hear({ ...FLAT_VIEW, log: [...log.slice(2), '12:30:06 one', '12:30:06 two'] })).toEqual(['one', 'two'])
  })

  it('that come again at once are counted, and told again after two seconds', () => {
    const { hear } = listened()
    const denied = () => ({ ...FLAT_VIEW, outcome: outcome('DENIED: the spread is too wide', 'bad') })
    hear(FLAT_VIEW)
    expect([...hear(denied()), ...hear(denied()), ...hear(denied())]).toEqual(['DENIED: the spread is too wide'])
    const last = denied()
    expect(hear(last, 500)).toEqual([])
    expect(hear(last, 2000)).toEqual(['3 times again: DENIED: the spread is too wide'])
    expect(hear(last, 2000)).toEqual([])
    expect(hear(denied(), 2000)).toEqual(['DENIED: the spread is too wide'])
  })

  it('that were counted are told before another one, and at the end', () => {
    const { hear, screen, since } = listened()
    const denied = () => ({ ...FLAT_VIEW, outcome: outcome('DENIED: disarmed', 'bad') })
    hear(FLAT_VIEW)
    hear(denied())
    hear(denied())
    expect(hear({ ...FLAT_VIEW, outcome: outcome('SENT BUY 1', 'wait') })).toEqual([
      'again: DENIED: disarmed',
      'SENT BUY 1',
    ])
    hear(denied())
    hear(denied())
    screen.stopNow()
    expect(since()).toEqual(['again: DENIED: disarmed'])
  })

  it('that come back after a notice are not told again', () => {
    const { hear } = listened()
    hear(OPEN_VIEW)
    expect(hear({ ...OPEN_VIEW, outcome: outcome('pasted text was ignored', 'info') })).toEqual([
      'pasted text was ignored',
    ])
    expect(hear(OPEN_VIEW)).toEqual([])
  })

  it('are all told, in their order, however many come between two views', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 49 }), { maxLength: 12 }),
        bursts => {
          const { hear } = listened()
          let view: ScreenView = { ...FLAT_VIEW, log: [] }
          hear(view)
          let count = 0
          const [told, expected]: [string[], string[]] = [[], []]
          for (const burst of bursts) {
            const lines = burst.map((number, at) => `FILLED ${count + at} ${number}`)
            count += burst.length
            const log = [...view.log, ...lines.map(line => `12:00:00 ${line}`)].slice(-50)
            view = { ...view, log, ...(lines.length > 0 && { outcome: outcome(lines.at(-1) ?? '') }) }
            told.push(...hear(view))
            expected.push(...lines)
          }
          expect(told).toEqual(expected)
        },
      ),
    )
  })
})

describe('what moves with every tick', () => {
  const priced = (bid: string, offer: string, change: Partial<ScreenView> = {}): ScreenView => ({
    ...FLAT_VIEW,
    ...change,
    quote: { ...FLAT_VIEW.quote, bid, offer },
  })

  it('is not told by itself', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    expect(hear(priced('1.08900', '1.08909'), 60_000)).toEqual([])
  })

  it('is told after so many points, never twice within a second', () => {
    const { hear } = listened({ price: { points: 2, seconds: null } })
    hear(priced('1.08512', '1.08521'))
    expect(hear(priced('1.08531', '1.08540'), 2000)).toEqual([])
    expect(hear(priced('1.08532', '1.08541'))).toEqual(['bid 1.08532, offer 1.08541'])
    expect(hear(priced('1.08600', '1.08609'), 500)).toEqual([])
    expect(hear(priced('1.08610', '1.08619'), 500)).toEqual(['bid 1.08610, offer 1.08619'])
  })

  it('is told every so many seconds in which it changed, the newest price only', () => {
    const { hear } = listened({ price: { points: null, seconds: 10 } })
    hear(priced('1.08512', '1.08521'))
    expect(hear(priced('1.08513', '1.08522'), 5000)).toEqual([])
    expect(hear(priced('1.08514', '1.08523'), 5000)).toEqual(['bid 1.08514, offer 1.08523'])
    expect(hear(priced('1.08514', '1.08523'), 30_000)).toEqual([])
  })

  it('is never told of a price that may not be traded on; that is told by a word once it stands', () => {
    const { hear } = listened({ price: { points: 1, seconds: 1 } })
    hear(priced('1.08512', '1.08521'))
    const stale = {
      ...FLAT_VIEW,
      quote: { ...FLAT_VIEW.quote, bid: '1.08900', offer: '1.08909', freshness: 'stale' },
    } as const
    expect(hear(stale)).toEqual([])
    expect(hear(FLAT_VIEW, 500)).toEqual([])
    expect(hear(stale)).toEqual([])
    expect(hear(stale, 1000)).toEqual(['STALE: the price of EUR/USD Mini is old'])
    hear(FLAT_VIEW)
    expect(hear(FLAT_VIEW, 1000)).toContain('prices of EUR/USD Mini are live')
  })

  it('tells the day’s result at most once a minute, and only when it changed', () => {
    const { hear } = listened()
    const day = (text: string): ScreenView => ({ ...FLAT_VIEW, dayProfit: { text, tone: 'up' } })
    hear(day('+1.00 EUR'))
    expect(hear(day('+2.00 EUR'), 30_000)).toEqual([])
    expect(hear(day('+3.00 EUR'), 30_000)).toEqual(['day result +3.00 EUR'])
    expect(hear(day('+3.00 EUR'), 90_000)).toEqual([])
  })
})

describe('what lies over the market', () => {
  it('is read out: help', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    const rows = [{ chords: 'Space', label: 'close everything', kind: 'exit', context: 'trading' }] as const
    expect(hear({ ...FLAT_VIEW, overlay: { kind: 'help', rows } })).toEqual([
      'HELP, any key ends it',
      'Space: close everything',
    ])
    expect(hear(FLAT_VIEW)).toEqual(['back to trading'])
  })

  it('is read out: the picker, what was typed when the fingers rest, and the market that is selected', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    const row = (name: string, isSelected: boolean): PickerRow => ({
      name,
      epic: name,
      detail: 'smallest size 0.5',
      isSelected,
    })
    const picker = (typed: string, ...rows: readonly PickerRow[]): ScreenView => ({
      ...FLAT_VIEW,
      overlay: { kind: 'picker', typed, rows, note: null },
    })
    expect(hear(picker(''))).toEqual(['PICK A MARKET: type a name, arrows select, Enter chooses, Escape ends'])
    expect(hear(picker('d'))).toEqual([])
    expect(hear(picker('da'), 200)).toEqual([])
    expect(hear(picker('da'), 700)).toEqual(['typed da'])
    expect(hear(picker('da', row('Germany 40', true), row('Dow', false)))).toEqual([
      '2 markets found',
      'Germany 40, smallest size 0.5',
    ])
    expect(hear(picker('da', row('Germany 40', false), row('Dow', true)))).toEqual(['Dow, smallest size 0.5'])
  })

  it('is read out: a sentence that has to be typed', () => {
    const { hear } = listened()
    hear(FLAT_VIEW)
    const confirm = (typed: string): ScreenView => ({
      ...FLAT_VIEW,
      overlay: { kind: 'confirm', ask: 'Type LIVE', typed },
    })
    expect([...hear(confirm('')), ...hear(confirm('LI'))]).toEqual(['Type LIVE'])
    expect(hear(confirm('LI'), 800)).toEqual(['typed LI'])
  })
})

describe('the screen that a session knows', () => {
  it('says everything again when it is drawn anew, not when it has another size', () => {
    const { hear, screen, since } = listened()
    const whole = hear(FLAT_VIEW)
    screen.resize(80, 24)
    screen.resize(120, 40)
    expect(since()).toEqual([])
    screen.resize(120, 40)
    expect(since()).toEqual(whole.filter(line => !/signed in|prices are live|Ready/.test(line)))
  })

  it('reports each view once the caller knows its number, and nothing after it stopped', async () => {
    const { hear, screen, clock, since } = listened()
    const reports: (readonly [number, number])[] = []
    screen.onPainted((sequence, atMs) => reports.push([sequence, atMs]))
    const sequence = screen.show(FLAT_VIEW)
    expect(reports).toEqual([])
    await Promise.resolve()
    expect(reports).toEqual([[sequence, clock.nowMs()]])
    expect(screen.stopNow()).toBe(true)
    since()
    expect(hear(OPEN_VIEW)).toEqual([])
    screen.ring()
    await Promise.resolve()
    expect(reports).toHaveLength(1)
  })

  it('rings the bell and nothing else', () => {
    const written: string[] = []
    const screen = startLinearScreen({
      write: text => written.push(text),
      texts: linearTextsOf('en'),
      clock: manualClock(),
    })
    screen.ring()
    expect(written).toEqual(['\x07'])
  })

  it('tells once that its output is gone, and writes no more', () => {
    const failures: string[] = []
    const screen = startLinearScreen({
      write: () => {
        throw new Error('EPIPE')
      },
      texts: linearTextsOf('en'),
      clock: manualClock(),
    })
    screen.onFailure(({ message }) => failures.push(message))
    screen.show(FLAT_VIEW)
    screen.show(OPEN_VIEW)
    screen.onFailure(({ message }) => failures.push(message))
    expect(failures).toEqual(['EPIPE', 'EPIPE'])
  })
})
