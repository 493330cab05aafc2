import type { LayoutName } from '../view.ts'
import type { PaneName } from './pane-name.ts'

/** A pane in a column, its title row counted. */
export interface PanePlace {
  readonly pane: PaneName
  readonly least: number
  /** What it is left with before panes of a higher rank are let in; `least` unless it is said. */
  readonly comfortable?: number
  /** null: as many as there are. */
  readonly most: number | null
  /** Of the rows that are left over, beside the other panes of the column. */
  readonly share: number
  /** Panes without room are left out, the highest rank first. */
  readonly rank: number
}

/** Panes one under the other. Without a width the column takes what the others leave. */
export interface ColumnPlan {
  readonly width: number | null
  readonly panes: readonly PanePlace[]
}

/** How the room between the preset line and the hints is used from a width on. */
export interface LayoutPlan {
  readonly fromColumns: number
  /** Rows of the positions, their title counted, as a part of the room, with the most they get. */
  readonly positions: { readonly part: number; readonly most: number }
  /** Columns of the working orders beside the positions; 0: they stand elsewhere or nowhere. */
  readonly ordersBeside: number
  readonly columns: readonly ColumnPlan[]
  /** A pane across all columns, under them: lines of words want the whole width. */
  readonly below: PaneBelow | null
}

export interface PaneBelow {
  readonly pane: PaneName
  readonly least: number
  readonly most: number
  /** Of the rows under the positions. */
  readonly part: number
  /** Rows that the columns keep whatever happens. */
  readonly leaves: number
}

function place(pane: PaneName, rank: number, least: number, most: number | null, share: number): PanePlace {
  return { pane, rank, least, most, share }
}

const CHART: PanePlace = { ...place('chart', 0, 5, null, 6), comfortable: 9 }
const LADDER: PanePlace = { ...place('ladder', 1, 6, null, 6), comfortable: 11 }
const TAPE = place('tape', 4, 4, null, 4)
const MARKETS = place('markets', 0, 3, 14, 3)
const ORDERS = place('orders', 2, 3, 7, 1)
const GUARD = place('guard', 3, 4, 10, 3)
const LOG = place('log', 5, 3, 16, 3)
const DEALS = place('deals', 6, 3, 10, 1)
const LATENCY = place('latency', 7, 9, 9, 1)

/** As many lines as a trader looks back for, once chart and ladder are comfortable. */
const LOG_BELOW: PaneBelow = { pane: 'log', least: 4, most: 12, part: 0.25, leaves: 11 }

const FEW = { part: 0.2, most: 7 }
const MANY = { part: 0.4, most: 20 }

/** Tables that take all the rows there are. */
const LONG_DEALS: PanePlace = { ...DEALS, rank: 1, most: null, share: 4 }
const LONG_ORDERS: PanePlace = { ...ORDERS, rank: 0, most: 14, share: 2 }
const ALL_LOG: PanePlace = { ...LOG, most: null, share: 2 }
const ALL_GUARD: PanePlace = { ...GUARD, most: null }
const SHORT_LOG: PanePlace = { ...LOG, most: 6, share: 1 }
const LADDER_FIRST: PanePlace = { ...LADDER, rank: 0, least: 5 }

/** The layouts as data, each from its widest plan to its narrowest. */
export const LAYOUTS: Readonly<Record<LayoutName, readonly LayoutPlan[]>> = {
  auto: [
    {
      fromColumns: 180,
      positions: FEW,
      ordersBeside: 72,
      below: null,
      columns: [
        { width: null, panes: [CHART, DEALS, LOG] },
        { width: 30, panes: [LADDER] },
        { width: 34, panes: [TAPE] },
        { width: 44, panes: [ALL_GUARD, LATENCY] },
      ],
    },
    {
      fromColumns: 120,
      positions: FEW,
      ordersBeside: 0,
      below: LOG_BELOW,
      columns: [
        { width: null, panes: [CHART, ORDERS, DEALS] },
        { width: 26, panes: [LADDER] },
        { width: 32, panes: [TAPE, GUARD, LATENCY] },
      ],
    },
    {
      fromColumns: 72,
      positions: FEW,
      ordersBeside: 0,
      below: LOG_BELOW,
      columns: [
        { width: null, panes: [CHART, ORDERS, DEALS] },
        { width: 26, panes: [LADDER, GUARD] },
      ],
    },
    {
      fromColumns: 0,
      positions: FEW,
      ordersBeside: 0,
      below: null,
      columns: [{ width: null, panes: [CHART, ORDERS, GUARD, SHORT_LOG, DEALS, LATENCY] }],
    },
  ],
  price: [
    {
      fromColumns: 120,
      positions: FEW,
      ordersBeside: 0,
      below: null,
      columns: [
        { width: null, panes: [CHART, SHORT_LOG] },
        { width: 32, panes: [TAPE, GUARD, LATENCY] },
      ],
    },
    {
      fromColumns: 0,
      positions: FEW,
      ordersBeside: 0,
      below: null,
      columns: [{ width: null, panes: [CHART, SHORT_LOG] }],
    },
  ],
  ladder: [
    {
      fromColumns: 140,
      positions: FEW,
      ordersBeside: 0,
      below: null,
      columns: [
        { width: 44, panes: [LADDER_FIRST] },
        { width: 34, panes: [TAPE] },
        { width: null, panes: [CHART, ORDERS, GUARD, SHORT_LOG] },
      ],
    },
    {
      fromColumns: 72,
      positions: FEW,
      ordersBeside: 0,
      below: LOG_BELOW,
      columns: [
        { width: null, panes: [LADDER_FIRST] },
        { width: 42, panes: [TAPE, ORDERS, GUARD] },
      ],
    },
    {
      fromColumns: 0,
      positions: FEW,
      ordersBeside: 0,
      below: null,
      columns: [{ width: null, panes: [LADDER_FIRST, TAPE, GUARD] }],
    },
  ],
  blotter: [
    {
      fromColumns: 110,
      positions: MANY,
      ordersBeside: 0,
      below: null,
      columns: [
        { width: null, panes: [LONG_ORDERS, LONG_DEALS] },
        { width: 42, panes: [GUARD, LATENCY, ALL_LOG] },
      ],
    },
    {
      fromColumns: 0,
      positions: MANY,
      ordersBeside: 0,
      below: null,
      columns: [{ width: null, panes: [LONG_ORDERS, LONG_DEALS, GUARD, SHORT_LOG, LATENCY] }],
    },
  ],
  markets: [
    {
      fromColumns: 120,
      positions: FEW,
      ordersBeside: 0,
      below: LOG_BELOW,
      columns: [
        { width: null, panes: [MARKETS, { ...CHART, rank: 1 }, ORDERS, DEALS] },
        { width: 36, panes: [ALL_GUARD, LATENCY] },
      ],
    },
    {
      fromColumns: 0,
      positions: FEW,
      ordersBeside: 0,
      below: null,
      columns: [{ width: null, panes: [MARKETS, { ...CHART, rank: 1 }, ORDERS, SHORT_LOG, GUARD] }],
    },
  ],
}
