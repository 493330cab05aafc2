import type { ENGLISH_CHARTS } from '../english/charts.ts'

export const FRENCH_CHARTS: typeof ENGLISH_CHARTS = {
  own: { entry: 'entrée', average: 'moyenne', stop: 'stop', limit: 'limite', buy: 'achat', sell: 'vente' },
  ownShort: { entry: 'entr', average: 'moy', stop: 'stop', limit: 'lim', buy: 'ach', sell: 'vte' },
  frames: { ticks: 'ticks', '5s': '5 s', '15s': '15 s', '1m': '1 min', '5m': '5 min' },
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
