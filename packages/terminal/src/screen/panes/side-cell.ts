import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { type Span, span } from '../looks.ts'

/** Mark of selection, sign, mark of what is not ours, word. */
export const SIDE_COLUMNS = 9

export interface SideParts {
  readonly direction: 'BUY' | 'SELL'
  readonly isSelected: boolean
  readonly isForeign: boolean
}

/** The side by sign and word: `›▲ BUY` is selected, `▼*SELL` was opened elsewhere. */
export function sideCell({ direction, isSelected, isForeign }: SideParts, texts: Texts): readonly Span[] {
  const sign = direction === 'BUY' ? '▲' : '▼'
  const words = `${sign}${isForeign ? '*' : ' '}${texts.sides[direction]}`
  const padded = words + ' '.repeat(Math.max(0, SIDE_COLUMNS - 1 - textWidth(words)))
  return [span(isSelected ? '›' : ' ', 'strong'), span(padded, direction === 'BUY' ? 'up' : 'down')]
}
