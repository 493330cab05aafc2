/**
 * The values of a `U` line (TLCP specification, "Real-Time Update"). This encoder belongs to the server alone: it shares nothing
 * with any client's decoder.
 */

/** Text, null, or undefined for a field that did not change. */
export type RowValue = string | null | undefined

/** Fields joined by `|`: empty for one unchanged field, `^N` for a run of two or more. */
export function encodeRow(values: readonly RowValue[]): string {
  const tokens: string[] = []
  let unchanged = 0
  const endRun = (): void => {
    if (unchanged > 0) tokens.push(unchanged === 1 ? '' : `^${unchanged}`)
    unchanged = 0
  }
  for (const value of values) {
    if (value === undefined) unchanged++
    else {
      endRun()
      tokens.push(encodeValue(value))
    }
  }
  endRun()
  return tokens.join('|')
}

/** Null is `#`, empty text is `$`; only what would be misread is percent-encoded. */
function encodeValue(value: string | null): string {
  if (value === null) return '#'
  if (value === '') return '$'
  const text = SPECIAL.test(value) ? value.replace(SPECIALS, percent) : value
  return LEADING.test(text) ? percent(text) + text.slice(1) : text
}

/** A text argument of any other line: commas are encoded as well, because clients split at them. */
export function encodeArgument(text: string): string {
  return text.replace(/[%,\r\n]/g, percent)
}

function percent(text: string): string {
  return `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

const SPECIAL = /[%|\r\n]/
const SPECIALS = /[%|\r\n]/g
const LEADING = /^[#$^]/
