// Enters once, and then looks after the stop alone: to the entry when there is something to lose, then behind the price.
import { buy, choice, defineStrategy, moveStop, number, sell } from '@scalpdesk/bots'

export default defineStrategy({
  name: 'trailing-stop-manager',
  about: 'Looks after the stop of one position.',
  parameters: {
    side: choice({ default: 'buy', of: ['buy', 'sell'] }),
    stopPoints: number({ default: 10, min: 1, max: 200 }),
    entryAfterPoints: number({ default: 5, min: 1, max: 200, about: 'won: the stop goes to the entry' }),
    followPoints: number({ default: 6, min: 1, max: 200, about: 'behind the best price' }),
    stepPoints: number({ default: 2, min: 0.5, max: 50, about: 'it moves by so much at least' }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  exitPolicy: 'leave-with-stops',
  state: () => ({ hasEntered: false }),
  decide({ state, parameters, market, tick, position, isBusy }) {
    const { side, stopPoints, entryAfterPoints, followPoints, stepPoints } = parameters
    if (isBusy) return null
    if (!position) {
      if (state.hasEntered) return { kind: 'stop', why: 'the position is closed' }
      state.hasEntered = true
      return side === 'buy' ? buy(1, { stop: stopPoints }) : sell(1, { stop: stopPoints })
    }
    const { dealId, direction, levelUnits, stopUnits, profitPoints } = position
    const way = direction === 'BUY' ? 1 : -1
    const isAtEntry = stopUnits !== null && (stopUnits - levelUnits) * way >= 0
    if (!isAtEntry) return profitPoints >= entryAfterPoints ? moveStop(dealId, 'entry') : null

    // Whole units: a stop must lie on the price grid, and comparing doubles would move it for nothing.
    const price = direction === 'BUY' ? tick.bidUnits : tick.offerUnits
    const wantedUnits = price - way * followPoints * market.unitsPerPoint
    if ((wantedUnits - stopUnits) * way < stepPoints * market.unitsPerPoint) return null
    return moveStop(dealId, { level: (wantedUnits / 10 ** market.decimals).toFixed(market.decimals) })
  },
})
