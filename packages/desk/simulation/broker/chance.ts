/** Numbers in [0, 1), and what is drawn from them. */
export interface Random {
  next(): number
}

/** Whole, from `least` to `most`, both included. */
export function between({ next }: Random, least: number, most: number): number {
  return least + Math.floor(next() * (most - least + 1))
}

export function oneOf<const T>({ next }: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(next() * values.length)] ?? values[0]
}

/** null when there is none. */
export function anyOf<T>({ next }: Random, values: readonly T[]): T | null {
  return values[Math.floor(next() * values.length)] ?? null
}

export const happens = ({ next }: Random, chance: number): boolean => next() < chance

/** By weights: the first of each pair. */
export function weighted<T>({ next }: Random, choices: readonly (readonly [T, number])[]): T {
  let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of choices) {
    left -= weight
    if (left < 0) return value
  }
  return choices[0]![0]
}
