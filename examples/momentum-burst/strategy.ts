// A candle that is much larger than usual is followed, with a stop that trails behind.
import { buy, defineStrategy, number, sell } from '@scalpdesk/bots'

export default defineStrategy({
  name: 'momentum-burst',
  about: 'Follows a candle that is much larger than usual.',
  parameters: {
    factor: number({ default: 2.5, min: 1, max: 10, step: 0.5, about: 'of the usual range' }),
    trailPoints: number({ default: 6, min: 1, max: 100, step: 1 }),
    stepPoints: number({ default: 1, min: 1, max: 20, step: 1 }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  candles: () => ['15s'],
  indicators: kit => ({ usual: kit.on('15s').atr(10) }),
  state: () => ({ before: 0 }),
  onCandle({ indicators, parameters, position, isBusy, state }, candle) {
    const { factor, trailPoints, stepPoints } = parameters
    // The candle itself is part of the average by now: it is held to the average of before.
    const usual = state.before
    state.before = indicators.usual.isReady ? indicators.usual.value : 0
    if (usual === 0 || position || isBusy) return null
    if (candle.high - candle.low < factor * usual) return null
    const stop = { points: trailPoints, stepPoints }
    return candle.close > candle.open ? buy(1, { stop }) : sell(1, { stop })
  },
})
