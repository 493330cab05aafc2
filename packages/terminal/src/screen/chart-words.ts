import { textsOf } from '../texts/texts.ts'
import type { OwnLevelKind } from './own-levels.ts'
import type { Appearance, Freshness, TimeFrame } from './view.ts'

/** What charts, ladder and tape say in one language. */
export interface ChartWords {
  readonly own: Readonly<Record<OwnLevelKind, string>>
  /** At most four letters each, for a narrow ladder. */
  readonly ownShort: Readonly<Record<OwnLevelKind, string>>
  readonly frames: Readonly<Record<TimeFrame, string>>
  /** Why the price may not be traded on. */
  readonly freshness: Readonly<Record<Exclude<Freshness, 'live'>, string>>
  readonly waiting: string
  /** How rising and falling candles are told apart without colours. */
  readonly rising: string
  readonly falling: string
  readonly bid: string
  readonly offer: string
  readonly bidShort: string
  readonly offerShort: string
  readonly high: string
  readonly low: string
}

export function chartWords(language: Appearance['language']): ChartWords {
  const { charts, states } = textsOf(language)
  return { ...charts, freshness: states.freshness }
}
