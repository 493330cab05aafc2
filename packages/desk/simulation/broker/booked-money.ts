import { type Book, type Charge, type Fill, shortId, unitsToDecimal } from '@scalpdesk/mock-broker/engine'
import { plain } from '../../../bots/src/engine-broker/index.ts'
import type { BookedMoney } from '../../src/broker-port.ts'

// Money that moved, as the desk is told of it: the broker names none of our deals with a result.

/** null: nothing was closed. */
export function bookedResult(fill: Fill, book: Book | undefined): BookedMoney | null {
  const { dealId, closed, atMs, size, levelUnits, position } = fill
  if (!closed || !book) return null
  const level = (units: number) => plain(unitsToDecimal(units, book.market.decimals))
  const what = {
    kind: 'result',
    direction: position.direction,
    size: plain(size),
    openLevel: level(position.levelUnits),
    closeLevel: level(levelUnits),
    openedAtMs: position.openedAtMs,
  } as const
  return { id: shortId(dealId), atMs, amount: plain(closed.booked), what }
}

export function bookedCharge({ cause, dealId, atMs, booked }: Charge): BookedMoney {
  const what = { kind: 'charge', cause: CAUSES[cause], dealEnd: shortId(dealId) } as const
  return { id: `${shortId(dealId)} ${cause} ${atMs}`, atMs, amount: plain(booked), what }
}

const CAUSES = {
  commission: 'commission',
  'overnight-funding': 'funding',
  'guaranteed-stop-premium': 'guaranteed-stop',
  'negative-balance-protection': 'other',
} as const
