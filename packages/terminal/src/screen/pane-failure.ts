import type { Texts } from '../texts/texts.ts'
import type { Line } from './line.ts'
import { span } from './looks.ts'

/** Stands in the place of a pane that could not be drawn. */
export function paneFailure(error: unknown, texts: Texts): Line {
  return [span(` ${texts.panes.failed(error instanceof Error ? error.message : String(error))} `, 'danger')]
}
