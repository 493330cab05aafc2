import type { Random } from './random.ts'

export interface DealIdentifiers {
  /** `DIAAAA` and nine upper-case alphanumerics, as IG's deal ids look. */
  dealId(): string
  /** 15 upper-case alphanumerics, as IG makes them for a request that brought no reference of its own. */
  reference(): string
}

export function dealIdentifiers(random: Random): DealIdentifiers {
  const letters = (count: number): string => {
    let text = ''
    for (let index = 0; index < count; index++) text += ALPHABET[Math.floor(random.next() * ALPHABET.length)]
    return text
  }
  return { dealId: () => `DIAAAA${letters(9)}`, reference: () => letters(15) }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
