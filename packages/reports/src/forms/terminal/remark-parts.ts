import type { Trade } from '../../trade.ts'
import { plainWords } from '../plain-words.ts'
import { wrapped } from './money-parts.ts'
import type { Given } from './screen-part.ts'

/** What the trader wrote: first about days, then about trades, the newest of them where there are many. */
export function remarks({ report, width, paint, clock }: Given, most: number): readonly string[] {
  const ofDays = report.days.flatMap(({ day, notes }) => notes.map(note => ({ about: day, words: note })))
  const ofTrades = report.trades.flatMap(trade => {
    const { tags, notes } = trade
    const words = [...(tags.length === 0 ? [] : [`[${tags.join(', ')}]`]), ...notes]
    return words.length === 0 ? [] : [{ about: nameOf(trade), words: words.join(' · ') }]
  })
  const all = [...ofDays, ...ofTrades]
  if (all.length === 0) return []
  const shown = all.slice(-most)
  const lines = shown.flatMap(({ about, words }) => wrapped(`  ${plainWords(`${about}  ${words}`)}`, width))
  const rest = all.length - shown.length
  return [
    paint('quiet', 'Notes and tags'),
    ...lines,
    ...(rest > 0 ? [paint('quiet', `The last ${shown.length} of ${all.length}.`)] : []),
  ]

  function nameOf({ openedAtMs, marketName, direction }: Trade): string {
    const at = openedAtMs === null ? '' : `${clock.day(openedAtMs)} ${clock.time(openedAtMs)} `
    return `${at}${marketName} ${direction}`
  }
}
