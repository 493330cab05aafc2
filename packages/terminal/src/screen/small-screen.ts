import { textWidth } from './glyphs.ts'
import type { Line } from './line.ts'
import { span } from './looks.ts'
import { SILENT_AFTER_MS } from './slot-lines.ts'
import { exposureWord } from './state-lines.ts'
import { type ScreenView, SMALLEST_SCREEN } from './view.ts'

/** Whether a terminal is too small for the screen as it is laid out. */
export function isTooSmall(columns: number, rows: number): boolean {
  return columns < SMALLEST_SCREEN.columns || rows < SMALLEST_SCREEN.rows
}

/**
 * What a terminal that is too small shows, most important first: what is open, the size that is needed, how to get out. Prices are left
 * out, since half of one would be a wrong one.
 */
export function smallScreenLines(view: ScreenView, columns: number, silentMs: number): readonly Line[] {
  const isSilent = silentMs >= SILENT_AFTER_MS
  const exposure = isSilent ? 'unknown' : view.exposure
  const lines: Line[] = [[span(fitting(` ${exposureWord(exposure)} `, columns), exposure)]]
  lines.push([span(`NEEDS ${SMALLEST_SCREEN.columns}x${SMALLEST_SCREEN.rows}`, 'strong')])
  if (isSilent) lines.push([span('NOT UPDATED', 'danger')])
  else if (view.question !== null) lines.push([span(view.question, 'question')])
  for (const key of view.keys) {
    if (key.kind === 'exit') lines.push([span(key.chord, 'exitKey'), span(` ${key.label}`)])
  }
  return lines
}

/** Without its margins where there is no room for them. */
function fitting(word: string, columns: number): string {
  return textWidth(word) <= columns ? word : word.trim()
}
