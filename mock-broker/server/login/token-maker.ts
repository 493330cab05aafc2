import type { Random } from '../../engine/index.ts'

/** Opaque texts that a seed decides. */
export interface TokenMaker {
  hex(length: number): string
  /** In the form of a UUID. */
  uuid(): string
}

export function tokenMaker(random: Random): TokenMaker {
  const hex = (length: number): string => {
    let text = ''
    for (let index = 0; index < length; index++) text += Math.floor(random.next() * 16).toString(16)
    return text
  }
  return { hex, uuid: () => [8, 4, 4, 4, 12].map(hex).join('-') }
}
