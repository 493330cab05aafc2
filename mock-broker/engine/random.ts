/** Where the engine takes its randomness from: numbers in [0, 1). */
export interface Random {
  next(): number
}

/** Numbers that a seed fixes for ever (sfc32, public domain algorithm of PractRand by Chris Doty-Humphrey). */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // The first outputs still resemble the seed; PractRand drops them as well.
  for (let round = 0; round < 15; round++) next()
  return { next }
}
