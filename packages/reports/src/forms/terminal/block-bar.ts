/**
 * A bar from the middle: to the left below zero, to the right above, in eighths of a character where blocks allow it.
 * @see Unicode Standard, block "Block Elements" (U+2580)
 */
export function blockBar(value: number, most: number, width: number): string {
  const half = Math.floor((width - 1) / 2)
  const cells = most === 0 ? 0 : (Math.abs(value) / most) * half
  if (value < 0) {
    const whole = Math.round(cells)
    return `${' '.repeat(half - whole)}${'█'.repeat(whole)}│${' '.repeat(half)}`
  }
  const whole = Math.floor(cells)
  const part = whole < half ? (EIGHTHS[Math.round((cells - whole) * 8)] ?? '') : ''
  const bar = `${'█'.repeat(whole)}${part}`
  return `${' '.repeat(half)}│${bar}${' '.repeat(half - [...bar].length)}`
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█']
