import { decimalsOf, nearestUnits, scaledFromText, sumOfTexts, textFromScaled } from './scaled-text.ts'
import type { OrderView, PositionView, ScreenView } from './view.ts'

export type OwnLevelKind = 'entry' | 'average' | 'stop' | 'limit' | 'buy' | 'sell'

/** What a trader has to see first where there is no room for all. */
export const OWN_LEVEL_KINDS: readonly OwnLevelKind[] = ['stop', 'entry', 'limit', 'average', 'buy', 'sell']

/** A price that means something to the trader: where a position was opened, where it ends, where an order waits. */
export interface OwnLevel {
  readonly kind: OwnLevelKind
  /** As the broker wrote it; an average is ours, rounded to the decimals of its entries. Empty for several that differ. */
  readonly text: string
  /** Signed for an entry: `+1`, `-0.5`; null for a leg. Of a merged one: their sum, or null. */
  readonly size: string | null
}

/** A level where it is drawn: the unit of 10^-decimals next to it. */
export interface PlacedLevel extends OwnLevel {
  readonly price: number
}

/** Those of the market that the keys trade, each level of one kind once, sizes added up. */
export function ownLevels({ market, positions, orders }: ScreenView): readonly OwnLevel[] {
  const own = positions.filter(({ epic }) => epic === market.epic)
  const levels: OwnLevel[] = own.map(({ direction, level, size }) => ({
    kind: 'entry',
    text: level,
    size: (direction === 'BUY' ? '+' : '-') + size,
  }))
  for (const direction of ['BUY', 'SELL'] as const) {
    const average = averageEntry(own.filter(position => position.direction === direction))
    if (average !== null) levels.push({ kind: 'average', text: average, size: null })
  }
  for (const { stop } of own) if (stop !== null) levels.push({ kind: 'stop', text: stop, size: null })
  for (const { limit } of own) if (limit !== null) levels.push({ kind: 'limit', text: limit, size: null })
  for (const { epic, direction, level, size } of orders) {
    // Without a side it is no level that one could act on; the list of orders tells of it.
    if (epic === market.epic && direction !== null)
      levels.push({ kind: direction === 'BUY' ? 'buy' : 'sell', text: level, size })
  }
  return merged(levels, ({ kind, text, size }) => `${kind} ${text} ${size?.startsWith('-')}`)
}

/** The levels that are plain figures, in units of 10^-decimals. */
export function placed(levels: readonly OwnLevel[], decimals: number): readonly PlacedLevel[] {
  return levels.flatMap(level => {
    const price = nearestUnits(level.text, decimals)
    return price === null ? [] : [{ ...level, price }]
  })
}

/** Levels of one key as one, with the sum of their sizes; without a text where theirs differ. */
export function merged<Level extends OwnLevel>(
  levels: readonly Level[],
  keyOf: (level: Level) => string,
): readonly Level[] {
  const byKey = new Map<string, [Level, ...Level[]]>()
  for (const level of levels) {
    const same = byKey.get(keyOf(level))
    if (same) same.push(level)
    else byKey.set(keyOf(level), [level])
  }
  return [...byKey.values()].map(same => {
    const [first] = same
    if (same.length === 1) return first
    return { ...first, text: same.every(({ text }) => text === first.text) ? first.text : '', size: sumOfSizes(same) }
  })
}

/** Whether {@link ownLevels} gives the same for both views; figures that change with every tick are passed over. */
export function hasSameOwnLevels(one: ScreenView, other: ScreenView): boolean {
  return (
    one.market.epic === other.market.epic &&
    (one.positions === other.positions || hasSame(one.positions, other.positions, isSamePosition)) &&
    (one.orders === other.orders || hasSame(one.orders, other.orders, isSameOrder))
  )
}

/** Weighted by size; null for fewer than two entries, or where they are not plain figures. */
function averageEntry(positions: readonly PositionView[]): string | null {
  if (positions.length < 2) return null
  const decimals = Math.max(...positions.map(({ level }) => decimalsOf(level)))
  const sizeDecimals = Math.max(...positions.map(({ size }) => decimalsOf(size)))
  let [weighted, weight] = [0n, 0n]
  for (const { level, size } of positions) {
    const price = scaledFromText(level, decimals)
    const held = scaledFromText(size, sizeDecimals)
    if (price === null || held === null || held <= 0) return null
    weighted += BigInt(price) * BigInt(held)
    weight += BigInt(held)
  }
  return textFromScaled(Number(roundedQuotient(weighted, weight)), decimals)
}

/** Halves away from zero. */
function roundedQuotient(value: bigint, by: bigint): bigint {
  return value >= 0n ? (2n * value + by) / (2n * by) : (2n * value - by) / (2n * by)
}

function sumOfSizes(levels: readonly OwnLevel[]): string | null {
  const sizes = levels.flatMap(({ size }) => size ?? [])
  if (sizes.length < levels.length) return null
  const isSigned = /^[+-]/.test(sizes[0] ?? '')
  const sum = sumOfTexts(sizes.map(size => size.replace(/^\+/, '')))
  return sum === null || !isSigned || sum.startsWith('-') ? sum : `+${sum}`
}

function isSamePosition(one: PositionView, other: PositionView): boolean {
  return (
    one.level === other.level &&
    one.stop === other.stop &&
    one.limit === other.limit &&
    one.size === other.size &&
    one.direction === other.direction &&
    one.epic === other.epic
  )
}

function isSameOrder(one: OrderView, other: OrderView): boolean {
  return (
    one.level === other.level && one.size === other.size && one.direction === other.direction && one.epic === other.epic
  )
}

function hasSame<Row>(one: readonly Row[], other: readonly Row[], isSame: (a: Row, b: Row) => boolean): boolean {
  return one.length === other.length && one.every((row, at) => isSame(row, other[at]!))
}
