/** A whole number of 10^-decimals as `Decimal.toFixed()` writes it, without making one: keys wait for this. */
export function levelText(units: number, decimals: number): string {
  if (decimals <= 0 || units === 0) return String(Math.abs(units) === 0 ? 0 : units * 10 ** -decimals)
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  let end = digits.length
  while (end > point && digits.charCodeAt(end - 1) === ZERO) end -= 1
  const whole = units < 0 ? `-${digits.slice(0, point)}` : digits.slice(0, point)
  return end === point ? whole : `${whole}.${digits.slice(point, end)}`
}

const ZERO = 0x30
