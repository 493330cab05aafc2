import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TapePainter } from './tape-painter.ts'
import { feedOf, paintedPane, quietView, tick } from './test/painted-pane.ts'
import { FLAT_VIEW } from './test/sample-view.ts'
import type { ScreenView, TickView } from './view.ts'

const told = (...ticks: readonly TickView[]): ScreenView => ({ ...FLAT_VIEW, feeds: [feedOf(1, { ticks })] })

const THREE = told(
  tick('12:30:05', { move: 'up' }),
  tick('12:30:06', { bid: '1.08511', offer: '1.08520', move: 'down' }),
  tick('12:30:06'),
)

describe('the tape', () => {
  it('has the newest tick on top: time, bid, offer and move', () => {
    expect(paintedPane(new TapePainter(true), 28, 4).show(THREE, 0)).toEqual([
      '12:30:06 1.08512 1.08521 =  ',
      '12:30:06 1.08511 1.08520 ▼  ',
      '12:30:05 1.08512 1.08521 ▲  ',
      '                            ',
    ])
  })

  it('tells the move by a sign where there is no colour', () => {
    expect(
      paintedPane(new TapePainter(false), 28, 3)
        .show(THREE, 0)
        .map(line => line.trim().at(-1)),
    ).toEqual(['=', '-', '+'])
  })

  it.each([
    [24, '30:06 1.08512 1.08521 = '],
    [18, '1.08512 1.08521 = '],
    [10, '1.08512 = '],
    [4, '=   '],
  ])('at %d columns shows whole figures or none: %j', (width, line) => {
    expect(paintedPane(new TapePainter(true), width, 1).show(THREE, 0)).toEqual([line])
  })

  it('moves on a few times a second however many ticks come, and loses none that it has rows for', () => {
    const pane = paintedPane(new TapePainter(true), 28, 3)
    pane.show(told(tick('12:30:05')), 0)
    pane.show(told(tick('12:30:06')), 50)
    expect(pane.changed()).toBe(0)
    expect(pane.show(quietView(), 310).map(line => line.slice(0, 8).trim())).toEqual(['12:30:06', '12:30:05', ''])
  })

  it('moves once a second where motion is reduced', () => {
    const appearance = { ...FLAT_VIEW.appearance, isMotionReduced: true }
    const pane = paintedPane(new TapePainter(true), 28, 3)
    pane.show({ ...told(tick('12:30:05')), appearance }, 0)
    pane.show({ ...told(tick('12:30:06')), appearance }, 500)
    expect(pane.changed()).toBe(0)
    expect(pane.show(quietView({ appearance }), 1000)[0]).toContain('12:30:06')
  })

  it('keeps the ticks of other markets for when they are chosen', () => {
    const other = { name: 'Germany 40', epic: 'IX.D.DAX.IFD.IP' }
    const pane = paintedPane(new TapePainter(true), 28, 2)
    pane.show(
      { ...FLAT_VIEW, feeds: [feedOf(1, { epic: other.epic, ticks: [tick('09:00:00', { bid: '24123.0' })] })] },
      0,
    )
    expect(pane.look(quietView({ market: other }))[0]).toContain('24123.0')
  })

  it('stays in its box and in its memory whatever comes', () => {
    const ticks = fc.array(
      fc.record({
        time: fc.string(),
        bid: fc.string(),
        offer: fc.string(),
        move: fc.constantFrom('up', 'down', 'even'),
      }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(
        fc.array(ticks),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        (views, width, height) => {
          const painter = new TapePainter(true)
          const pane = paintedPane(painter, width, height)
          for (const [at, all] of views.entries()) {
            const lines = pane.show(told(...(all as readonly TickView[])), at * 200)
            expect(pane.isWithinBox()).toBe(true)
            expect(lines).toHaveLength(height)
          }
        },
      ),
    )
  })
})
