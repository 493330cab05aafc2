import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { textFromScaled } from './scaled-text.ts'
import { type DrawnScreen, drawnScreen } from './test/drawn-screen.ts'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW } from './test/sample-view.ts'
import type { ScreenView } from './view.ts'

const SHORT_POSITION = {
  ...LONG_POSITION,
  direction: 'SELL',
  stop: null,
  limit: '1.08000',
  points: { text: '-4.1 points', tone: 'down' },
  profit: { text: '-3.78 EUR', tone: 'down' },
} as const

const STALE: ScreenView = {
  ...OPEN_VIEW,
  quote: { ...OPEN_VIEW.quote, freshness: 'stale', ageMs: 6200 },
  positions: [{ ...LONG_POSITION, points: null, profit: null }],
  outcome: { tone: 'bad', text: 'Denied: the price is 6.2 s old' },
}

const SCENES: Readonly<Record<string, ScreenView>> = {
  flat: FLAT_VIEW,
  open: OPEN_VIEW,
  'two positions, one closing': {
    ...OPEN_VIEW,
    workingOrders: 1,
    positions: [LONG_POSITION, { ...SHORT_POSITION, state: 'closing' }],
    dayProfit: { text: '-41.20 EUR', tone: 'down' },
  },
  checking: {
    ...OPEN_VIEW,
    exposure: 'checking',
    workingOrders: null,
    positions: [{ ...LONG_POSITION, state: 'checking' }],
    outcome: { tone: 'wait', text: 'No answer for BUY 1: asking the broker what became of it' },
    latency: { keyToWireMs: 0.42, wireToAcknowledgedMs: null, acknowledgedToConfirmedMs: null },
  },
  stale: STALE,
  crossed: { ...FLAT_VIEW, quote: { ...FLAT_VIEW.quote, freshness: 'crossed', spread: null } },
  'no price': {
    ...FLAT_VIEW,
    environment: 'live',
    exposure: 'unknown',
    workingOrders: null,
    dayProfit: null,
    quote: { freshness: 'none', bid: null, offer: null, spread: null, ageMs: null, brokerTime: null, chart: null },
  },
  question: { ...OPEN_VIEW, question: 'A position is open. Quit and leave it? y / n' },
}
const SIZES = [
  [64, 20],
  [80, 24],
  [120, 40],
  [200, 60],
] as const

function opened(columns: number, rows: number, useColour = true): DrawnScreen {
  const drawn = drawnScreen(columns, rows, useColour)
  onTestFinished(() => drawn.close())
  return drawn
}

/** Three minutes of prices that rise and fall around the entry of the sample position, then the scene. */
function sceneOn(columns: number, rows: number, view: ScreenView, useColour: boolean): DrawnScreen {
  const drawn = opened(columns, rows, useColour)
  for (let second = 0; second < 180; second += 1) {
    const mid = 1085165 + Math.abs((second % 90) - 45) * 20
    const chart = view.quote.chart && { low: mid - 15, high: mid + 15, last: mid, decimals: 6 }
    drawn.show({ ...view, quote: { ...view.quote, chart } }, second * 1000)
  }
  return drawn
}

describe.each(SIZES)('at %dx%d', (columns, rows) => {
  it.each(Object.entries(SCENES))('a person sees: %s', async (_name, view) => {
    const screen = await sceneOn(columns, rows, view, true).seen()
    expect(`\n${screen}\n`).toMatchSnapshot()
    expect(screen.split('\n')).toHaveLength(rows)

    const plain = sceneOn(columns, rows, view, false)
    expect(await plain.seen()).toBe(screen)
    const hasColour = Array.from({ length: columns * rows }, (_, at) =>
      plain.terminal.cell(at % columns, Math.floor(at / columns)),
    ).some(cell => cell.foreground !== null || cell.background !== null)
    expect(hasColour).toBe(false)
  })
})

describe('colours', () => {
  it('say what the words say', async () => {
    const drawn = sceneOn(80, 24, OPEN_VIEW, true)
    const lines = (await drawn.seen()).split('\n')
    const { terminal } = drawn
    const at = (words: string) => {
      const row = lines.findIndex(line => line.includes(words))
      return terminal.cell(lines[row]?.indexOf(words) ?? 0, row)
    }
    expect(at('▲ BUY')).toMatchObject({ foreground: 2 })
    expect(at('+2.95 EUR')).toMatchObject({ foreground: 2 })
    expect(at('MOCK')).toMatchObject({ inverse: true, foreground: 6 })
    expect(at('OPEN')).toMatchObject({ inverse: true, bold: true })
    expect(at('1.08512')).toMatchObject({ bold: true, dim: false })
  })

  it('dim a price that may not be traded on', async () => {
    const { terminal, seen } = sceneOn(80, 24, STALE, true)
    const lines = (await seen()).split('\n')
    const row = lines.findIndex(line => line.includes('BID'))
    expect(terminal.cell(lines[row]?.indexOf('1.08512') ?? 0, row)).toMatchObject({ dim: true, bold: false })
  })
})

describe('a hot update', () => {
  it.each(SIZES)('of three numbers takes at most 100 bytes at %dx%d', async (columns, rows) => {
    const drawn = sceneOn(columns, rows, OPEN_VIEW, true)
    let bytes = 0
    const updates = 120
    for (let tick = 1; tick <= updates; tick += 1) {
      const bid = 108500 + ((tick * 37) % 101)
      const view: ScreenView = {
        ...OPEN_VIEW,
        quote: { ...OPEN_VIEW.quote, bid: textFromScaled(bid, 5), offer: textFromScaled(bid + 9, 5), chart: null },
        positions: [{ ...LONG_POSITION, profit: { text: `+${textFromScaled(bid - 108400, 2)} EUR`, tone: 'up' } }],
      }
      bytes += Buffer.byteLength(drawn.show(view, 180_000 + tick * 16))
    }
    expect(bytes / updates).toBeLessThanOrEqual(100)
    // A positive control: the numbers were drawn.
    expect(await drawn.seen()).toContain(textFromScaled(108500 + ((updates * 37) % 101), 5))
  })

  it('that changes nothing writes nothing', async () => {
    const drawn = sceneOn(80, 24, OPEN_VIEW, true)
    const same = { ...OPEN_VIEW, quote: { ...OPEN_VIEW.quote, chart: null } }
    drawn.show(same, 179_100)
    expect(drawn.show(structuredClone(same), 179_200)).toBe('')
  })

  it('shows after every update what a screen painted from nothing shows', async () => {
    const drawn = opened(80, 24)
    const scenes = Object.values(SCENES)
    for (let step = 0; step < scenes.length * 2; step += 1) {
      const view = scenes[(step * 3) % scenes.length] as ScreenView
      const still = { ...view, quote: { ...view.quote, chart: null, freshness: 'stale' as const } }
      drawn.show(still, step * 1000)
      const fresh = drawnScreen(80, 24)
      fresh.show(still, step * 1000)
      expect(await drawn.seen()).toBe(await fresh.seen())
      fresh.close()
    }
  })
})

describe('a desk that is not heard', () => {
  it('is said so from 1.5 s on, with old prices and nothing known, until it is heard again', async () => {
    const drawn = sceneOn(80, 24, OPEN_VIEW, true)
    drawn.look(179_000 + 1499)
    expect(await drawn.seen()).not.toContain('NOT UPDATED')
    drawn.look(179_000 + 3200)
    const silent = await drawn.seen()
    expect(silent).toContain('NOT UPDATED for 3 s: prices below are old')
    expect(silent).toContain('STALE  3.5 s')
    expect(silent).toContain('UNKNOWN')
    expect(silent).not.toContain(' OPEN')
    drawn.show(OPEN_VIEW, 183_000)
    const heard = await drawn.seen()
    expect(heard).toContain(' OPEN')
    expect(heard).not.toMatch(/NOT UPDATED|STALE/)
  })

  it('is said so on a screen that is too small, too', async () => {
    const drawn = opened(30, 6)
    drawn.show(FLAT_VIEW, 0)
    expect(await drawn.seen()).toContain('FLAT')
    drawn.look(2000)
    expect(await drawn.seen()).toContain('UNKNOWN')
    expect(await drawn.seen()).toContain('NOT UPDATED')
    expect(await drawn.seen()).not.toContain('FLAT ')
  })
})

describe('a terminal that is too small', () => {
  it.each([
    [63, 20],
    [64, 19],
    [30, 5],
    [12, 3],
    [10, 2],
    [4, 1],
    [1, 1],
  ])('of %dx%d says so, what is open and how to get out, as far as it fits', async (columns, rows) => {
    const drawn = opened(columns, rows)
    drawn.show(OPEN_VIEW, 0)
    expect(`\n${await drawn.seen()}\n`).toMatchSnapshot()
  })

  it('is drawn in full once it has grown, and never fails on the way', async () => {
    const drawn = opened(80, 24)
    drawn.show(OPEN_VIEW, 0)
    const before = await drawn.seen()
    for (const [columns, rows] of [
      [1, 1],
      [63, 60],
      [200, 19],
      [64, 20],
      [2, 50],
      [300, 100],
      [80, 24],
    ] as const) {
      await drawn.resize(columns, rows)
      drawn.show(OPEN_VIEW, 0)
    }
    expect(await drawn.seen()).toBe(before)
  })
})

describe('whatever the broker says', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '',
      'x'.repeat(500),
      '日経'.repeat(60),
      '\x1b[2J\x1b[31m',
      '\u202eabc',
      '🚀'.repeat(20),
      'e\u0301'.repeat(90),
    ),
  )

  it('no line wraps, overlaps another or leaves its place', async () => {
    const reference = opened(64, 20)
    reference.show(OPEN_VIEW, 0)
    const fixed = (await reference.seen()).split('\n')
    const profitColumn = fixed[14]?.indexOf('+2.95') ?? 0
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (one, other, third) => {
        const drawn = drawnScreen(64, 20)
        const bytes = drawn.show(
          {
            ...OPEN_VIEW,
            account: one,
            market: { name: other, epic: third },
            outcome: { tone: 'bad', text: one },
            positions: [{ ...LONG_POSITION, size: other, market: one, level: third, stop: one }],
            preset: { size: one, stop: other, limit: third },
            log: [one, other, third],
            question: null,
          },
          0,
        )
        // Nothing but positions, styles and the bracket of a frame is ever sent.
        expect(bytes.replace(/\x1b\[(\?2026[hl]|[0-9;]*[HGCm])/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
        const lines = (await drawn.seen()).split('\n')
        expect(lines).toHaveLength(20)
        expect(lines[3]?.trimEnd()).toBe(fixed[3]?.trimEnd())
        expect(lines[4]?.trimEnd()).toBe(fixed[4]?.trimEnd())
        expect(lines[13]?.trimEnd()).toBe(fixed[13]?.trimEnd())
        expect(lines[19]?.trimEnd()).toBe(fixed[19]?.trimEnd())
        // Told by the cell, not by the text, where wide letters count once.
        expect(drawn.terminal.cell(profitColumn, 14).text).toBe('+')
        drawn.close()
      }),
      { numRuns: 60 },
    )
  })
})
