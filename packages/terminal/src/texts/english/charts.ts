/** What charts, ladder and tape say. */
export const ENGLISH_CHARTS = {
  own: { entry: 'entry', average: 'average', stop: 'stop', limit: 'limit', buy: 'buy', sell: 'sell' },
  ownShort: { entry: 'entr', average: 'avg', stop: 'stop', limit: 'lim', buy: 'buy', sell: 'sell' },
  frames: { ticks: 'ticks', '5s': '5 s', '15s': '15 s', '1m': '1 min', '5m': '5 min' },
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
