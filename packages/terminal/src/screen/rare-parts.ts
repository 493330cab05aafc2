import { plainText } from './glyphs.ts'
import type { KeyHint, PositionView, PresetView, ScreenView } from './view.ts'

/** What Ink draws: everything that changes with an order or a setting, nothing that changes with a tick. */
export interface RareParts {
  readonly environment: ScreenView['environment']
  readonly account: string
  readonly market: ScreenView['market']
  readonly preset: PresetView
  /** Without their hot figures, which are null here. */
  readonly positions: readonly PositionView[]
  readonly keys: readonly KeyHint[]
  readonly question: string | null
}

/** Takes the rare parts out of a view and makes every text of theirs printable, since Ink measures them. */
export function rareParts(view: ScreenView): RareParts {
  return {
    environment: view.environment,
    account: plainText(view.account),
    market: { name: plainText(view.market.name), epic: plainText(view.market.epic) },
    preset: {
      ...view.preset,
      size: plainText(view.preset.size),
      stop: view.preset.stop === null ? null : plainText(view.preset.stop),
      limit: view.preset.limit === null ? null : plainText(view.preset.limit),
    },
    positions: view.positions.map(position => ({
      ...position,
      size: plainText(position.size),
      market: plainText(position.market),
      level: plainText(position.level),
      stop: position.stop === null ? null : plainText(position.stop),
      limit: position.limit === null ? null : plainText(position.limit),
      points: null,
      profit: null,
      r: null,
    })),
    keys: view.keys,
    question: view.question === null ? null : plainText(view.question),
  }
}

/** Whether Ink would draw the same for both views; the hot figures are passed over. */
export function hasSameRareParts(one: ScreenView, other: ScreenView): boolean {
  return (
    one.environment === other.environment &&
    one.account === other.account &&
    one.question === other.question &&
    hasSameValues(one.market, other.market) &&
    hasSameValues(one.preset, other.preset) &&
    hasSameRows(one.keys, other.keys, hasSameValues) &&
    hasSameRows(one.positions, other.positions, isSamePosition)
  )
}

function isSamePosition(one: PositionView, other: PositionView): boolean {
  return (
    one.direction === other.direction &&
    one.size === other.size &&
    one.market === other.market &&
    one.level === other.level &&
    one.stop === other.stop &&
    one.limit === other.limit &&
    one.state === other.state
  )
}

function hasSameRows<Row>(one: readonly Row[], other: readonly Row[], isSame: (a: Row, b: Row) => boolean): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every((row, at) => {
        const match = other[at]
        return match !== undefined && isSame(row, match)
      }))
  )
}

function hasSameValues<Part extends object>(one: Part, other: Part): boolean {
  if (one === other) return true
  for (const key in one) if (one[key] !== other[key]) return false
  return true
}
