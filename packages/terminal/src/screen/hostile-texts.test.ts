import type { SeenCell } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { paneBoxes } from './arrange/pane-boxes.ts'
import type { PaneName } from './arrange/pane-name.ts'
import { drawnScreen } from './test/drawn-screen.ts'
import { FULL_VIEW, HELP_VIEW, PICKER_VIEW } from './test/full-view.ts'
import type { ScreenView } from './view.ts'

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
    'a\nb\r\nc',
  ),
)

/** Each pane with texts of somebody else's in every place that it has for them. */
const POISONED: readonly (readonly [
  panes: readonly PaneName[],
  poison: (one: string, other: string) => Partial<ScreenView>,
])[] = [
  [['header'], one => ({ account: one, dayProfit: { text: one, tone: 'up' } })],
  [
    ['tabs', 'markets'],
    (one, other) => ({
      markets: FULL_VIEW.markets.map(tab => ({ ...tab, name: one, held: other, bid: one, offer: other })),
    }),
  ],
  [['outcome'], one => ({ outcome: { tone: 'bad', text: one } })],
  [
    ['quote', 'ladder', 'chart'],
    (one, other) => ({
      quote: { ...FULL_VIEW.quote, bid: one, offer: other, spread: one, marketState: other, high: one, low: other },
      depth: null,
    }),
  ],
  [['preset'], (one, other) => ({ preset: { ...FULL_VIEW.preset, name: one, size: other, stop: one, limit: other } })],
  [
    ['positions', 'chart', 'ladder'],
    (one, other) => ({
      positions: FULL_VIEW.positions.map(position => ({
        ...position,
        size: one,
        market: other,
        level: one,
        stop: other,
        limit: one,
        profit: { text: other, tone: 'up' },
      })),
    }),
  ],
  [
    ['orders', 'chart', 'ladder'],
    (one, other) => ({ orders: FULL_VIEW.orders.map(order => ({ ...order, size: one, market: other, level: one })) }),
  ],
  [
    ['deals'],
    (one, other) => ({
      deals: FULL_VIEW.deals.map(deal => ({ ...deal, time: one, size: other, level: one, held: other })),
    }),
  ],
  [['guard'], (one, other) => ({ guard: FULL_VIEW.guard.map(line => ({ ...line, label: one, text: other })) })],
  [['log'], (one, other) => ({ log: [one, other, one] })],
  [['keyboard'], one => ({ keyboard: one })],
  [['hints'], (one, other) => ({ keys: FULL_VIEW.keys.map(key => ({ ...key, chord: one, label: other })) })],
  [
    ['overlay'],
    (one, other) => ({
      overlay: {
        kind: 'picker',
        typed: one,
        rows: [{ name: other, epic: one, detail: other, isSelected: true }],
        note: one,
      },
    }),
  ],
  [
    ['overlay'],
    (one, other) => ({
      overlay: {
        kind: 'help',
        page: 0,
        turn: one,
        rows: [{ chords: one, label: other, kind: 'exit', danger: 'changes', context: one }],
      },
    }),
  ],
  [['overlay'], (one, other) => ({ overlay: { kind: 'confirm', ask: one, typed: other } })],
]

const cases = fc.record({
  size: fc.constantFrom([40, 12], [64, 20], [80, 24], [120, 40], [200, 50]),
  layout: fc.constantFrom('auto' as const, 'blotter' as const, 'markets' as const, 'ladder' as const),
  poisoned: fc.constantFrom(...POISONED),
  one: hostile,
  other: hostile,
})

it('no text of anybody’s wraps, reaches over another pane, or commands the terminal', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ size, layout, poisoned, one, other }) => {
      const [columns = 0, rows = 0] = size
      const [panes, poison] = poisoned
      const hasOverlay = panes.includes('overlay')
      const base: ScreenView = { ...FULL_VIEW, appearance: { ...FULL_VIEW.appearance, layout } }
      const clean = { ...base, overlay: hasOverlay ? (HELP_VIEW.overlay ?? PICKER_VIEW.overlay) : null }
      const [reference, drawn] = [drawnScreen(columns, rows), drawnScreen(columns, rows)]
      reference.show(clean, 0)
      const bytes = drawn.show({ ...base, ...poison(one, other) }, 0)
      await Promise.all([reference.seen(), drawn.seen()])
      // Nothing but positions, styles and the bracket of a frame is ever sent.
      expect(bytes.replace(/\x1b\[(\?2026[hl]|[0-9;]*[HGCm])/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
      for (const box of paneBoxes({ columns, rows, layout, hasOverlay })) {
        if (panes.includes(box.pane)) continue
        for (let y = box.y; y < box.y + box.height; y += 1)
          for (let x = box.x; x < box.x + box.width; x += 1)
            if (!isSameCell(drawn.terminal.cell(x, y), reference.terminal.cell(x, y)))
              throw new Error(`expected nothing of it in pane ${box.pane}, but it is at ${x},${y}`)
      }
      reference.close()
      drawn.close()
    }),
    { numRuns: 60 },
  )
})

function isSameCell(one: SeenCell, other: SeenCell): boolean {
  return (
    one.text === other.text &&
    one.foreground === other.foreground &&
    one.inverse === other.inverse &&
    one.bold === other.bold &&
    one.dim === other.dim &&
    one.underline === other.underline
  )
}
