import type { AlarmKind } from '../../guard/watchdogs/alarm.ts'
import type { SentencesOf } from '../message.ts'
import type { AlarmMessages } from '../messages/alarm-messages.ts'
import { heldText, positionText } from './things.ts'

export const ENGLISH_ALARMS: SentencesOf<AlarmMessages> = {
  'no-stop': ({ position, isWanted }) => {
    const sent = isWanted ? 'was sent with a stop, and is held without one' : 'is held without one'
    return `NO STOP at the broker: ${positionText(position)} ${sent}; set one or close it`
  },
  'stop-not-known': ({ position }) =>
    `STOP NOT KNOWN: the broker has not said whether ${positionText(position)} has one; look at its platform`,
  'not-ours': ({ position }) => `NOT OURS: ${positionText(position)} was opened elsewhere; adopt it or close it`,
  'order-not-ours': ({ held }) =>
    `NOT OURS: a working order ${heldText(held)} was placed elsewhere; adopt it or cancel it`,
  'stop-removed': ({ position, was }) =>
    `STOP REMOVED: the stop of ${positionText(position)}${before(was)} was taken away elsewhere; set it again or close it`,
  'stop-moved-away': ({ position, was, level }) =>
    `STOP MOVED AWAY: the stop of ${positionText(position)} is at ${level} now${before(was)}, moved elsewhere; move it back or close it`,
  'resting-while-locked': ({ count }) =>
    `STILL RESTING: the day is locked, but ${count === 1 ? 'a working order waits' : `${count} working orders wait`} at the broker and may open a position; cancel ${count === 1 ? 'it' : 'them'}`,
  'margin-low': ({ percent, leastPercent }) =>
    `MARGIN LOW: the equity is ${percent} % of the margin in use, at least ${leastPercent} % are wanted; close something`,
  'clock-skew': ({ seconds, isAhead }) =>
    `CLOCK: this machine is ${seconds} s ${isAhead ? 'ahead of the broker, or prices come late' : 'behind the broker'}; set its clock`,
  'silent-feed': ({ seconds }) =>
    `SILENT: the stream is live, but no price and no heartbeat has come for ${seconds} s; prices may be old, closing still works`,
  'alarm-over': ({ alarm }) => OVER[alarm],
}

const before = (was: string | null): string => (was === null ? '' : ` (was ${was})`)

const OVER: Readonly<Record<AlarmKind, string>> = {
  'no-stop': 'the stop is there',
  'stop-not-known': 'the stop is known',
  'not-ours': 'adopted, or gone',
  'stop-removed': 'the stop is back',
  'stop-moved-away': 'the stop is back',
  'resting-while-locked': 'no working order waits on a locked day',
  'margin-low': 'the margin is enough again',
  'clock-skew': 'the clocks agree again',
  'silent-feed': 'prices come again',
}
