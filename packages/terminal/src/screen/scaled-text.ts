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
