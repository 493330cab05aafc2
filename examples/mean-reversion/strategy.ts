// A price far below its average is bought, one far above is sold; back at the average the position is closed.
import { buy, close, defineStrategy, integer, number, sell } from '@scalpdesk/bots'

export default defineStrategy({
  name: 'mean-reversion',
  about: 'Bets that a price that ran away comes back.',
  parameters: {
    length: integer({ default: 200, min: 10, max: 5000, about: 'ticks of the average' }),
    deviations: number({ default: 2.2, min: 1, max: 5, step: 0.2 }),
    stopPoints: number({ default: 12, min: 1, max: 200, step: 1 }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  indicators: (kit, { length, deviations }) => ({ band: kit.on('tick').bollinger(length, deviations) }),
  decide({ indicators, parameters, tick, position, isBusy }) {
    const { band } = indicators
    if (!band.isReady || isBusy) return null
    const { upper, middle, lower } = band.value
    if (position) {
      const isBack = position.direction === 'BUY' ? tick.mid >= middle : tick.mid <= middle
      return isBack ? close(position.dealId) : null
    }
    // The way back has to pay for the spread, or there is nothing to win.
    if (middle - lower <= 2 * (tick.offer - tick.bid)) return null
    const legs = { stop: parameters.stopPoints }
    if (tick.mid < lower) return buy(1, legs)
    return tick.mid > upper ? sell(1, legs) : null
  },
})
