/** Share and its interval of 95 percent. */
export interface WinRate {
  readonly share: number
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval: unlike the usual one it stays between 0 and 1 and is not empty when all or none won. null of nothing.
 * Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
 */
export function wilson(won: number, of: number): WinRate | null {
  if (of === 0) return null
  const share = won / of
  const square = Z * Z
  const width = 1 + square / of
  const centre = (share + square / (2 * of)) / width
  const half = (Z / width) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  return { share, low: won === 0 ? 0 : centre - half, high: won === of ? 1 : centre + half }
}

/** Of the normal distribution, 97.5 percent. */
const Z = 1.959963984540054
