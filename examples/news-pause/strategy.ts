// Any rule, with a pause around the times at which news come: flat before, and nothing until some time after.
import { boolean, buy, close, defineStrategy, duration, flatten, sell } from '@scalpdesk/bots'

/** UTC, after midnight. Yours come from a calendar; a strategy itself asks no network. */
const NEWS = ['08:30', '10:00', '13:30', '15:00', '19:00']
const MINUTE_MS = 60_000

export default defineStrategy({
  name: 'news-pause',
  about: 'Is flat around the times of news.',
  parameters: {
    before: duration({ default: '5m', min: '1s', max: '2h' }),
    after: duration({ default: '10m', min: '1s', max: '2h' }),
    closesAll: boolean({ default: true, about: 'closes what is open when the pause begins' }),
  },
  markets: ['CS.D.EURUSD.CFD.IP'],
  state: () => ({ nextMs: 0 }),
  indicators: kit => ({ fast: kit.on('tick').ema(20), slow: kit.on('tick').ema(100) }),
  decide({ state, indicators, parameters, nowMs, position, isBusy }) {
    if (isBusy || !indicators.slow.isReady) return null
    if (isNewsTime(nowMs, parameters)) return position && parameters.closesAll ? flatten() : null

    // The rule itself is of no importance here. Once a second: the guard takes two equal orders in a moment for one.
    if (nowMs < state.nextMs) return null
    state.nextMs = nowMs + 1_000
    const isUp = indicators.fast.value > indicators.slow.value
    if (!position) return isUp ? buy(1, { stop: 15 }) : sell(1, { stop: 15 })
    return isUp === (position.direction === 'BUY') ? null : close(position.dealId)
  },
})

function isNewsTime(nowMs: number, { before, after }: { readonly before: number; readonly after: number }): boolean {
  const ofDayMs = nowMs % (1440 * MINUTE_MS)
  return NEWS.some(text => {
    const [hours = 0, minutes = 0] = text.split(':').map(Number)
    const newsMs = (hours * 60 + minutes) * MINUTE_MS
    return ofDayMs >= newsMs - before && ofDayMs < newsMs + after
  })
}
