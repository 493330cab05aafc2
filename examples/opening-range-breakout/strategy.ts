// The first minutes of the day make a range; the first price outside of it is followed, once a day.
import { buy, close, defineStrategy, duration, number, sell } from '@scalpdesk/bots'

const DAY_MS = 86_400_000

export default defineStrategy({
  name: 'opening-range-breakout',
  about: 'Follows the first price outside of the range of the first minutes.',
  parameters: {
    opensAfter: duration({ default: '8h', min: '1s', max: '23h', about: 'after midnight, UTC' }),
    range: duration({ default: '15m', min: '1m', max: '4h', about: 'how long the range is made' }),
    patience: duration({ default: '2h', min: '1m', max: '12h', about: 'how long a position is held' }),
    leastPoints: number({ default: 3, min: 0, max: 200, about: 'a narrower range says nothing' }),
  },
  markets: ['IX.D.DAX.IFD.IP'],
  state: () => ({ day: 0, high: 0, low: 0, isDone: false }),
  decide({ state, parameters, nowMs, tick, market, position, isBusy }) {
    const { opensAfter, range, patience, leastPoints } = parameters
    if (isBusy) return null
    if (position) return nowMs - position.openedAtMs >= patience ? close(position.dealId) : null

    const day = Math.floor(nowMs / DAY_MS)
    const sinceOpening = (nowMs % DAY_MS) - opensAfter
    if (sinceOpening < 0) return null
    if (state.day !== day) {
      // Who comes when most of it is over has not seen the range, and leaves the day alone.
      const isDone = sinceOpening > range / 10
      Object.assign(state, { day, high: tick.bidUnits, low: tick.bidUnits, isDone })
    }
    if (sinceOpening < range) {
      state.high = Math.max(state.high, tick.bidUnits)
      state.low = Math.min(state.low, tick.bidUnits)
      return null
    }
    const points = (state.high - state.low) / market.unitsPerPoint
    const isAbove = tick.bidUnits > state.high
    if (state.isDone || points < leastPoints || (!isAbove && tick.bidUnits >= state.low)) return null

    // The stop lies on the other side of the range: there the idea was wrong.
    state.isDone = true
    const stop = Math.max(points, market.minStopPoints)
    return isAbove ? buy(market.minSize, { stop }) : sell(market.minSize, { stop })
  },
})
