import type { PositionView, ScreenView } from './view.ts'

/** What Ink draws: everything that changes with an order or a setting, nothing that changes with a tick. */
export type RareParts = Pick<ScreenView, RarePart>
type RarePart = 'environment' | 'account' | 'mode' | 'keyboard' | 'positions' | (typeof SETTLED_PARTS)[number]

/** Objects that stay the very same until the trader changes something. */
const SETTLED_PARTS = [
  'appearance',
  'arming',
  'preset',
  'keys',
  'question',
  'overlay',
] as const satisfies readonly (keyof ScreenView)[]

/** Whether Ink would draw the same for both views. */
export function hasSameRareParts(one: RareParts, other: RareParts): boolean {
  return (
    one.environment === other.environment &&
    one.account === other.account &&
    one.mode === other.mode &&
    one.keyboard === other.keyboard &&
    hasSamePositions(one.positions, other.positions) &&
    SETTLED_PARTS.every(part => isSame(one[part], other[part]))
  )
}

/** With something held the rows are new objects with each tick, and compared with each frame: field by field, without a list of names. */
function hasSamePositions(some: RareParts['positions'], others: RareParts['positions']): boolean {
  if (some === others) return true
  if (some.length !== others.length) return false
  for (let at = 0; at < some.length; at += 1) {
    const [one, other] = [some[at], others[at]]
    if (one !== other && !(one && other && isLaidOutAlike(one, other))) return false
  }
  return true
}

/** All but points, profit and R, which change with a tick and have places of their own. */
function isLaidOutAlike(one: PositionView, other: PositionView): boolean {
  return (
    one.direction === other.direction &&
    one.size === other.size &&
    one.market === other.market &&
    one.epic === other.epic &&
    one.level === other.level &&
    one.stop === other.stop &&
    one.isTrailing === other.isTrailing &&
    one.limit === other.limit &&
    one.isSelected === other.isSelected &&
    one.isForeign === other.isForeign &&
    one.currency === other.currency &&
    one.state === other.state
  )
}

/** Compares plain data; parts that are the very same object cost nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false
  const [mine, its] = [one, other] as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]
  for (const key in mine) if (!isSame(mine[key], its[key])) return false
  return Object.keys(its).length === Object.keys(mine).length
}
