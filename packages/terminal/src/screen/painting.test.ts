import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paneBoxes, type ScreenShape } from './arrange/pane-boxes.ts'
import { textFromScaled } from './scaled-text.ts'
import { type DrawnScreen, drawnScreen } from './test/drawn-screen.ts'
import { CONFIRM_VIEW, FULL_VIEW, HELP_VIEW, PICKER_VIEW, SHORT_POSITION } from './test/full-view.ts'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW } from './test/sample-view.ts'
import { LAYOUT_NAMES, type ScreenView, SMALLEST_SCREEN, THEME_NAMES } from './view.ts'

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
    arming: { kind: 'disarmed', why: 'press a to arm' },
    exposure: 'unknown',
    workingOrders: null,
    dayProfit: null,
    quote: {
      freshness: 'none',
      bid: null,
      offer: null,
      spread: null,
      ageMs: null,
      brokerTime: null,
      marketState: null,
      high: null,
      low: null,
    },
    feeds: [],
  },
  locked: { ...FLAT_VIEW, environment: 'demo', arming: { kind: 'locked', why: 'the day’s loss limit is reached' } },
  question: { ...OPEN_VIEW, question: 'A position is open. Quit and leave it? y / n' },
}

const SIZES = [
  [40, 12],
  [60, 24],
  [80, 24],
  [120, 40],
  [200, 50],
] as const

function opened(columns: number, rows: number, useColour = true): DrawnScreen {
  const drawn = drawnScreen(columns, rows, useColour)
  onTestFinished(() => drawn.close())
  return drawn
}

/** Two minutes of prices that rise and fall around the entry of the sample position, then the scene. */
function sceneOn(columns: number, rows: number, view: ScreenView, useColour = true): DrawnScreen {
  const drawn = opened(columns, rows, useColour)
  for (let second = 0; second < 120; second += 1) {
    const mid = 1085165 + Math.abs((second % 90) - 45) * 20
    const feed = { first: mid, low: mid - 15, high: mid + 15, last: mid, decimals: 6 }
    const feeds = view.feeds.map(({ epic, ticks }) => ({ epic, ticks, ...feed }))
    drawn.show({ ...view, feeds }, second * 1000)
  }
  return drawn
}

function hasColour({ terminal }: DrawnScreen, columns: number, rows: number): boolean {
  return Array.from({ length: columns * rows }, (_, at) => terminal.cell(at % columns, Math.floor(at / columns))).some(
    cell => cell.foreground !== null || cell.background !== null,
  )
}

const withLook = (view: ScreenView, change: Partial<ScreenView['appearance']>): ScreenView => ({
  ...view,
  appearance: { ...view.appearance, ...change },
})

describe('at 80x24', () => {
  it.each(Object.entries(SCENES))('a person sees: %s', async (_name, view) => {
    const screen = await sceneOn(80, 24, view).seen()
    expect(`\n${screen}\n`).toMatchSnapshot()
  })
})

describe.each(SIZES)('at %dx%d', (columns, rows) => {
  it.each(LAYOUT_NAMES)('a person sees a busy day in layout %s, with colours and without', async layout => {
    const view = withLook(FULL_VIEW, { layout })
    const screen = await sceneOn(columns, rows, view).seen()
    expect(`\n${screen}\n`).toMatchSnapshot()
    expect(screen.split('\n')).toHaveLength(rows)

    const plain = sceneOn(columns, rows, view, false)
    expect(await plain.seen()).toBe(screen)
    expect(hasColour(plain, columns, rows)).toBe(false)
  })

  it.each(Object.entries({ help: HELP_VIEW, picker: PICKER_VIEW, confirm: CONFIRM_VIEW }))(
    'a person sees over the panes: %s, and still where he is, what became of it, what is open, and the way out',
    async (_name, view) => {
      const screen = await sceneOn(columns, rows, view).seen()
      expect(`\n${screen}\n`).toMatchSnapshot()
      const environment = view.environment.toUpperCase()
      for (const words of [` ${environment} `, 'Filled: bought 1', ' OPEN ', 'Space  close everything'])
        expect(screen).toContain(words)
    },
  )

  it.each(THEME_NAMES)('theme %s changes no word, and without colours has none', async theme => {
    const screen = await sceneOn(columns, rows, FULL_VIEW).seen()
    expect(await sceneOn(columns, rows, withLook(FULL_VIEW, { theme })).seen()).toBe(screen)
    const plain = sceneOn(columns, rows, withLook(FULL_VIEW, { theme }), false)
    expect(await plain.seen()).toBe(screen)
    expect(hasColour(plain, columns, rows)).toBe(false)
  })
})

describe('colours', () => {
  const cellAt = async ({ terminal, seen }: DrawnScreen, words: string) => {
    const lines = (await seen()).split('\n')
    const row = lines.findIndex(line => line.includes(words))
    return terminal.cell(lines[row]?.indexOf(words) ?? 0, row)
  }

  it('say what the words say', async () => {
    const drawn = sceneOn(80, 24, OPEN_VIEW)
    expect(await cellAt(drawn, '▲ BUY')).toMatchObject({ foreground: 2 })
    expect(await cellAt(drawn, '+2.95 EUR')).toMatchObject({ foreground: 2 })
    expect(await cellAt(drawn, 'MOCK')).toMatchObject({ inverse: true, foreground: 6 })
    expect(await cellAt(drawn, 'OPEN')).toMatchObject({ inverse: true, bold: true })
    expect(await cellAt(drawn, '1.08512')).toMatchObject({ bold: true, dim: false })
  })

  it('follow the theme, also when it changes while the screen is drawn', async () => {
    const drawn = sceneOn(80, 24, OPEN_VIEW)
    drawn.show(withLook(OPEN_VIEW, { theme: 'colour-blind' }), 180_000)
    expect(await cellAt(drawn, '▲ BUY')).toMatchObject({ foreground: 39 })
    drawn.show(withLook(OPEN_VIEW, { theme: 'light' }), 180_016)
    expect(await cellAt(drawn, '▲ BUY')).toMatchObject({ foreground: 22 })
  })

  it('dim a price that may not be traded on', async () => {
    expect(await cellAt(sceneOn(80, 24, STALE), '1.08512')).toMatchObject({ dim: true, bold: false })
  })

  it('never let a screen that sends nothing look armed', async () => {
    const looks = await Promise.all(
      [
        ['ARMED', FULL_VIEW],
        ['DISARMED', { ...FULL_VIEW, arming: { kind: 'disarmed', why: null } }],
        ['LOCKED', { ...FULL_VIEW, arming: { kind: 'locked', why: 'x' } }],
      ].map(([word, view]) => cellAt(sceneOn(80, 24, view as ScreenView), word as string)),
    )
    expect(looks.map(({ inverse }) => inverse)).toEqual([false, true, true])
  })
})

describe('a hot update', () => {
  /** A price that moves by a point each time, fifteen there and back. */
  const bidAt = (tick: number) => 108500 + Math.abs((tick % 30) - 15)

  it.each(SIZES)('of three numbers takes at most 100 bytes at %dx%d, the panes full', async (columns, rows) => {
    const drawn = sceneOn(columns, rows, FULL_VIEW)
    let bytes = 0
    const updates = 120
    for (let tick = 1; tick <= updates; tick += 1) {
      const bid = bidAt(tick)
      const [position, other] = FULL_VIEW.positions
      const view: ScreenView = {
        ...FULL_VIEW,
        feeds: [],
        depth: null,
        quote: { ...FULL_VIEW.quote, bid: textFromScaled(bid, 5), offer: textFromScaled(bid + 9, 5) },
        positions: [{ ...position!, profit: { text: `+${textFromScaled(bid - 108400, 2)} EUR`, tone: 'up' } }, other!],
      }
      bytes += Buffer.byteLength(drawn.show(view, 180_000 + tick * 16))
    }
    expect(bytes / updates).toBeLessThanOrEqual(100)
    // A positive control: the numbers were drawn.
    expect(await drawn.seen()).toContain(textFromScaled(bidAt(updates), 5))
  })

  it('that changes nothing writes nothing', async () => {
    const drawn = sceneOn(200, 50, FULL_VIEW)
    const same = { ...FULL_VIEW, feeds: [] }
    drawn.show(same, 119_100)
    expect(drawn.show(structuredClone(same), 119_200)).toBe('')
  })

  // The painters of chart, ladder and tape have a history that a screen painted from nothing lacks.
  it('shows after every update what a screen painted from nothing shows, in the panes without a history', async () => {
    const drawn = opened(120, 40)
    const scenes = [
      ...Object.values(SCENES),
      FULL_VIEW,
      HELP_VIEW,
      CONFIRM_VIEW,
      withLook(FULL_VIEW, { language: 'fr' }),
    ]
    for (let step = 0; step < scenes.length * 2; step += 1) {
      const view = withLook(scenes[(step * 5) % scenes.length] as ScreenView, { layout: 'blotter' })
      const still = { ...view, feeds: [], quote: { ...view.quote, freshness: 'stale' as const } }
      drawn.show(still, step * 1000)
      const fresh = drawnScreen(120, 40)
      fresh.show(still, step * 1000)
      expect(await drawn.seen()).toBe(await fresh.seen())
      fresh.close()
    }
  })
})

describe('a desk that is not heard', () => {
  it.each([
    [40, 12],
    [80, 24],
    [200, 50],
  ])('is said so at %dx%d from 1.5 s on, nothing known or armed, until it is heard again', async (columns, rows) => {
    const drawn = sceneOn(columns, rows, FULL_VIEW)
    drawn.look(119_000 + 1499)
    expect(await drawn.seen()).not.toContain('NOT UPDATED')
    drawn.look(119_000 + 3200)
    const silent = await drawn.seen()
    for (const words of ['NOT UPDATED', 'STALE  3.5 s', 'UNKNOWN', 'NOT HEARD']) expect(silent).toContain(words)
    expect(silent).not.toMatch(/ OPEN| ARMED/)
    drawn.show(FULL_VIEW, 123_000)
    const heard = await drawn.seen()
    expect(heard).toMatch(/ ARMED[\s\S]* OPEN/)
    expect(heard).not.toMatch(/NOT UPDATED|NOT HEARD/)
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

describe('which world, whether armed, what is open', () => {
  const states = fc.record({
    environment: fc.constantFrom('mock', 'demo', 'live'),
    arming: fc.constantFrom<ScreenView['arming']>(
      { kind: 'armed' },
      { kind: 'disarmed', why: 'press a to arm' },
      { kind: 'locked', why: 'the day’s loss limit is reached' },
    ),
    exposure: fc.constantFrom('flat', 'open', 'checking', 'unknown'),
    layout: fc.constantFrom(...LAYOUT_NAMES),
    overlay: fc.constantFrom(null, HELP_VIEW.overlay, CONFIRM_VIEW.overlay),
    columns: fc.integer({ min: 16, max: 240 }),
    rows: fc.integer({ min: 3, max: 70 }),
  })
  const WORDS = { armed: 'ARMED', disarmed: 'DISARMED', locked: 'LOCKED' } as const

  it('are words on the frame at every size, without colours', async () => {
    await fc.assert(
      fc.asyncProperty(states, async ({ layout, columns, rows, ...state }) => {
        const drawn = drawnScreen(columns, rows, false)
        drawn.show(withLook({ ...FULL_VIEW, ...state }, { layout }), 0)
        const screen = await drawn.seen()
        drawn.close()
        const words = [state.environment.toUpperCase(), WORDS[state.arming.kind], state.exposure.toUpperCase()]
        for (const word of words) expect(screen, screen).toMatch(new RegExp(`(^|[ \n])${word}( |\n|$)`))
        for (const other of ['MOCK', 'DEMO', 'LIVE'].filter(word => word !== words[0]))
          expect(screen).not.toMatch(new RegExp(`^ ${other} `, 'm'))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a figure', () => {
  /** The screen without the panes that choose figures of their own, such as the prices of a scale. */
  function withoutPainted(screen: string, shape: ScreenShape): string {
    const painted = paneBoxes(shape).filter(({ pane }) => ['chart', 'ladder', 'tape', 'latency'].includes(pane))
    const lines = screen.split('\n').map((line, row) => {
      const across = painted.filter(({ y, height }) => y <= row && row < y + height)
      return [...line].filter((_, column) => !across.some(({ x, width }) => x <= column && column < x + width)).join('')
    })
    return lines.join('\n')
  }

  it('is shown whole or not at all, at every size, in every layout', async () => {
    // The age is said in seconds.
    const told = `${JSON.stringify(FULL_VIEW)} 0.3`
    const whole = new Set(told.match(/\d[\d.,]*\d|\d/g))
    const shape = fc.record({
      layout: fc.constantFrom(...LAYOUT_NAMES),
      columns: fc.integer({ min: SMALLEST_SCREEN.columns, max: 240 }),
      rows: fc.integer({ min: SMALLEST_SCREEN.rows, max: 70 }),
    })
    await fc.assert(
      fc.asyncProperty(shape, async ({ layout, columns, rows }) => {
        const drawn = drawnScreen(columns, rows, false)
        drawn.show(withLook(FULL_VIEW, { layout }), 0)
        const seen = withoutPainted(await drawn.seen(), { columns, rows, layout, hasOverlay: false })
        drawn.close()
        const counts = /^‹\d+ | \d+›$|\+ \d+ more/gm
        for (const figure of seen.replace(counts, '').match(/\d[\d.,]*\d|\d/g) ?? [])
          expect(whole.has(figure), `${figure} in\n${seen}`).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a pane that fails', () => {
  const BLOTTER = withLook(FULL_VIEW, { layout: 'blotter' })
  const poison = new Proxy([], {
    get() {
      throw new Error('a bad row')
    },
  })

  it.each(['guard', 'deals', 'orders', 'log'] as const)('%s says so in its place, and the others go on', async part => {
    const drawn = sceneOn(200, 50, BLOTTER)
    const whole = (await drawn.seen()).split('\n')
    drawn.show({ ...BLOTTER, [part]: poison }, 120_000)
    const screen = await drawn.seen()
    expect(screen.match(/pane failed: a bad row/g)).toHaveLength(1)
    // Header, tabs, outcome, exposure, quote, preset; keyboard and hints.
    const lines = screen.split('\n')
    for (const row of [0, 1, 2, 3, 4, 6, 7, 48, 49]) expect(lines[row]).toBe(whole[row])
    drawn.show(BLOTTER, 120_016)
    expect(await drawn.seen()).not.toContain('pane failed')
  })

  it('that Ink draws says so, too, and exposure and the way out stay', async () => {
    const drawn = opened(80, 24)
    drawn.show({ ...FULL_VIEW, preset: { ...FULL_VIEW.preset, sizes: poison } }, 0)
    const screen = await drawn.seen()
    expect(screen.match(/pane failed: a bad row/g)).toHaveLength(1)
    for (const words of [' OPEN ', '▲ BUY', '1.08512', 'Space  close everything']) expect(screen).toContain(words)
  })

  it('with a history of its own says so until it is well again', async () => {
    const drawn = sceneOn(120, 40, FULL_VIEW)
    drawn.show({ ...FULL_VIEW, feeds: poison }, 120_000)
    const screen = await drawn.seen()
    expect(screen).toContain('pane failed: a bad row')
    for (const words of [' OPEN ', '▲ BUY', 'Space  close everything']) expect(screen).toContain(words)
    drawn.show(FULL_VIEW, 120_016)
    expect(await drawn.seen()).not.toContain('pane failed')
  })

  it('that says what is open claims nothing', async () => {
    const drawn = opened(80, 24)
    drawn.show(FLAT_VIEW, 0)
    const broken = { ...FLAT_VIEW, exposure: 'flat' as const, workingOrders: Symbol('not a count') as unknown }
    drawn.show(broken as ScreenView, 16)
    const screen = await drawn.seen()
    expect(screen).toContain('pane failed')
    expect(screen).not.toContain(' FLAT ')
    expect(screen).toContain('Space  FLATTEN')
  })
})

describe('a terminal that is too small', () => {
  it.each([
    [39, 12],
    [40, 11],
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
    drawn.show(FULL_VIEW, 0)
    const before = await drawn.seen()
    for (const [columns, rows] of [
      [1, 1],
      [39, 60],
      [200, 11],
      [40, 12],
      [2, 50],
      [300, 100],
      [80, 24],
    ] as const) {
      await drawn.resize(columns, rows)
      drawn.show(FULL_VIEW, 0)
    }
    expect(await drawn.seen()).toBe(before)
  })
})
