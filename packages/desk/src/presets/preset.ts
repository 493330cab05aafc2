import type { Decimal } from '@scalpdesk/sdk'

/** A contract prepared in advance: one key sends it. Distances are in points of its market. */
export interface Preset {
  readonly name: string
  /** What the keys 1 to 9 choose. */
  readonly sizes: Readonly<Partial<Record<SizeKey, PresetSize>>>
  /** The one that is chosen at first. */
  readonly sizeKey: SizeKey
  readonly stop: PresetStop | null
  readonly limitPoints: Decimal | null
}

export type SizeKey = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

export type PresetSize =
  | { readonly kind: 'fixed'; readonly size: Decimal }
  | { readonly kind: 'risk'; readonly risk: Risk }

/** What may be lost when the stop is reached exactly. */
export type Risk =
  /** In the account's currency. */
  { readonly kind: 'money'; readonly amount: Decimal } | { readonly kind: 'equity'; readonly percent: Decimal }

export type PresetStop =
  | { readonly kind: 'normal'; readonly distancePoints: Decimal }
  | { readonly kind: 'guaranteed'; readonly distancePoints: Decimal }
  | { readonly kind: 'trailing'; readonly distancePoints: Decimal; readonly stepPoints: Decimal }
