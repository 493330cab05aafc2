/**
 * When a contract can last be dealt: at 20:00 UTC on the third Friday of its month (our choice; each of IG's has its own date,
 * "Markets": `expiryDetails`). Null for what has no month: cash and daily bets.
 */
export function lastDealingMs(expiry: string): number | null {
  const [, name = '', year = ''] = /^(?:\d\d-)?([A-Z]{3})-(\d\d)$/.exec(expiry) ?? []
  const month = MONTHS.indexOf(name)
  if (month < 0) return null
  const firstDay = new Date(Date.UTC(2000 + Number(year), month, 1)).getUTCDay()
  const thirdFriday = 1 + ((FRIDAY - firstDay + 7) % 7) + 14
  return Date.UTC(2000 + Number(year), month, thirdFriday, 20)
}

const FRIDAY = 5
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
