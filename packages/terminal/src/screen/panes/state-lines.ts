import type { Texts } from '../../texts/texts.ts'
import { fittingLine, type Line } from '../line.ts'
import { span } from '../looks.ts'
import type { ExposureView, MoneyView, OutcomeView } from '../view.ts'
import { wordPages } from '../wrapped-words.ts'
import type { Room } from './row.ts'

/** What is open, as one word of its own look, and the working orders beside it when there are any. */
export function exposureLine(exposure: ExposureView, workingOrders: number | null, width: number, texts: Texts): Line {
  const word = span(` ${texts.states.exposure[exposure]} `, exposure)
  if (workingOrders === 0) return [word]
  if (workingOrders === null) return [word, span(`  ${texts.states.workingOrdersUnknown}`, 'label')]
  const [long, short] = [texts.states.workingOrders(workingOrders), texts.states.workingOrdersShort(workingOrders)]
  return fittingLine(width, [word, span(`  ${long}`, 'wait')], [word, span(`  ${short}`, 'wait')])
}

/**
 * What became of the last intent. The words carry it; a mark before them tells the tones apart without colour. Words that take more rows
 * than there are turn page by page: what was refused is never cut.
 * @param turn how often the page was turned
 */
export function outcomeLines(outcome: OutcomeView, { width, height }: Room, turn: number): readonly Line[] {
  const mark = `${OUTCOME_MARKS[outcome.tone]} `
  const pages = wordPages(outcome.text, width - mark.length, height)
  const page = pages[turn % pages.length] ?? []
  return page.map((text, row) => [span(row === 0 ? `${mark}${text}` : `  ${text}`, outcome.tone)])
}

/** Stands in the outcome's place when nothing was heard from the desk: the screen must not look alive when it is not. */
export function notUpdatedLine(silentMs: number, width: number, texts: Texts): Line {
  const words = texts.states.notUpdated(Math.floor(silentMs / 1000))
  return fittingLine(width, [span(` ${words} `, 'danger')], [span(` ${texts.states.notUpdatedShort} `, 'danger')])
}

/** @param isOld the desk is not heard: the figure is of some time ago */
export function dayProfitLine(dayProfit: MoneyView | null, isOld: boolean, width: number, texts: Texts): Line {
  const { dayProfit: long, dayProfitShort: short } = texts.states
  const figure = dayProfit === null ? span('–', 'stale') : span(dayProfit.text, isOld ? 'stale' : dayProfit.tone)
  return fittingLine(width, [span(`${long} `, 'label'), figure], [span(`${short} `, 'label'), figure], [figure])
}

const OUTCOME_MARKS: Readonly<Record<OutcomeView['tone'], string>> = {
  good: '■',
  bad: '!',
  wait: '…',
  info: '·',
}
