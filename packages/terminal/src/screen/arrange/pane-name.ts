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
