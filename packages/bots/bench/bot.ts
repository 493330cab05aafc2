import { buy, close, defineStrategy, number, sell } from '../src/index.ts'
import { FAST, GAP_UNITS, SLOW, STOP_UNITS } from './plain-bot.ts'

/** The rule of the bench as a strategy. */
export default defineStrategy({
  name: 'bench',
  parameters: { gap: number({ default: GAP_UNITS.calm / 1e5, min: 0, max: 1 }) },
  indicators: kit => ({ fast: kit.on('tick').ema(FAST), slow: kit.on('tick').ema(SLOW) }),
  decide({ indicators: { fast, slow }, position, isBusy, parameters: { gap } }) {
    if (!slow.isReady || isBusy) return null
    const apart = fast.value - slow.value
    if (apart > gap && position?.direction !== 'BUY')
      return position ? [close(position.dealId), buy(1, STOP)] : buy(1, STOP)
    if (apart < -gap && position?.direction !== 'SELL')
      return position ? [close(position.dealId), sell(1, STOP)] : sell(1, STOP)
    return null
  },
})

const STOP = { stop: STOP_UNITS / 10 }
