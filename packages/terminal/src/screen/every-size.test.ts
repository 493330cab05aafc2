import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paneBoxes, type ScreenShape } from './arrange/pane-boxes.ts'
import { withLook } from './test/drawn-scene.ts'
import { drawnScreen } from './test/drawn-screen.ts'
import { CONFIRM_VIEW, FULL_VIEW, HELP_VIEW } from './test/full-view.ts'
import { LAYOUT_NAMES, type ScreenView, SMALLEST_SCREEN } from './view.ts'

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
