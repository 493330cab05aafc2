import type { Texts } from '../../texts/texts.ts'
import { ageText } from '../durations.ts'
import { fittingLine, type Line } from '../line.ts'
import { type Look, span } from '../looks.ts'
import type { Freshness, QuoteView } from '../view.ts'

/** One price; dim whenever it may not be traded on. */
export function priceLine(price: string | null, freshness: Freshness): Line {
  if (price === null) return [span('–', 'stale')]
  return [span(price, freshness === 'live' ? 'price' : 'stale')]
}

/** The spread in points; nothing where there is none to show, never a negative one. */
export function spreadLine(quote: Pick<QuoteView, 'spread' | 'freshness'>, width: number, texts: Texts): Line {
  const word = `${texts.quote.spread} `
  if (quote.spread === null) return fittingLine(width, [span(`${word}–`, 'stale')], [span('–', 'stale')])
  const figure = span(quote.spread, quote.freshness === 'live' ? 'strong' : 'stale')
  return fittingLine(width, [span(word, 'label'), figure], [figure])
}

/** How old the price is, behind a word for everything but a live one. */
export function freshnessLine(
  { freshness, ageMs }: Pick<QuoteView, 'freshness' | 'ageMs'>,
  width: number,
  isMotionReduced: boolean,
  texts: Texts,
): Line {
  const age = ageMs === null ? '' : ageText(isMotionReduced ? Math.floor(ageMs / 1000) * 1000 : ageMs)
  const word = freshnessWord(freshness, texts)
  if (word === null) return [span(age, 'label')]
  const look: Look = freshness === 'crossed' ? 'danger' : 'warning'
  const shown = span(` ${word} `, look)
  return age === '' ? [shown] : fittingLine(width, [shown, span(` ${age}`, 'stale')], [shown])
}

/** What the broker says of the market, and its time. */
export function marketStateLine({ marketState, brokerTime }: QuoteView, width: number, texts: Texts): Line {
  const names: Readonly<Record<string, string>> = texts.quote.marketStates
  const state = marketState === null ? '' : (names[marketState.toLowerCase().replaceAll('_', '-')] ?? marketState)
  const time = brokerTime === null ? '' : `${brokerTime} UTC`
  const both = state !== '' && time !== '' ? `${state} · ${time}` : state + time
  return fittingLine(width, [span(both, 'label')], [span(state === '' ? time : state, 'label')])
}

/** The highest or lowest mid since prices began here. */
export function extremeLine(which: 'high' | 'low', level: string | null, width: number, texts: Texts): Line {
  if (level === null) return []
  return fittingLine(width, [span(`${texts.quote[which]} `, 'label'), span(level)], [span(level)])
}

/** Null for a price that may be traded on. */
export function freshnessWord(freshness: Freshness, texts: Texts): string | null {
  return freshness === 'live' ? null : texts.states.freshness[freshness]
}
