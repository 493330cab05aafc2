import type { Epic } from '@scalpdesk/sdk'
import { chosenContract } from '../screen-view.ts'
import { movedMark } from '../selection.ts'
import type { Standpoint } from '../standpoint.ts'
import type { Hands } from './hands.ts'

/** The market after the one that is looked at, or before it, in the order of the tabs. */
export function switchMarket(hands: Hands, by: 1 | -1, lookAt: (epic: Epic) => void): void {
  const { state, look } = hands.now
  const epics = [...state.contracts.keys()]
  const next = epics.at((epics.indexOf(look.chosen) + by) % epics.length)
  if (next === undefined || next === look.chosen)
    return hands.say(hands.words.said.oneMarket(chosenContract(state, look.chosen).market.name))
  lookAt(next)
  hands.say(hands.words.said.market(chosenContract(state, next).market.name))
}

/** The mark goes to the row after, or before. */
export function moveMark({ now: { state, look }, words, texts, say }: Hands, by: 1 | -1, standpoint: Standpoint): void {
  const marked = movedMark(state, look, by)
  const row = marked === null ? undefined : (state.holdings.get(marked) ?? state.resting.get(marked))
  if (!row) return say(words.said.nothingToMark)
  standpoint.mark(row.dealId)
  const level = row.level ? ` ${row.level.toFixed()}` : ''
  say(
    words.said.marked(
      `${row.direction ? texts.sides[row.direction] : ''} ${row.size?.toFixed() ?? '?'} ${row.marketName}${level}`.trim(),
    ),
  )
}
