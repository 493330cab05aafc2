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

const ENGLISH: ChartWords = {
  own: { entry: 'entry', average: 'average', stop: 'stop', limit: 'limit', buy: 'buy', sell: 'sell' },
  ownShort: { entry: 'entr', average: 'avg', stop: 'stop', limit: 'lim', buy: 'buy', sell: 'sell' },
  frames: { ticks: 'ticks', '5s': '5 s', '15s': '15 s', '1m': '1 min', '5m': '5 min' },
  freshness: { stale: 'STALE', crossed: 'CROSSED', closed: 'CLOSED', none: 'NO PRICE' },
  waiting: 'waiting for prices',
  rising: 'up',
  falling: 'down',
  bid: 'bid',
  offer: 'offer',
  bidShort: 'bid',
  offerShort: 'off',
  high: 'high',
  low: 'low',
}

const FRENCH: ChartWords = {
  own: { entry: 'entrée', average: 'moyenne', stop: 'stop', limit: 'limite', buy: 'achat', sell: 'vente' },
  ownShort: { entry: 'entr', average: 'moy', stop: 'stop', limit: 'lim', buy: 'ach', sell: 'vte' },
  frames: { ticks: 'ticks', '5s': '5 s', '15s': '15 s', '1m': '1 min', '5m': '5 min' },
  freshness: { stale: 'PÉRIMÉ', crossed: 'CROISÉ', closed: 'FERMÉ', none: 'SANS COURS' },
  waiting: 'en attente de cours',
  rising: 'hausse',
  falling: 'baisse',
  bid: 'acheteur',
  offer: 'vendeur',
  bidShort: 'ach.',
  offerShort: 'ven.',
  high: 'haut',
  low: 'bas',
}

export function chartWords(language: Appearance['language']): ChartWords {
  return language === 'fr' ? FRENCH : ENGLISH
}
