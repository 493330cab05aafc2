import { ageOf, Decimal, freshness, type MarketState } from '@scalpdesk/sdk'
import { ageAtArrivalMs } from '../../book/brokers-time.ts'
import { unreachable } from '../../unreachable.ts'
import { message } from '../../words/message.ts'
import { deny } from '../denial.ts'
import { limitsOf } from '../limits.ts'
import { forEntries } from './check.ts'

/** A working order at a level of its own may be placed on an old price. */
export const isPriceLive = forEntries('the price is live', ({ ask, known, memory, now }) => {
  if (!ask.followsPrice) return null
  const { quote, health, pricesSinceMs } = known
  const { maxPriceAgeMs } = memory.limits.inForce
  if (health.status.kind !== 'live') return deny('stream-down', message('stream-not-live'))
  if (!quote) return deny('no-price', message('no-price'))
  if (quote.receivedAtMs < pricesSinceMs) return deny('stale-price', message('price-interrupted'))
  const word = freshness(quote, health, now.atMs, maxPriceAgeMs)
  switch (word) {
    case 'fresh': {
      const arrivedMs = ageAtArrivalMs(quote, now.brokerMs)
      if (arrivedMs <= maxPriceAgeMs) return null
      return deny(
        'stale-price',
        message('price-old', { seconds: seconds(arrivedMs), mostSeconds: seconds(maxPriceAgeMs) }),
      )
    }
    // These have checks of their own, and a closed market's last price may be old.
    case 'crossed':
    case 'closed':
      return null
    case 'quiet':
    case 'silent':
      return deny(
        'stale-price',
        message('price-old', { seconds: seconds(ageOf(quote, now.atMs)), mostSeconds: seconds(maxPriceAgeMs) }),
      )
    case 'delayed':
      return deny('delayed-price', message('price-delayed'))
    case 'not-live':
      return deny('stream-down', message('stream-not-live'))
    case 'replaced':
      return deny('stale-price', message('price-of-old-session'))
    case 'missing':
      return deny('no-price', message('no-price'))
    default:
      return unreachable(word)
  }
})

export const isPriceSound = forEntries('the price is not crossed', ({ ask, known: { quote } }) => {
  if (!ask.followsPrice || !quote || quote.bidUnits === null || quote.offerUnits === null) return null
  if (quote.offerUnits >= quote.bidUnits) return null
  return deny('crossed-price', message('price-crossed'))
})

/**
 * Which states take what is IG's: IG Labs, REST API reference, "Markets", `marketStatus`. That an auction takes working
 * orders is our reading of it.
 */
const DEALS: readonly MarketState[] = ['tradeable', 'deal-no-edit']
const TAKES_ORDERS: readonly MarketState[] = [...DEALS, 'edits-only', 'auction']

export const isMarketOpen = forEntries('the market is open', ({ ask, known: { quote } }) => {
  if (!quote) return ask.kind === 'open' ? deny('no-price', message('no-price')) : null
  const { state } = quote
  if ((ask.kind === 'open' ? DEALS : TAKES_ORDERS).includes(state)) return null
  const shown = typeof state === 'string' ? state : state.other
  return deny('market-closed', message('market-not-open', { isForDealing: ask.kind === 'open', state: shown }))
})

export const isSpreadNarrow = forEntries('the spread is narrow enough', ({ ask, known: { quote, terms }, memory }) => {
  const most = limitsOf(memory.limits.inForce, ask.epic).maxSpreadPoints
  if (most === null || ask.kind === 'place' || !quote?.bid || !quote.offer || !terms) return null
  // By more than any rounding of a double: the usual case, which costs a key next to nothing.
  const roughly = ((quote.offerUnits ?? 0) - (quote.bidUnits ?? 0)) * 10 ** -quote.decimals * terms.pointsPerUnit
  if (roughly < most.toNumber() * 0.99) return null
  const spread = quote.offer.minus(quote.bid).times(terms.pointsPerUnit)
  if (spread.lte(most)) return null
  return deny('spread', message('spread-wide', { points: spread.toFixed(), mostPoints: most.toFixed() }))
})

const seconds = (ms: number): string => new Decimal(ms).div(1_000).toDecimalPlaces(1).toFixed()
