import type { ConfirmJson } from '@scalpdesk/wire'
import { type Book, type Confirm, formatUnits } from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'

/** GET /confirms/{dealReference} and field CONFIRMS (IG Labs, REST API reference, "Deal confirmation"). */
export function confirmJson(confirm: Confirm, book: Book | undefined): ConfirmJson {
  const { outcome } = confirm
  const common = {
    date: wireDate.isoWithMs(confirm.atMs),
    epic: confirm.epic,
    dealReference: confirm.reference,
    dealId: confirm.dealId,
    direction: confirm.direction,
  }
  if (outcome.dealStatus === 'REJECTED') return { ...common, ...REJECTED, reason: outcome.reason }
  if (!book) throw new Error(`expected the market ${confirm.epic} of an accepted deal, but the engine has none`)
  const level = (units: number | null): number | null => units && Number(formatUnits(units, book.market.decimals))
  return {
    ...common,
    status: outcome.status,
    reason: 'SUCCESS',
    dealStatus: 'ACCEPTED',
    expiry: book.market.expiry,
    affectedDeals: outcome.affected,
    level: level(outcome.levelUnits),
    size: outcome.size.toNumber(),
    stopLevel: level(outcome.stopUnits),
    limitLevel: level(outcome.limitUnits),
    stopDistance: outcome.stopPoints?.toNumber() ?? null,
    limitDistance: outcome.limitPoints?.toNumber() ?? null,
    guaranteedStop: outcome.isStopGuaranteed,
    trailingStop: outcome.isTrailing,
    profit: outcome.profit?.toNumber() ?? null,
    profitCurrency: outcome.profitCurrency,
  }
}

const REJECTED = {
  status: null,
  dealStatus: 'REJECTED',
  expiry: null,
  affectedDeals: [],
  level: null,
  size: null,
  stopLevel: null,
  limitLevel: null,
  stopDistance: null,
  limitDistance: null,
  guaranteedStop: false,
  trailingStop: false,
  profit: null,
  profitCurrency: null,
} as const
