import { Decimal } from '@scalpdesk/sdk'
import { dealingProblems } from '../../presets/dealing-problems.ts'
import { deny } from '../denial.ts'
import { limitsOf } from '../limits.ts'
import type { EntryQuestion } from './check.ts'
import { always, forEntries } from './check.ts'

export const isMarketAllowed = always('the market is allowed', ({ ask, known, memory }) => {
  const { allowedMarkets } = memory.limits.inForce
  if (!known.terms) return deny('market-not-allowed', `${ask.epic} is not one of this desk’s markets; add it first`)
  if (allowedMarkets === null || allowedMarkets.includes(ask.epic)) return null
  const allowed = allowedMarkets.length > 0 ? `only ${allowedMarkets.join(', ')}` : 'none'
  return deny('market-not-allowed', `${known.terms.name} (${ask.epic}) is not among the allowed markets: ${allowed}`)
})

export const isPresetSound = forEntries('the preset gives an order', ({ known: { presetProblems } }) => {
  const [problem] = presetProblems
  return problem ? deny('preset', problem.words) : null
})

/** For every path, with a preset or without. */
export const areDealingRulesKept = forEntries('the market’s dealing rules', ({ ask, known: { terms, quote } }) => {
  if (!terms) return null
  const price = quote?.bid && quote.offer ? { bid: quote.bid, offer: quote.offer } : null
  const [problem] = dealingProblems(terms, price, ask.deal)
  return problem ? deny('dealing-rules', problem.words) : null
})

export const isOrderSmall = forEntries('the size of the order', ({ ask, memory }) => {
  const most = limitsOf(memory.limits.inForce, ask.epic).maxOrderSize
  const { size } = ask.deal
  if (most === null || size.lte(most)) return null
  return deny('order-size', `a size of ${size.toFixed()} is more than the ${most.toFixed()} allowed for one order`)
})

export const isMarketSmall = forEntries('the size in the market', question => {
  const { ask, memory } = question
  const most = limitsOf(memory.limits.inForce, ask.epic).maxHeldSize
  if (most === null) return null
  const held = sizeInMarket(question)
  if (held === null)
    return deny(
      'market-size',
      `at most ${most.toFixed()} may be open in the market, but the working orders are not known; wait for their list`,
    )
  const after = held.plus(ask.deal.size)
  if (after.lte(most)) return null
  return deny(
    'market-size',
    `${held.toFixed()} open and ${ask.deal.size.toFixed()} more are more than the ${most.toFixed()} allowed in the market`,
  )
})

/** Both sides added, with what may still be dealt; null when a part of it is not known. */
function sizeInMarket({ ask, known }: EntryQuestion): Decimal | null {
  const here = <T extends { readonly epic: string }>(all: readonly T[]) => all.filter(({ epic }) => epic === ask.epic)
  const resting = known.workingOrders && here(known.workingOrders).map(({ size }) => size)
  if (!resting || resting.includes(null)) return null
  const entries = here(known.pending).filter(({ purpose }) => purpose === 'open' || purpose === 'place')
  return [...here(known.positions), ...entries]
    .map(({ size }) => size)
    .concat(resting.filter(size => size !== null))
    .reduce((sum, size) => sum.plus(size), new Decimal(0))
}

export const arePositionsFew = forEntries('not too many open positions', ({ known, memory }) => {
  const most = memory.limits.inForce.maxOpenPositions
  if (most === null) return null
  if (!known.workingOrders)
    return deny(
      'positions',
      `at most ${most} positions are allowed, but the working orders are not known; wait for their list`,
    )
  const entries = known.pending.filter(({ purpose }) => purpose === 'open' || purpose === 'place').length
  const parts = {
    position: known.positions.length,
    'working order': known.workingOrders.length,
    'entry under way': entries,
  }
  const held = known.positions.length + known.workingOrders.length + entries
  if (held < most) return null
  return deny('positions', `${partsText(parts)}, ${most} allowed altogether`)
})

function partsText(parts: Readonly<Record<string, number>>): string {
  const shown = Object.entries(parts).filter(([name, count]) => count > 0 || name === 'position')
  return shown.map(([name, count]) => `${count} ${count === 1 ? name : PLURAL[name]}`).join(', ')
}

const PLURAL: Readonly<Record<string, string>> = {
  position: 'positions',
  'working order': 'working orders',
  'entry under way': 'entries under way',
}
