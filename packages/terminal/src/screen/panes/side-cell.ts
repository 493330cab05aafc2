import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { type Span, span } from '../looks.ts'

/** Mark of selection, sign, mark of what is not ours, word. */
export const SIDE_COLUMNS = 9

export interface SideParts {
  /** null: the broker does not say. */
  readonly direction: 'BUY' | 'SELL' | null
  readonly isSelected: boolean
  readonly isForeign: boolean
}

/** The side by sign and word: `›▲ BUY` is selected, `▼*SELL` was opened elsewhere. */
export function sideCell({ direction, isSelected, isForeign }: SideParts, texts: Texts): readonly Span[] {
  const { sign, look } = direction === null ? UNTOLD : SIDES[direction]
  const side = direction === null ? texts.sideUnknown : texts.sides[direction]
  const words = `${sign}${isForeign ? '*' : ' '}${side}`
  const padded = words + ' '.repeat(Math.max(0, SIDE_COLUMNS - 1 - textWidth(words)))
  return [span(isSelected ? '›' : ' ', 'strong'), span(padded, look)]
}

const SIDES = { BUY: { sign: '▲', look: 'up' }, SELL: { sign: '▼', look: 'down' } } as const
const UNTOLD = { sign: '?', look: 'wait' } as const
