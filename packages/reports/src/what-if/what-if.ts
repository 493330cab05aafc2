import { InvalidInputError } from '@scalpdesk/sdk'
import { calendarOf } from '../calendar.ts'
import type { DayFacts } from '../day-facts.ts'
import { Exact, plain } from '../exact.ts'
import type { Hypothesis, WhatIfChange } from '../hypothesis.ts'
import type { Position } from '../join/position.ts'
import { joinedFacts } from '../joined-facts.ts'
import { engineMarket } from './engine-market.ts'
import { type Rerun, rerun } from './run.ts'

/**
 * The trades of the span once more on their recorded prices, with another stop, target, size or daily stop. Entries stay when they were, at the
 * quote in force then; so do closes by hand. Slippage, requotes and charges are not part of it.
 * @throws {InvalidInputError} for a distance, a size or a daily stop that is not above zero
 */
export function whatIf(facts: DayFacts, change: WhatIfChange): Hypothesis {
  for (const [name, value] of Object.entries(change))
    if (value && !value.gt(0))
      throw new InvalidInputError(
        `expected ${name} above zero, but got ${value.toFixed()}; leave it out to keep what was`,
      )
  const calendar = calendarOf(facts.account.zone)
  const { joined, markets } = joinedFacts(facts, calendar)
  const prices = new Map(facts.prices.map(marks => [marks.epic, marks]))
  const engines: Rerun['markets'] = new Map(
    facts.prices.flatMap(marks => {
      const terms = markets.of(marks.epic)
      const engine = terms && engineMarket(terms, marks)
      const isConvertible = terms && (terms.perUnit !== null || terms.currency === facts.account.currency)
      return engine && isConvertible ? [[marks.epic, { engine, facts: terms }] as const] : []
    }),
  )
  const leftOut: { readonly id: string; readonly words: string }[] = []
  const inside = joined.positions.filter(({ openedAtMs, closes }) => {
    const { beginMs, endMs } = facts.span
    return [openedAtMs, ...closes.map(({ atMs }) => atMs)].some(
      atMs => atMs !== null && atMs >= beginMs && atMs < endMs,
    )
  })
  const positions = inside.filter(position => {
    const words = reasonAgainst(position, facts, prices, engines)
    if (words !== null) leftOut.push({ id: position.dealId ?? position.key, words })
    return words === null
  })
  const wanted = new Set(positions.map(({ epic }) => epic))
  const again = { positions, prices: facts.prices.filter(({ epic }) => wanted.has(epic)), markets: engines, calendar }
  const [asDealt, changed] = [rerun(again, {}), rerun(again, change)]
  return {
    kind: 'hypothetical',
    label: `HYPOTHETICAL: the same entries with ${wordsOf(change, facts.account.currency)}, on the recorded prices; it did not happen`,
    change,
    asDealt,
    changed,
    difference: plain(new Exact(changed.net).minus(asDealt.net)),
    leftOut,
  }
}

function reasonAgainst(
  { epic, openedAtMs }: Position,
  { span }: DayFacts,
  prices: ReadonlyMap<string, DayFacts['prices'][number]>,
  engines: Rerun['markets'],
): string | null {
  if (epic === null) return 'its market is not known'
  if (openedAtMs === null) return 'when it was opened is not known'
  if (openedAtMs < span.beginMs) return 'it was opened before these days'
  const marks = prices.get(epic)
  const firstMs = marks?.atMs[0]
  if (!marks || firstMs === undefined) return 'its prices were not recorded'
  if (openedAtMs < firstMs) return 'its prices were not recorded when it was opened'
  if (marks.gaps.some(({ fromMs, toMs }) => openedAtMs >= fromMs && openedAtMs < toMs))
    return 'prices were missed when it was opened'
  return engines.has(epic) ? null : 'the contract or the rate of its market is not known'
}

function wordsOf({ stopPoints, limitPoints, size, dayLoss }: WhatIfChange, currency: string): string {
  const words = [
    stopPoints === null ? 'no stop' : stopPoints && `a stop of ${stopPoints.toFixed()} points`,
    limitPoints === null ? 'no target' : limitPoints && `a target of ${limitPoints.toFixed()} points`,
    size && `a size of ${size.toFixed()}`,
    dayLoss && `a daily stop of ${dayLoss.toFixed()} ${currency}`,
  ].filter(each => each !== undefined)
  return words.length === 0 ? 'nothing changed' : words.join(', ')
}
