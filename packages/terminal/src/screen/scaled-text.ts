/** A price's text as a whole number of units of 10^-decimals; null when it is not a plain figure or has more decimals. */
export function scaledFromText(text: string, decimals: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = ''] = match
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  if (/[^0]/.test(fraction.slice(decimals))) return null
  const value = Number(sign + whole + kept)
  return Number.isSafeInteger(value) ? value : null
}

/** Units of 10^-decimals as text with all their decimals. */
export function textFromScaled(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0')
  const sign = value < 0 ? '-' : ''
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/**
 * The unit of 10^-decimals next to a price, for a place on the screen: halves go up. Null when the text is not a plain figure.
 * What is written beside that place is the price's own text.
 */
export function nearestUnits(text: string, decimals: number): number | null {
  const own = decimalsOf(text)
  const value = scaledFromText(text, Math.max(own, decimals))
  return value === null || own <= decimals ? value : Math.round(value / 10 ** (own - decimals))
}

/** The exact sum of figures, with as many decimals as the longest of them; null when one is not a plain figure. */
export function sumOfTexts(texts: readonly string[]): string | null {
  const decimals = Math.max(0, ...texts.map(decimalsOf))
  let sum = 0
  for (const text of texts) {
    const value = scaledFromText(text, decimals)
    if (value === null) return null
    sum += value
  }
  return Number.isSafeInteger(sum) ? textFromScaled(sum, decimals) : null
}

/** Digits after the point. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.length - point - 1
}
