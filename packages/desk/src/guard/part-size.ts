import { Decimal } from '@scalpdesk/sdk'
import { plain } from '../presets/distance-rule.ts'
import { Wide } from '../presets/wide-decimal.ts'

/** How much of a position to close. */
export type Part = 'all' | 'half' | 'quarter' | { readonly size: Decimal }

export interface SizeSteps {
  readonly minSize: Decimal
  /** `null`: not known; then sizes are multiples of the smallest one. */
  readonly sizeStep: Decimal | null
}

/**
 * The size of a part, rounded down to the market's step, at least the smallest size and at most what is held. A rest
 * that is smaller than the smallest size goes along: it could not be closed by itself. Our choices.
 * @returns null when it is no part: nothing, or less
 */
export function partSize(held: Decimal, part: Part, steps: SizeSteps | null): Decimal | null {
  const wanted = wantedSize(held, part)
  if (!wanted.isFinite() || !wanted.gt(0)) return null
  if (wanted.gte(held) || !steps) return Decimal.min(plain(wanted), held)
  const { minSize } = steps
  const step = steps.sizeStep?.gt(0) ? steps.sizeStep : minSize
  const stepped = step.gt(0) ? new Wide(wanted).div(step).floor().times(step) : wanted
  const size = Decimal.max(plain(stepped), minSize)
  const isRestTooSmall = held.minus(size).lt(minSize)
  return isRestTooSmall || size.gte(held) ? held : size
}

function wantedSize(held: Decimal, part: Part): Decimal {
  if (part === 'all') return held
  if (part === 'half') return new Wide(held).div(2)
  if (part === 'quarter') return new Wide(held).div(4)
  return part.size
}
