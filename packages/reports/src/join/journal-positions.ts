import type { JournalEntry, JournalRecord, RecordOf } from '@scalpdesk/desk/journal'
import { Decimal, type Direction } from '@scalpdesk/sdk'
import { sumOf, toCents } from '../exact.ts'
import { epicOf, limitAway, type MarketBook, stopAway } from '../market-terms.ts'
import type { Money } from '../money.ts'
import { originOf } from './order-origin.ts'
import type { Close, Position } from './position.ts'

/** What the desk's journal tells of positions. */
export interface JournalPositions {
  readonly positions: readonly Position[]
  /** The broker's reference of each order, by our id: closes are named by the broker. */
  readonly references: ReadonlyMap<string, string>
}

type Draft = { -readonly [Key in Exclude<keyof Position, 'closes'>]: Position[Key] } & { closes: Close[] }

type Announced = {
  readonly record: RecordOf<'about-to-open' | 'about-to-close' | 'about-to-amend' | 'about-to-place'>
  readonly atMs: number
}

export function journalPositions(
  entries: readonly JournalEntry[],
  markets: MarketBook,
  accountCurrency: string,
  endMs: number,
): JournalPositions {
  const announced = new Map<string, Announced>()
  const references = new Map<string, string>()
  const positions = new Map<string, Draft>()
  const placed = new Map<string, RecordOf<'about-to-place'>>()
  const done = new Set<string>()

  function take(record: JournalRecord, atMs: number): void {
    switch (record.kind) {
      case 'about-to-open':
      case 'about-to-close':
      case 'about-to-amend':
      case 'about-to-place':
        if (!announced.has(record.id)) announced.set(record.id, { record, atMs })
        if (record.kind === 'about-to-close') heldThen(record, atMs)
        return
      case 'acknowledged':
        references.set(record.id, record.reference)
        return
      case 'filled':
        if (done.has(record.id)) return
        done.add(record.id)
        return filled(record, announced.get(record.id), atMs)
      case 'done':
        return settled(record, announced.get(record.id)?.record)
      case 'position-appeared':
        return appeared(record, atMs)
      case 'position-gone':
        return gone(record, atMs)
      case 'guard':
        return booked(record.fact, atMs)
      default:
        return
    }
  }

  function filled(record: RecordOf<'filled'>, order: Announced | undefined, atMs: number): void {
    if (order?.record.kind === 'about-to-open') opened(record, order.record, order.atMs, atMs)
    else if (order?.record.kind === 'about-to-close') closed(record, order.record, order.atMs, atMs)
  }

  function opened(
    { dealId, level: told, size }: RecordOf<'filled'>,
    order: RecordOf<'about-to-open'>,
    pressedAtMs: number,
    atMs: number,
  ): void {
    const key = dealId ?? order.id
    const known = positions.get(key)
    const level = figure(told)
    const epic = epicOf(order.epic)
    const { direction } = order
    const market = markets.of(epic)
    const press = { id: order.id, atMs: pressedAtMs, filledAtMs: atMs, seenLevel: new Decimal(order.seenLevel) }
    const points = order.stopPoints ?? order.trailing?.distancePoints ?? null
    const stop = stopAway(level, direction, figure(points), market)
    const limit = limitAway(level, direction, figure(order.limitPoints), market)
    positions.set(key, {
      ...unseen(key, order.epic, direction),
      dealId,
      size: new Decimal(size ?? order.size),
      level,
      // Learnt late, it was seen before.
      openedAtMs: Math.min(atMs, known?.firstSeenMs ?? atMs),
      stop,
      limit,
      isGuaranteed: order.isGuaranteed,
      reference: order.id,
      how: 'market',
      by: originOf(order),
      preset: order.preset,
      press,
      closes: known?.closes ?? [],
    })
  }

  function unseen(key: string, epic: string, direction: Direction): Draft {
    const of = epicOf(epic)
    const market = markets.of(of)
    return {
      key,
      dealId: key,
      epic: of,
      marketName: market?.name ?? null,
      direction,
      size: new Decimal(0),
      level: null,
      openedAtMs: null,
      firstSeenMs: null,
      currency: market?.currency ?? null,
      stop: null,
      limit: null,
      isGuaranteed: false,
      reference: null,
      how: 'unknown',
      by: { kind: 'unknown' },
      preset: null,
      press: null,
      closes: [],
      rows: [],
    }
  }

  /** What is held when a close leaves: of a position whose opening this journal does not tell, all that is known. */
  function heldThen({ dealId, epic, direction, heldSize }: RecordOf<'about-to-close'>, atMs: number): void {
    if (positions.has(dealId)) return
    const held = unseen(dealId, epic, direction === 'BUY' ? 'SELL' : 'BUY')
    held.size = new Decimal(heldSize)
    held.firstSeenMs = atMs
    positions.set(dealId, held)
  }

  function closed(
    { size, level, profit, profitCurrency }: RecordOf<'filled'>,
    order: RecordOf<'about-to-close'>,
    pressedAtMs: number,
    atMs: number,
  ): void {
    const position = positions.get(order.dealId)
    if (!position) return
    const press = { id: order.id, atMs: pressedAtMs, filledAtMs: atMs, seenLevel: null }
    const own = moneyOf(profit, profitCurrency)
    close(position, {
      ...NO_CLOSE,
      key: order.id,
      size: new Decimal(size ?? order.size),
      level: figure(level),
      atMs,
      own,
      how: 'market',
      press,
    })
  }

  function close(position: Draft, told: Close): void {
    const booked = told.own?.currency === accountCurrency ? toCents(told.own.amount) : told.booked
    position.closes = [...position.closes, { ...told, booked }]
    if (position.level === null && position.openedAtMs === null) {
      const sum = sumOf(position.closes.map(({ size }) => size))
      if (sum.gt(position.size)) position.size = sum
    }
  }

  function settled({ id, dealId }: RecordOf<'done'>, order: Announced['record'] | undefined): void {
    if (order?.kind === 'about-to-place' && dealId !== null) placed.set(dealId, order)
    if (order?.kind !== 'about-to-amend' || done.has(id)) return
    done.add(id)
    const position = positions.get(order.dealId)
    if (!position) return
    position.stop ??= figure(order.stopLevel)
    position.limit ??= figure(order.limitLevel)
  }

  function appeared(
    { dealId, epic, direction, size, level, stopLevel }: RecordOf<'position-appeared'>,
    atMs: number,
  ): void {
    if (positions.has(dealId)) return
    const order = placed.get(dealId)
    positions.set(dealId, {
      ...unseen(dealId, epic, direction),
      size: new Decimal(size),
      level: figure(level),
      openedAtMs: order ? atMs : null,
      firstSeenMs: atMs,
      stop: figure(stopLevel),
      reference: order?.id ?? null,
      how: order ? 'working-order' : 'elsewhere',
      by: order ? originOf(order) : { kind: 'elsewhere' },
    })
  }

  function gone({ dealId, epic, profit, profitCurrency }: RecordOf<'position-gone'>, atMs: number): void {
    const position = positions.get(dealId)
    if (!position) return
    const left = leftOf(position)
    if (left.lte(0) || position.epic !== epic) return
    close(position, {
      ...NO_CLOSE,
      key: `gone-${dealId}`,
      size: left,
      atMs,
      own: moneyOf(profit, profitCurrency),
      isSeenGone: true,
    })
  }

  /** The guard is told of each result in the account's currency. */
  function booked(fact: RecordOf<'guard'>['fact'], atMs: number): void {
    const { kind, id, dealId, profit, isWhole } = fact
    if (kind !== 'deal-closed' || typeof id !== 'string' || typeof dealId !== 'string') return
    const position = positions.get(dealId)
    if (!position) return
    const amount = typeof profit === 'string' ? toCents(new Decimal(profit)) : null
    const index = position.closes.findIndex(each => each.key === id)
    const known = position.closes[index]
    if (known) {
      if (known.booked === null) position.closes = position.closes.with(index, { ...known, booked: amount })
      return
    }
    const left = leftOf(position)
    if (isWhole !== true || left.lte(0) || /^(gone|smaller)-/.test(id)) return
    // A deal of ours that went the other way took it off: one order, several results.
    close(position, { ...NO_CLOSE, key: id, size: left, atMs, booked: amount, how: 'market' })
  }

  for (const { record, wallMs } of entries) if (wallMs < endMs) take(record, wallMs)
  return { positions: [...positions.values()], references }
}

const NO_CLOSE: Close = {
  key: '',
  dealId: null,
  reference: null,
  size: new Decimal(0),
  level: null,
  atMs: null,
  booked: null,
  own: null,
  how: 'unknown',
  legLevel: null,
  press: null,
  transaction: null,
  isSeenGone: false,
}

const leftOf = ({ size, closes }: Draft): Decimal => size.minus(sumOf(closes.map(each => each.size)))

const figure = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text))

function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount: new Decimal(amount), currency }
}
