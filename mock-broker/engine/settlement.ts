import type { LiveBook } from './book.ts'
import type { EngineEvent } from './engine-event.ts'
import { reducePosition } from './reduce-position.ts'
import { accountChange, type TradingFloor, withdrawn } from './trading-floor.ts'

/**
 * The end of a contract: what is open on it is closed at the settlement level, what waits is taken off, and it deals no more
 * (IG Labs, REST API reference, "Markets": `expiryDetails.settlementInfo`; the reason for later orders is `MARKET_ROLLED`).
 * @param levelUnits the middle of the last quote when left out, half a unit up (our choice).
 * @throws Error when there is neither a level nor a quote although something is open.
 */
export function settle(
  floor: TradingFloor,
  book: LiveBook,
  atMs: number,
  levelUnits: number | undefined,
): readonly EngineEvent[] {
  const { quote, positions, orders, market } = book
  const settledAt = levelUnits ?? (quote && Math.round((quote.bidUnits + quote.offerUnits) / 2))
  if (settledAt === null && positions.length > 0) {
    throw new Error(`expected a level to settle ${market.epic} at, but it shows no price; name one`)
  }
  const { holders } = book
  const occasion = { atMs, cause: 'settlement', reference: null } as const
  const closed = positions.flatMap(
    position => reducePosition(floor, position, position.size, settledAt ?? position.levelUnits, occasion).events,
  )
  const dropped = orders.map(order => {
    floor.ledgers.get(order.account)!.removeOrder(order)
    return withdrawn(order, 'settled', atMs)
  })
  book.isSettled = true
  book.state = 'CLOSED'
  book.revision++
  return [...closed, ...dropped, ...holders.map(account => accountChange(atMs, account))]
}
