import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW, SELL_LIMIT } from '../screen/test/sample-view.ts'
import type { OutcomeView, ScreenView, ToldView } from '../screen/view.ts'
import { lineWriter } from './line-writer.ts'
import { startLinearScreen } from './linear-screen.ts'
import { linearTextsOf } from './linear-texts.ts'
import { listened } from './test/listened.ts'

const outcome = (text: string): OutcomeView => ({ tone: 'good', text })
const logged = (view: ScreenView, line: string, told: ToldView | null = null): ScreenView => {
  return { ...view, log: [...view.log, `12:30:05 ${line}`], told: [...view.told, told], outcome: outcome(line) }
}

const FILLED = 'FILLED: BOUGHT 1 EUR/USD Mini at 1.08521, stop 1.08371'
const FILL: ToldView = { kind: 'filled', direction: 'BUY', size: '1', market: 'EUR/USD Mini', level: '1.08521' }

describe('the linear mode', () => {
  it('begins with all that a trader has to know', () => {
    expect(listened().hear({ ...OPEN_VIEW, orders: [SELL_LIMIT] })).toMatchInlineSnapshot(`
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
    const filled = { ...logged(sent, FILLED, FILL), exposure: 'open', positions: [LONG_POSITION] } as const
    const closed = {
      ...logged(filled, 'CLOSED: BUY 1 at 1.08530, result +0.90 EUR', { kind: 'closed', direction: 'BUY', size: '1' }),
      exposure: 'checking',
      positions: [],
    } as const
    const flat = {
      ...logged(closed, 'FLAT: the broker reports no position and no working order', { kind: 'flat' }),
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
    expect(hear({ ...FLAT_VIEW, exposure: 'open', positions: [moved], orders: [SELL_LIMIT] })).toEqual([
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
    const open = { ...OPEN_VIEW, orders: [SELL_LIMIT] }
    hear(open)
    expect(
      hear({
        ...open,
        positions: [{ ...LONG_POSITION, state: 'closing' }],
        orders: [{ ...SELL_LIMIT, state: 'cancelling' }],
      }),
    ).toEqual(['closing BUY 1 EUR/USD Mini', 'cancelling SELL 0.5 EUR/USD Mini, limit order at 1.08700'])
    expect(
      hear({
        ...open,
        positions: [{ ...LONG_POSITION, state: 'checking' }],
        orders: [{ ...SELL_LIMIT, state: 'checking' }],
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
      question: { text: 'Quit? y / n', short: 'Quit? y / n' },
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

it('takes nothing for heard that waits for a slow terminal', async () => {
  const stuck: (() => void)[] = []
  const writer = lineWriter({ write: (_text, done) => void stuck.push(() => done(null)), writeNow() {} })
  const screen = startLinearScreen({ write: writer.write, whenTaken: writer.whenTaken, texts: linearTextsOf('en') })
  const painted: number[] = []
  screen.onPainted(sequence => painted.push(sequence))
  const first = screen.show(FLAT_VIEW)
  const second = screen.show(OPEN_VIEW)
  await Promise.resolve()
  expect(painted).toEqual([])
  while (stuck.length > 0) stuck.shift()?.()
  await Promise.resolve()
  expect(painted).toEqual([first, second])
  screen.show(OPEN_VIEW)
  await Promise.resolve()
  expect(painted).toHaveLength(3)
})
