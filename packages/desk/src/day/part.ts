import type { Decimal } from '@scalpdesk/sdk'
import { Exact, plain, toCents } from './exact.ts'
import type { DealtBetween, Evidence, Reduced } from './fact.ts'
import { exactMoneyBetween, type Position } from './mark-scale.ts'

/** A part of a position that was closed, and what it brought. */
export interface Part {
  readonly id: string
  readonly size: Decimal
  readonly level: Decimal | null
  readonly atMs: number
  readonly by: Evidence
  readonly dealt: DealtBetween
  readonly told: { readonly money: Decimal; readonly currency: string } | null
  /** In the deal's currency; null: not known. */
  readonly profit: Decimal | null
  /** `computed`: from the levels, because the broker told none. */
  readonly source: 'broker' | 'computed' | 'unknown'
  /** In the account's currency, to the cent; null: not known, or no rate is. */
  readonly booked: Decimal | null
  /** `converted`: with the rate that the market tells, which the broker's own may differ from. */
  readonly bookedBy: 'broker' | 'converted' | 'unknown'
}

export interface Terms {
  /** As it was when the part was closed; null when its level is not known. */
  readonly position: Position | null
  readonly currency: string | null
  readonly accountCurrency: string
  /** Units of the deal's currency for one of the account's; null: not known. */
  readonly perUnit: Decimal | null
}

export function partOf(fact: Reduced, terms: Terms): Part {
  const { id, size, level, atMs, by, dealt = ANY_TIME, profit, profitCurrency } = fact
  const told = profit && profitCurrency !== null ? { money: profit, currency: profitCurrency } : null
  return valued({ id, size, level, atMs, by, dealt, told, ...UNKNOWN }, terms)
}

const ANY_TIME: DealtBetween = { fromMs: null, untilMs: null }

/** The same part, told again: what was known stays. */
export function retold(part: Part, fact: Reduced, terms: Terms): Part {
  const told =
    part.told ??
    (fact.profit && fact.profitCurrency !== null ? { money: fact.profit, currency: fact.profitCurrency } : null)
  const level = part.level ?? fact.level
  const dealt = narrowed(part.dealt, fact.dealt)
  if (told === part.told && level === part.level && dealt === part.dealt) return part
  return valued({ ...part, told, level, dealt }, terms)
}

/** What was told first is the narrower one. */
function narrowed(dealt: DealtBetween, more: DealtBetween = ANY_TIME): DealtBetween {
  const fromMs = dealt.fromMs ?? more.fromMs
  const untilMs = dealt.untilMs ?? more.untilMs
  return fromMs === dealt.fromMs && untilMs === dealt.untilMs ? dealt : { fromMs, untilMs }
}

/** A position was seen to be smaller or gone, and nobody has told of a close. */
export const isUnexplained = ({ told, level, bookedBy }: Part): boolean =>
  told === null && level === null && bookedBy !== 'broker'

/** The broker's own amount on the account. */
export const bookedAs = (part: Part, amount: Decimal): Part =>
  part.bookedBy === 'broker' && part.booked?.equals(amount) ? part : { ...part, booked: amount, bookedBy: 'broker' }

const UNKNOWN = { profit: null, source: 'unknown', booked: null, bookedBy: 'unknown' } as const

/** Works out its money with what is known now. */
export function valued(part: Part, terms: Terms): Part {
  const { position, currency, accountCurrency, perUnit } = terms
  const computed = position && part.level && plain(exactMoneyBetween({ ...position, size: part.size }, part.level))
  const inOwn = part.told && (currency === null || part.told.currency === currency) ? part.told.money : null
  const profit = inOwn ?? computed
  const known = { ...part, profit, source: inOwn ? 'broker' : computed ? 'computed' : 'unknown' } as const
  if (part.bookedBy === 'broker') return known
  if (part.told?.currency === accountCurrency) return { ...known, booked: toCents(part.told.money), bookedBy: 'broker' }
  // The broker shows a result to the cent but converts the exact one: where ours rounds to the same, ours is converted.
  const exact = inOwn && computed && toCents(inOwn).equals(toCents(computed)) ? computed : profit
  if (!exact || !perUnit) return { ...known, booked: null, bookedBy: 'unknown' }
  return { ...known, booked: toCents(new Exact(exact).div(perUnit)), bookedBy: 'converted' }
}
