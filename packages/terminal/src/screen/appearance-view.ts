/** How the screen looks; each word is one of the settings. */
export interface Appearance {
  readonly language: 'en' | 'fr'
  readonly theme: ThemeName
  readonly layout: LayoutName
  readonly timeFrame: TimeFrame
  readonly isMotionReduced: boolean
}

export type ThemeName = 'dark' | 'light' | 'contrast' | 'colour-blind'
export const THEME_NAMES: readonly ThemeName[] = ['dark', 'light', 'contrast', 'colour-blind']

/** `auto`: as many panes as the terminal has room for. */
export type LayoutName = 'auto' | 'price' | 'ladder' | 'blotter' | 'markets'
export const LAYOUT_NAMES: readonly LayoutName[] = ['auto', 'price', 'ladder', 'blotter', 'markets']

/** `ticks`: a line of the mid, a dot a second; else a candle each. */
export type TimeFrame = 'ticks' | '5s' | '15s' | '1m' | '5m'
export const TIME_FRAMES: readonly TimeFrame[] = ['ticks', '5s', '15s', '1m', '5m']
