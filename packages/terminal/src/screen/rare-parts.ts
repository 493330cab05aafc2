import type { PositionView, ScreenView } from './view.ts'

/** What Ink draws: everything that changes with an order or a setting, nothing that changes with a tick. */
export type RareParts = Pick<ScreenView, RarePart>
type RarePart = (typeof RARE_PARTS)[number]

const RARE_PARTS = [
  'environment',
  'account',
  'mode',
  'appearance',
  'arming',
  'preset',
  'positions',
  'keys',
  'keyboard',
  'question',
  'overlay',
] as const satisfies readonly (keyof ScreenView)[]

/** Figures of a position that change with a tick: Ink leaves places for them. */
const HOT_FIGURES: ReadonlySet<string> = new Set<keyof PositionView>(['points', 'profit', 'r'])

/** Whether Ink would draw the same for both views. */
export function hasSameRareParts(one: RareParts, other: RareParts): boolean {
  return RARE_PARTS.every(part => isSame(one[part], other[part]))
}

/** Compares plain data; parts that are the very same object cost nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false
  const [mine, its] = [one, other] as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]
  for (const key in mine) if (!HOT_FIGURES.has(key) && !isSame(mine[key], its[key])) return false
  return Object.keys(its).length === Object.keys(mine).length
}
