import { type DealId, Decimal } from '@scalpdesk/sdk'
import type { Deal } from './deal.ts'
import { isUnexplained } from './part.ts'

/**
 * The name of what was seen to be missing of a deal, and that no close of ours made, nor anybody told of: it says what was left.
 * One that is there already and unexplained grows; one that is explained, or of an earlier day, stays, and the next gets a number.
 * @param stays 0: nothing is left
 */
export function untoldName(
  { dealId, parts, earlierParts }: Pick<Deal, 'dealId' | 'parts' | 'earlierParts'>,
  stays: Decimal,
): string {
  const name = stays.isZero() ? `gone-${dealId}` : `smaller-${dealId}-${stays.toFixed()}`
  // What an earlier day counted stays as it is.
  const isTaken = (id: string): boolean =>
    parts.some(part => part.id === id && !isUnexplained(part)) || earlierParts.some(part => part.id === id)
  for (let number = 1; ; number++) {
    const id = number === 1 ? name : `${name}~${number}`
    if (!isTaken(id)) return id
  }
}

/** How much of the deal was left by a part's name; null: it is not one that nobody told of. */
export function staysByName(id: string, dealId: DealId): Decimal | null {
  const [name = ''] = id.split('~')
  if (name === `gone-${dealId}`) return new Decimal(0)
  const smaller = `smaller-${dealId}-`
  return name.startsWith(smaller) ? new Decimal(name.slice(smaller.length)) : null
}

export const isUntold = (id: string, dealId: DealId): boolean => staysByName(id, dealId) !== null
