import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { type Line, lineWidth } from '../line.ts'
import { type Look, span } from '../looks.ts'
import type { MarketTab, ScreenView } from '../view.ts'
import { freshnessWord } from './quote-lines.ts'

type MarketParts = Pick<ScreenView, 'market' | 'markets' | 'quote'>

/** The markets as tabs, the chosen one always among those that are seen; one market alone in full. */
export function tabsLine(view: MarketParts, width: number, texts: Texts): Line {
  if (view.markets.length < 2) return aloneLine(view, width)
  const tabs = view.markets.map(market => tabOf(market, texts))
  const chosen = Math.max(
    0,
    view.markets.findIndex(({ isChosen }) => isChosen),
  )
  let [from, to] = [chosen, chosen + 1]
  const lineOf = (first: number, last: number): Line => [
    span(first > 0 ? `‹${first} ` : ' ', 'label'),
    ...tabs.slice(first, last).flat(),
    span(last < tabs.length ? ` ${tabs.length - last}›` : '', 'label'),
  ]
  for (;;) {
    if (to < tabs.length && lineWidth(lineOf(from, to + 1)) <= width) to += 1
    else if (from > 0 && lineWidth(lineOf(from - 1, to)) <= width) from -= 1
    else return lineOf(from, to)
  }
}

function aloneLine({ market, quote }: MarketParts, width: number): Line {
  const name = span(` ${market.name}`, 'strong')
  const whole: Line = [name, span(`  ${market.epic}`, 'label')]
  const time = quote.brokerTime === null ? '' : `${quote.brokerTime} UTC `
  const spare = width - lineWidth(whole) - textWidth(time)
  return spare > 0 ? [...whole, span(' '.repeat(spare)), span(time, 'label')] : whole
}

/** The name, what is held there, and a word when its price may not be traded on. */
function tabOf(market: MarketTab, texts: Texts): Line {
  const look: Look = market.isChosen ? 'chosen' : 'plain'
  const word = freshnessWord(market.freshness, texts)
  const held = market.held === null ? '' : ` ${market.held}`
  return [
    span(market.isChosen ? `›${market.name}${held}‹` : ` ${market.name}${held} `, look),
    ...(word === null ? [] : [span(` ${word} `, market.isChosen ? 'warning' : 'wait')]),
    span(' '),
  ]
}

/** Whether the tabs would be the same: prices, which change with each tick, are not in them. */
export function hasSameTabs(one: MarketParts, other: MarketParts): boolean {
  if (one.markets.length !== other.markets.length) return false
  if (one.markets.length < 2) return one.market === other.market && one.quote.brokerTime === other.quote.brokerTime
  return one.markets.every((tab, at) => {
    const match = other.markets[at]
    return (
      tab === match ||
      (tab.name === match?.name &&
        tab.held === match.held &&
        tab.freshness === match.freshness &&
        tab.isChosen === match.isChosen)
    )
  })
}
