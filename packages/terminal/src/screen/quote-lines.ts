import { ageText } from './durations.ts'
import type { Line } from './line.ts'
import { type Look, span } from './looks.ts'
import { unreachable } from './unreachable.ts'
import type { Freshness, QuoteView } from './view.ts'

/** One price; dim whenever it may not be traded on. */
export function priceLine(price: string | null, freshness: Freshness): Line {
  if (price === null) return [span('–', 'stale')]
  return [span(price, freshness === 'live' ? 'price' : 'stale')]
}

/** The spread in points; nothing where there is none to show, never a negative one. */
export function spreadLine(quote: QuoteView): Line {
  if (quote.spread === null) return [span('spread –', 'stale')]
  return [span('spread ', 'label'), span(quote.spread, quote.freshness === 'live' ? 'strong' : 'stale')]
}

/** How old the price is, behind a word for everything but a live one. */
export function freshnessLine(freshness: Freshness, ageMs: number | null): Line {
  const age = ageMs === null ? '' : ageText(ageMs)
  const word = freshnessWord(freshness)
  if (word === null) return [span(age, 'label')]
  const look: Look = freshness === 'crossed' ? 'danger' : 'warning'
  return age === '' ? [span(` ${word} `, look)] : [span(` ${word} `, look), span(` ${age}`, 'stale')]
}

/** The broker's time of the quote. */
export function brokerTimeLine(brokerTime: string | null): Line {
  return brokerTime === null ? [] : [span(`${brokerTime} UTC`, 'label')]
}

function freshnessWord(freshness: Freshness): string | null {
  switch (freshness) {
    case 'live':
      return null
    case 'stale':
      return 'STALE'
    case 'crossed':
      return 'CROSSED'
    case 'closed':
      return 'CLOSED'
    case 'none':
      return 'NO PRICE'
    default:
      return unreachable(freshness)
  }
}
