import type { Decimal } from '@scalpdesk/sdk'
import { Exact, plain, toCents, ZERO } from '../exact.ts'
import type { Close, Position, Press } from '../join/position.ts'
import type { MarketBook } from '../market-terms.ts'
import { perUnitAt } from '../rate.ts'
import { dealingSide, gain, middle, opposite, type PriceLine, type SeenQuote } from '../trades/price-line.ts'
import { ownProfit, worthOf } from '../trades/worth.ts'

/** What a booked result is made of, in the account's currency: together it is the result, to the last digit. */
export type ResultParts = Partial<Record<'price' | 'spread' | 'slippage' | 'conversion' | 'result', Decimal>>

/** Where and when an order was seen to deal. */
export interface Surroundings {
  readonly markets: MarketBook
  readonly priceLineOf: (epic: Position['epic']) => PriceLine | null
  readonly accountCurrency: string
  /** What was worked out already: bridge and trades ask for the same. */
  readonly partsOf: Map<Close, ResultParts>
}

/**
 * Names the parts of a result. At the key, or where no key is known at the deal, the middle of the quote moved (`price`), half the spread was
 * paid on each way (`spread`), and the deal was struck beside the quote (`slippage`); `conversion` is what the broker's rate differs from the
 * market's. Without the quotes the result stays one figure.
 */
export function resultParts(position: Position, close: Close, surroundings: Surroundings): ResultParts {
  const known = surroundings.partsOf.get(close)
  if (known) return known
  const parts = namedParts(position, close, surroundings)
  surroundings.partsOf.set(close, parts)
  return parts
}

function namedParts(position: Position, close: Close, surroundings: Surroundings): ResultParts {
  const booked = close.booked
  if (!booked) return {}
  const conversion = conversionOf(position, close, booked, surroundings)
  const rest = conversion.isZero() ? booked : plain(new Exact(booked).minus(conversion))
  const named = conversion.isZero() ? {} : { conversion }
  const lost = lostOf(position, close, surroundings)
  if (!lost) return { ...named, result: rest }
  const price = plain(new Exact(rest).minus(lost.spread).minus(lost.slippage))
  return { ...named, price, ...lost }
}

/** Zero where the market's own rate is not known, or the same currency needs none. */
function conversionOf(
  position: Position,
  close: Close,
  booked: Decimal,
  { markets, accountCurrency }: Surroundings,
): Decimal {
  const market = markets.of(position.epic)
  const currency = position.currency ?? market?.currency ?? null
  const perUnit = market && perUnitAt(market, close.atMs)
  if (!perUnit || currency === null || currency === accountCurrency) return ZERO
  const own = ownProfit(position, close, markets) ?? (close.own?.currency === currency ? close.own.amount : null)
  if (!own) return ZERO
  const conversion = toCents(new Exact(booked).minus(toCents(new Exact(own).div(perUnit))))
  return conversion.abs().gt(new Exact(booked).abs().times(MOST_CONVERSION).plus('0.02')) ? ZERO : conversion
}

/** Beyond a tenth of the result it is no conversion: the contract or the rate that was told is not that of the deal. Our choice. */
const MOST_CONVERSION = '0.1'

/** At the key; without one in the second of the deal, which is all that the broker's rows tell. */
function quoteFor(
  line: PriceLine,
  direction: Position['direction'],
  level: Decimal,
  press: Press | null,
  dealtAtMs: number | null,
): SeenQuote | null {
  if (press) return line.at(press.atMs)
  return dealtAtMs === null ? null : line.nearest(direction, level, dealtAtMs, dealtAtMs + 999)
}

function lostOf(
  position: Position,
  close: Close,
  { markets, priceLineOf, accountCurrency }: Surroundings,
): { readonly spread: Decimal; readonly slippage: Decimal } | null {
  const line = priceLineOf(position.epic)
  const { direction, level } = position
  if (!line || !level || !close.level) return null
  const worth = worthOf(position, markets, accountCurrency)
  if (!worth) return null
  const entry = quoteFor(line, direction, level, position.press, position.openedAtMs)
  const exit = quoteFor(line, opposite(direction), close.level, close.press, close.atMs)
  if (!entry || !exit) return null
  const [seenIn, seenOut] = [dealingSide(direction, entry), dealingSide(opposite(direction), exit)]
  const spread = gain(direction, seenIn, middle(entry)).plus(gain(direction, middle(exit), seenOut))
  const slippage = gain(direction, level, seenIn).plus(gain(direction, seenOut, close.level))
  const money = (moved: Decimal): Decimal => toCents(moved.times(close.size).times(worth))
  return { spread: money(spread), slippage: money(slippage) }
}
