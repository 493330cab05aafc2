// Trades nothing: says when the spread is much wider than usual, and when it is back. What it learns, entries should ask.
import { defineStrategy, integer, number, say } from '@scalpdesk/bots'

export default defineStrategy({
  name: 'spread-watcher',
  about: 'Says when the spread is much wider than usual.',
  parameters: {
    length: integer({ default: 500, min: 10, max: 10_000, about: 'ticks that make what is usual' }),
    factor: number({ default: 2.5, min: 1.1, max: 20, step: 0.5 }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  state: () => ({ usual: 0, ticks: 0, isWide: false, widest: 0, times: 0 }),
  onTick({ tick, state, parameters, market }) {
    const { length, factor } = parameters
    const spread = tick.spreadPoints
    // A running average that forgets slowly: each tick counts for one in `length`.
    state.ticks++
    state.usual += (spread - state.usual) / Math.min(state.ticks, length)
    state.widest = Math.max(state.widest, spread)
    if (state.ticks < length) return null
    const isWide = spread > factor * state.usual
    if (isWide === state.isWide) return null
    state.isWide = isWide
    if (!isWide) return say(`${market.name}: the spread is back at ${spread.toFixed(1)} points`)
    state.times++
    return say(`${market.name}: the spread is ${spread.toFixed(1)} points, usually ${state.usual.toFixed(1)}`)
  },
  onStop: ({ state }) =>
    say(`wide ${state.times} times; usually ${state.usual.toFixed(2)} points, at worst ${state.widest.toFixed(1)}`),
})
