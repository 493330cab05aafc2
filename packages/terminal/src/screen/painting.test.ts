import { describe, expect, it } from 'vitest'
import { textFromScaled } from './scaled-text.ts'
import { opened, sceneOn, withLook } from './test/drawn-scene.ts'
import { type DrawnScreen, drawnScreen } from './test/drawn-screen.ts'
import { CONFIRM_VIEW, FULL_VIEW, HELP_VIEW, PICKER_VIEW, SHORT_POSITION } from './test/full-view.ts'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW } from './test/sample-view.ts'
import { LAYOUT_NAMES, type ScreenView, THEME_NAMES } from './view.ts'

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
  question: {
    ...OPEN_VIEW,
    question: { text: 'A position is open. Quit and leave it? y / n', short: 'Quit, leave what is open? y / n' },
  },
}

const SIZES = [
  [40, 12],
  [60, 24],
  [80, 24],
  [120, 40],
  [200, 50],
] as const

function hasColour({ terminal }: DrawnScreen, columns: number, rows: number): boolean {
  return Array.from({ length: columns * rows }, (_, at) => terminal.cell(at % columns, Math.floor(at / columns))).some(
    cell => cell.foreground !== null || cell.background !== null,
  )
}

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
      for (const words of [` ${environment} `, 'Filled: bought 1', ' OPEN ', 'close everything'])
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
