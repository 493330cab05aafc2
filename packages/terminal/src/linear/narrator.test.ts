import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLAT_VIEW, OPEN_VIEW } from '../screen/test/sample-view.ts'
import type { OutcomeView, PickerRow, ScreenView } from '../screen/view.ts'
import { listened } from './test/listened.ts'

const outcome = (text: string, tone: OutcomeView['tone'] = 'good'): OutcomeView => ({ tone, text })

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
    const rows = [
      { chords: 'Space', label: 'close everything', kind: 'exit', danger: 'changes', context: 'trading' },
    ] as const
    expect(hear({ ...FLAT_VIEW, overlay: { kind: 'help', page: 0, turn: null, rows } })).toEqual([
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

it('says nothing of views that only look new, and never fails, whatever comes', () => {
  const word = fc.constantFrom('1', '1.08521', '', 'EUR/USD', '-3')
  const view = fc.record({
    exposure: fc.constantFrom('flat', 'open', 'checking', 'unknown'),
    freshness: fc.constantFrom('live', 'stale', 'none'),
    epic: fc.constantFrom('A', 'B'),
    log: fc.array(word, { maxLength: 5 }),
    sizes: fc.array(word, { maxLength: 3 }),
    bid: fc.option(word),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(view, fc.nat(3000)), { maxLength: 20 }), steps => {
      const { hear } = listened({ price: { points: 1, seconds: 1 } })
      for (const [{ exposure, freshness, epic, log, sizes, bid }, afterMs] of steps) {
        const [position] = OPEN_VIEW.positions
        const shown = {
          ...OPEN_VIEW,
          exposure,
          market: { name: epic, epic },
          quote: { ...OPEN_VIEW.quote, freshness, bid },
          log,
          positions: position ? sizes.map(size => ({ ...position, size })) : [],
        } as const
        hear(shown, afterMs)
        expect(hear({ ...structuredClone(shown), outcome: shown.outcome }, 0)).toEqual([])
      }
    }),
  )
})
