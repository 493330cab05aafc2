import { Decimal } from '@scalpdesk/sdk'
import { message } from '../../words/message.ts'
import { alarm, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchView } from './watch-view.ts'

/** An alarm ends only this much above the level at which it began, so that it does not flicker (our choice). */
const MARGIN_SLACK_PERCENT = 5

/** Equity that comes near the margin in use. @param isOn whether the alarm is on already */
export function seeMargin({ equity, margin }: WatchView, { minMarginPercent }: WatchSettings, isOn: boolean): Sight {
  if (!minMarginPercent || !equity || !margin?.gt(0)) return NOTHING_SEEN
  const bound = isOn ? minMarginPercent.plus(MARGIN_SLACK_PERCENT) : minMarginPercent
  if (equity.times(100).gte(bound.times(margin))) return NOTHING_SEEN
  const percent = equity.times(100).div(margin).toDecimalPlaces(0, Decimal.ROUND_FLOOR).toFixed()
  const low = message('margin-low', { percent, leastPercent: minMarginPercent.toFixed() })
  return { alarms: [alarm('margin-low', null, low)], dueMs: null }
}

/** The machine's wall clock against the broker's. Prices that come late look like a machine that is ahead. */
export function seeClockSkew({ brokerTime, wallMs, nowMs }: WatchView, { maxClockSkewMs }: WatchSettings): Sight {
  if (maxClockSkewMs === null || !brokerTime) return NOTHING_SEEN
  const skewMs = wallMs - (brokerTime.brokerMs + nowMs - brokerTime.receivedAtMs)
  if (Math.abs(skewMs) <= maxClockSkewMs) return NOTHING_SEEN
  const seconds = new Decimal(Math.abs(skewMs)).div(1_000).toDecimalPlaces(1, Decimal.ROUND_DOWN).toFixed()
  const skew = message('clock-skew', { seconds, isAhead: skewMs > 0 })
  return { alarms: [alarm('clock-skew', null, skew)], dueMs: null }
}

/** A live stream on which neither a price nor the heartbeat comes. */
export function seeSilence({ feed, nowMs }: WatchView, { maxSilenceMs }: WatchSettings): Sight {
  if (maxSilenceMs === null || !feed.isLive || !feed.isDataExpected) return NOTHING_SEEN
  const lastMs = Math.max(
    feed.liveSinceMs,
    feed.lastTickAtMs ?? feed.liveSinceMs,
    feed.lastHeartbeatAtMs ?? feed.liveSinceMs,
  )
  const dueMs = lastMs + maxSilenceMs
  if (nowMs < dueMs) return { alarms: [], dueMs }
  // Without a figure that grows: words that change would be a new alarm each time.
  const silent = message('silent-feed', { seconds: Math.round(maxSilenceMs / 1_000) })
  return { alarms: [alarm('silent-feed', null, silent)], dueMs: null }
}
