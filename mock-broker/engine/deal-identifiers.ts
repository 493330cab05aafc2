import type { Random } from './random.ts'

export interface DealIdentifiers {
  /** `DIAAAA` and nine upper-case alphanumerics, as IG's deal ids look. */
  dealId(): string
  /** 15 upper-case alphanumerics, as IG makes them for a request that brought no reference of its own. */
  reference(): string
}

export function dealIdentifiers(random: Random): DealIdentifiers {
  const letters = (count: number): string => {
    const codes: number[] = []
    for (let index = 0; index < count; index++) {
      codes.push(ALPHABET.charCodeAt(Math.floor(random.next() * ALPHABET.length)))
    }
    // At once: a text that grows letter by letter is put together again each time it is looked up by.
    return String.fromCharCode(...codes)
  }
  return { dealId: () => `DIAAAA${letters(9)}`, reference: () => letters(15) }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
