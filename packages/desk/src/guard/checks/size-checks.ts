import { Decimal } from '@scalpdesk/sdk'
import { dealingProblems } from '../../presets/dealing-problems.ts'
import type { Price } from '../../presets/distance-rule.ts'
import type { MarketTerms } from '../../presets/market-terms.ts'
import { levelProblem } from '../../presets/resting-level.ts'
import { message } from '../../words/message.ts'
import { deny } from '../denial.ts'
import { limitsOf } from '../limits.ts'
import type { EntryAsk } from '../question.ts'
import type { EntryQuestion } from './check.ts'
import { always, forEntries } from './check.ts'

export const isMarketAllowed = always('the market is allowed', ({ ask, known, memory }) => {
  const { allowedMarkets } = memory.limits.inForce
  if (!known.terms) return deny('market-not-allowed', message('not-our-market', { epic: ask.epic }))
  if (allowedMarkets === null || allowedMarkets.includes(ask.epic)) return null
  const told = { market: known.terms.name, epic: ask.epic, allowed: allowedMarkets }
  return deny('market-not-allowed', message('market-not-allowed', told))
})

export const isPresetSound = forEntries('the preset gives an order', ({ known: { presetProblems } }) => {
  const [problem] = presetProblems
  return problem ? deny('preset', problem.message) : null
})

/** For every path, with a preset or without. */
export const areDealingRulesKept = forEntries('the market’s dealing rules', ({ ask, known: { terms, quote } }) => {
  if (!terms) return null
  const price = quote?.bid && quote.offer ? { bid: quote.bid, offer: quote.offer } : null
  const problem = dealingProblems(terms, price, ask.deal)[0] ?? (price && levelProblemOf(ask, terms, price))
  return problem ? deny('dealing-rules', problem.message) : null
})

/** Of an order at the price of now: one at a level of its own may be placed on an old price, and is the broker's to judge. */
function levelProblemOf({ direction, restsAs, level, followsPrice }: EntryAsk, terms: MarketTerms, price: Price) {
  return restsAs && level && followsPrice ? levelProblem(terms, price, { direction, restsAs, level }) : null
}

export const isOrderSmall = forEntries('the size of the order', ({ ask, memory }) => {
  const most = limitsOf(memory.limits.inForce, ask.epic).maxOrderSize
  const { size } = ask.deal
  if (most === null || size.lte(most)) return null
  return deny('order-size', message('order-too-large', { size: size.toFixed(), most: most.toFixed() }))
})

export const isMarketSmall = forEntries('the size in the market', question => {
  const { ask, memory } = question
  const most = limitsOf(memory.limits.inForce, ask.epic).maxHeldSize
  if (most === null) return null
  const held = sizeInMarket(question)
  if (held === null) return deny('market-size', message('market-size-unknown', { most: most.toFixed() }))
  const after = held.plus(ask.deal.size)
  if (after.lte(most)) return null
  const told = { held: held.toFixed(), more: ask.deal.size.toFixed(), most: most.toFixed() }
  return deny('market-size', message('market-too-large', told))
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
  if (!known.workingOrders) return deny('positions', message('positions-unknown', { most }))
  const entries = known.pending.filter(({ purpose }) => purpose === 'open' || purpose === 'place').length
  const [positions, orders] = [known.positions.length, known.workingOrders.length]
  if (positions + orders + entries < most) return null
  return deny('positions', message('too-many-positions', { positions, orders, entries, most }))
})
