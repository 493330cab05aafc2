import { expect, it, onTestFinished } from 'vitest'
import { paneBoxes } from '../arrange/pane-boxes.ts'
import { looksOf } from '../looks.ts'
import { FULL_VIEW } from '../test/full-view.ts'
import { OPEN_VIEW } from '../test/sample-view.ts'
import type { ScreenView } from '../view.ts'
import { InkLayout } from './ink-layout.tsx'

function layout(): InkLayout {
  const ink = new InkLayout(looksOf('dark', true))
  onTestFinished(() => ink.close())
  return ink
}

function laidOut(ink: InkLayout, view: ScreenView, columns: number, rows: number) {
  const boxes = paneBoxes({ columns, rows, layout: view.appearance.layout, hasOverlay: view.overlay !== null })
  return ink.layOut(view, boxes, columns, rows)
}

it.each([
  [40, 12],
  [64, 20],
  [80, 24],
  [120, 40],
  [200, 50],
])('at %dx%d leaves a place for what changes with a tick, none over another, none off the screen', (columns, rows) => {
  const { slots } = laidOut(layout(), FULL_VIEW, columns, rows)
  expect([...slots.keys()]).toEqual(
    expect.arrayContaining([
      'arming',
      'dayProfit',
      'tabs',
      'outcome',
      'exposure',
      'bid',
      'offer',
      'profit:0',
      'profit:1',
    ]),
  )
  const taken = new Set<string>()
  for (const { x, y, width, height } of slots.values()) {
    expect([x >= 0, y >= 0, x + width <= columns, y + height <= rows]).toEqual([true, true, true, true])
    for (let at = 0; at < width * height; at += 1) {
      const cell = `${x + (at % width)},${y + Math.floor(at / width)}`
      expect(taken.has(cell)).toBe(false)
      taken.add(cell)
    }
  }
})

it('gives up the places of positions that were closed, and of panes that are covered', () => {
  const ink = layout()
  laidOut(ink, OPEN_VIEW, 80, 24)
  expect(laidOut(ink, { ...OPEN_VIEW, positions: [] }, 80, 24).slots.has('profit:0')).toBe(false)
  const covered = laidOut(ink, { ...OPEN_VIEW, overlay: { kind: 'confirm', ask: 'x', typed: '' } }, 80, 24)
  expect(covered.slots.has('chart')).toBe(false)
})

it('refuses to paint what a failed component leaves behind', () => {
  const ink = layout()
  expect(() =>
    ink.layOut(
      OPEN_VIEW,
      [
        {
          pane: 'log',
          x: 0,
          y: 0,
          width: 9,
          get height(): never {
            throw new Error('a component failed')
          },
        },
      ],
      80,
      24,
    ),
  ).toThrow('expected the screen to be laid out')
})
