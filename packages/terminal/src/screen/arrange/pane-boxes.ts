import type { Box } from '../line.ts'
import type { LayoutName } from '../view.ts'
import { type ColumnPlan, LAYOUTS, type LayoutPlan, type PaneBelow, type PanePlace } from './layouts.ts'
import type { PaneBox, PaneName } from './pane-name.ts'

export interface ScreenShape {
  readonly columns: number
  readonly rows: number
  readonly layout: LayoutName
  /** Something lies over the panes. */
  readonly hasOverlay: boolean
}

/**
 * Where each pane stands on a terminal of at least `SMALLEST_SCREEN`. It depends on nothing that a price or an order changes, so that
 * nothing moves while one trades. Panes without room are left out whole; what a trader cannot do without is always there.
 */
export function paneBoxes(shape: ScreenShape): readonly PaneBox[] {
  const { columns, rows } = shape
  const top = linesFrom(0, columns, topRows(columns, rows))
  const bottom = linesFrom(rows - (hasKeyboardRow(rows) ? 2 : 1), columns, [
    ...(hasKeyboardRow(rows) ? [['keyboard', 1] as const] : []),
    ['hints', 1] as const,
  ])
  const from = endOf(top)
  const room: Box = { x: 0, y: from, width: columns, height: (bottom[0]?.y ?? rows) - from }
  const body = bodyBoxes(room, planFor(shape))
  return shape.hasOverlay ? covered([...top, ...body, ...bottom], room) : [...top, ...body, ...bottom]
}

/** From this many rows on, the keyboard has a line of its own. */
const KEYBOARD_FROM_ROWS = 16
/**
 * An outcome says why, which takes more rows the narrower they are: from so many columns and rows on, so many. With 24 rows and more the
 * usual reason stands whole; the longest turns page by page where it does not.
 */
const OUTCOME_ROWS = [
  { columns: 120, rows: 24, take: 2 },
  { columns: 120, rows: 0, take: 1 },
  { columns: 72, rows: 30, take: 3 },
  { columns: 72, rows: 20, take: 2 },
  { columns: 72, rows: 0, take: 1 },
  { columns: 60, rows: 24, take: 3 },
  { columns: 60, rows: 0, take: 2 },
  { columns: 0, rows: 24, take: 4 },
  { columns: 0, rows: 14, take: 3 },
  { columns: 0, rows: 0, take: 2 },
] as const
/** From here on the prices stand in boxes of three rows. */
const BOXED_QUOTE_FROM = { columns: 64, rows: 18 } as const
/** What an overlay needs before it leaves the rows under the exposure line to be seen. */
const OVERLAY_ROWS = 13
const LEAST_POSITION_ROWS = 3
const GAP = 1

function hasKeyboardRow(rows: number): boolean {
  return rows >= KEYBOARD_FROM_ROWS
}

type LinePlan = readonly [pane: PaneName, height: number]

function topRows(columns: number, rows: number): readonly LinePlan[] {
  const outcome = OUTCOME_ROWS.find(of => columns >= of.columns && rows >= of.rows)?.take ?? 1
  const isQuoteBoxed = columns >= BOXED_QUOTE_FROM.columns && rows >= BOXED_QUOTE_FROM.rows
  return [
    ['header', 1],
    ['tabs', 1],
    ['outcome', outcome],
    ['exposure', 1],
    ['quote', isQuoteBoxed ? 3 : 2],
    ['preset', 1],
  ]
}

function linesFrom(y: number, width: number, plans: readonly LinePlan[]): readonly PaneBox[] {
  let row = y
  return plans.map(([pane, height]) => {
    row += height
    return { pane, x: 0, y: row - height, width, height }
  })
}

function endOf(boxes: readonly PaneBox[]): number {
  return Math.max(0, ...boxes.map(({ y, height }) => y + height))
}

function planFor({ layout, columns }: ScreenShape): LayoutPlan {
  const plan = LAYOUTS[layout].find(({ fromColumns }) => fromColumns <= columns)
  if (plan) return plan
  throw new Error(`expected a plan of layout ${layout} for ${columns} columns, but it has none; give it one from 0 on`)
}

/** Positions first, then the columns under them; positions alone where no column has room. */
function bodyBoxes(room: Box, plan: LayoutPlan): readonly PaneBox[] {
  const part = Math.floor(room.height * plan.positions.part)
  const strip = Math.min(plan.positions.most, Math.max(LEAST_POSITION_ROWS, part), room.height)
  const rest = room.height - strip
  const below = plan.below === null ? 0 : rowsBelow(plan.below, rest)
  const under: Box = { ...room, y: room.y + strip, height: rest - below }
  const columns = columnBoxes(under, plan.columns)
  const height = columns.length > 0 ? strip : room.height
  const beside = plan.ordersBeside
  return [
    { pane: 'positions', ...room, width: beside > 0 ? room.width - beside - GAP : room.width, height },
    ...(beside > 0
      ? [{ pane: 'orders', ...room, x: room.x + room.width - beside, width: beside, height } as const]
      : []),
    ...columns,
    ...(plan.below !== null && below > 0
      ? [{ pane: plan.below.pane, ...room, y: under.y + under.height, height: below } as const]
      : []),
  ]
}

/** Rows of the pane across the columns; none where it would leave those too few. */
function rowsBelow({ least, most, part, leaves }: PaneBelow, rows: number): number {
  const wanted = Math.min(most, Math.max(least, Math.floor(rows * part)))
  const given = Math.min(wanted, rows - leaves)
  return given < least ? 0 : given
}

/** Columns side by side; one whose panes all lack room is left out, and the open one takes its width. */
function columnBoxes(room: Box, plans: readonly ColumnPlan[]): readonly PaneBox[] {
  const kept = plans.filter(({ panes }) => panes.some(({ least }) => least <= room.height))
  const open = kept.find(({ width }) => width === null) ?? kept[0]
  const taken = kept.reduce((sum, plan) => sum + (plan === open ? 0 : (plan.width ?? 0) + GAP), 0)
  const boxes: PaneBox[] = []
  let x = room.x
  for (const plan of kept) {
    const width = plan === open ? room.width - taken : (plan.width ?? 0)
    boxes.push(...stackBoxes({ ...room, x, width }, plan.panes))
    x += width + GAP
  }
  return boxes
}

/** Shares out the rows of a column; together its panes take all of them. */
function stackBoxes(room: Box, places: readonly PanePlace[]): readonly PaneBox[] {
  const kept = withRoom(places, room.height)
  const heights = new Map(kept.map(place => [place, place.least]))
  let spare = room.height - kept.reduce((sum, { least }) => sum + least, 0)
  while (spare > 0) {
    const growing = kept.filter(place => place.most === null || (heights.get(place) ?? 0) < place.most)
    // Whoever has no limit, or else the last, takes what the limits of the others leave.
    const takers = growing.length > 0 ? growing : kept.slice(-1)
    const neediest = takers.reduce((one, other) => (needOf(other, heights) > needOf(one, heights) ? other : one))
    heights.set(neediest, (heights.get(neediest) ?? 0) + 1)
    spare -= 1
  }
  let y = room.y
  return kept.map(place => {
    const height = heights.get(place) ?? 0
    y += height
    return { pane: place.pane, ...room, y: y - height, height }
  })
}

/** How far a pane is behind its share. */
function needOf(place: PanePlace, heights: ReadonlyMap<PanePlace, number>): number {
  return place.share / ((heights.get(place) ?? 0) - place.least + 1)
}

/** The panes that are let into a column, in its order: by rank, each leaving the ones before it comfortable. */
function withRoom(places: readonly PanePlace[], height: number): readonly PanePlace[] {
  const kept = new Set<PanePlace>()
  let taken = 0
  for (const place of places.toSorted((one, other) => one.rank - other.rank)) {
    if (taken + place.least > height) continue
    kept.add(place)
    taken += place.comfortable ?? place.least
  }
  return places.filter(place => kept.has(place))
}

/** The overlay takes the room under what stays to be seen; quote and preset are covered only where the rows are few. */
function covered(boxes: readonly PaneBox[], room: Box): readonly PaneBox[] {
  const exposure = boxes.find(({ pane }) => pane === 'exposure')
  const positions = boxes.find(({ pane }) => pane === 'positions')
  const end = room.y + room.height
  const starts = [positions ? positions.y + positions.height : room.y, room.y]
  const y = starts.find(start => end - start >= OVERLAY_ROWS) ?? (exposure ? exposure.y + exposure.height : 0)
  const overlay: PaneBox = { pane: 'overlay', x: room.x, y, width: room.width, height: end - y }
  return [...boxes.filter(box => box.y + box.height <= y || box.y >= end), overlay]
}
