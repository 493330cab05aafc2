import { describe, expect, it } from 'vitest'
import { opened, sceneOn, withLook } from './test/drawn-scene.ts'
import { FULL_VIEW } from './test/full-view.ts'
import { FLAT_VIEW } from './test/sample-view.ts'
import type { ScreenView } from './view.ts'

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
