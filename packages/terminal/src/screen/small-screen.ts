import type { Texts } from '../texts/texts.ts'
import { type Line, lineWidth } from './line.ts'
import { type Span, span } from './looks.ts'
import { armingLine } from './panes/header-row.ts'
import { SILENT_AFTER_MS } from './silence.ts'
import { type ScreenView, SMALLEST_SCREEN } from './view.ts'

/** Whether a terminal is too small for the screen as it is laid out. */
export function isTooSmall(columns: number, rows: number): boolean {
  return columns < SMALLEST_SCREEN.columns || rows < SMALLEST_SCREEN.rows
}

/**
 * What a terminal that is too small shows, most important first: what is open, in which world, whether entries are sent, the size that is
 * needed, how to get out. Prices are left out, since half of one would be a wrong one.
 * @param view already silenced when the desk is not heard
 */
export function smallScreenLines(view: ScreenView, columns: number, silentMs: number, texts: Texts): readonly Line[] {
  const isSilent = silentMs >= SILENT_AFTER_MS
  const { states, panes } = texts
  const exposure = span(` ${states.exposure[view.exposure]} `, view.exposure)
  const environment = span(` ${states.environment[view.environment]} `, view.environment)
  const arming = armingLine(view.arming, isSilent, texts)
  const lines: Line[] = [...folded([[exposure], [environment], arming], columns)]
  lines.push([span(panes.needs(`${SMALLEST_SCREEN.columns}x${SMALLEST_SCREEN.rows}`), 'strong')])
  if (isSilent) lines.push([span(states.notUpdatedShort, 'danger')])
  else if (view.question !== null) lines.push([span(view.question.short, 'question')])
  for (const key of view.keys) {
    if (key.kind === 'exit') lines.push([span(key.chord, 'exitKey'), span(` ${key.label}`)])
  }
  return lines
}

/** Words beside each other as long as they fit, without their margins where those do not. */
function folded(words: readonly Line[], columns: number): readonly Line[] {
  const rows: Line[] = []
  for (const word of words) {
    const last = rows.at(-1)
    const joined = last ? [...last, span(' '), ...word] : word
    if (last && lineWidth(joined) <= columns) rows[rows.length - 1] = joined
    else rows.push(lineWidth(word) <= columns ? word : word.map(trimmed))
  }
  return rows
}

function trimmed({ text, look }: Span): Span {
  return span(text.trim(), look)
}
