import type { Box } from '../line.ts'

/** A part of the screen with a place of its own. */
export type PaneName =
  | 'header'
  | 'tabs'
  | 'outcome'
  | 'exposure'
  | 'quote'
  | 'preset'
  | 'positions'
  | 'orders'
  | 'deals'
  | 'markets'
  | 'chart'
  | 'ladder'
  | 'tape'
  | 'guard'
  | 'latency'
  | 'log'
  | 'keyboard'
  | 'hints'
  | 'overlay'

export interface PaneBox extends Box {
  readonly pane: PaneName
}

/** What is seen at every size that the screen is laid out for, under an overlay too unless it says `uncovered`. */
export const ALWAYS_SEEN: readonly PaneName[] = ['header', 'outcome', 'exposure', 'hints']
/** What is seen at every size as long as nothing lies over it. */
export const SEEN_UNCOVERED: readonly PaneName[] = [...ALWAYS_SEEN, 'tabs', 'quote', 'preset', 'positions']
