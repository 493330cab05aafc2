// Holds both sides at once and lets the winner run: needs an account that keeps opposite positions apart.
import { buy, close, defineStrategy, number, sell } from '@scalpdesk/bots'

export default defineStrategy({
  name: 'hedge-close',
  about: 'Buys and sells at once, closes the loser early and the winner late.',
  parameters: {
    loserPoints: number({ default: 6, min: 1, max: 200, about: 'lost: that side is closed' }),
    winnerPoints: number({ default: 12, min: 1, max: 400, about: 'won: the other is closed, too' }),
    stopPoints: number({ default: 20, min: 1, max: 400, about: 'of both, for when the program is gone' }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  state: () => ({ hasEntered: false }),
  decide({ state, parameters, positions, isBusy }) {
    const { loserPoints, winnerPoints, stopPoints } = parameters
    if (isBusy) return null
    if (positions.length === 0) {
      if (state.hasEntered) return { kind: 'stop', why: 'both sides are closed' }
      state.hasEntered = true
      return [buy(1, { stop: stopPoints }), sell(1, { stop: stopPoints })]
    }
    const loser = positions.find(({ profitPoints }) => profitPoints <= -loserPoints)
    if (loser) return close(loser.dealId)
    const [last, other] = positions
    // Alone by now: it may give back what the pair has cost, and no more.
    if (!last || other) return null
    return last.profitPoints >= winnerPoints || last.profitPoints <= 0 ? close(last.dealId) : null
  },
})
