import type { SentencesOf } from '../message.ts'
import type { DenialMessages } from '../messages/denial-messages.ts'
import { count } from './things.ts'

export const ENGLISH_DENIALS: SentencesOf<DenialMessages> = {
  'desk-disarmed': () => 'the desk is disarmed; arm it first',
  'not-our-market': ({ epic }) => `${epic} is not one of this desk’s markets; add it first`,
  'market-not-allowed': ({ market, epic, allowed }) =>
    `${market} (${epic}) is not among the allowed markets: ${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'none'}`,
  'no-contract': () => 'no contract was prepared for this market',
  'reference-used': () => 'its reference was used before; press again',
  'day-not-begun': () => 'the day has not begun for the guard; start the desk from its journal',
  'day-is-locked': ({ lock }, said) => `the day is locked (${said(lock)}); ${UNTIL_NEXT_DAY}`,
  'day-locked': ({ lock }, said) => `DAY LOCKED: ${said(lock)}; ${CLOSING_WORKS}`,
  'locked-already': ({ lock }, said) => `LOCKED ALREADY: ${said(lock)}; ${CLOSING_WORKS}`,
  'locked-by-trader': () => 'by the trader',
  'day-lost': loss => lossText(loss),
  'day-loss': loss => `${lossText(loss)}; ${UNTIL_NEXT_DAY}`,
  'day-loss-unknown': ({ most, unit, unknown }) => {
    const what = unknown === 'open-result' ? 'what is open cannot be worked out' : 'the result of a deal is not known'
    return `the day’s loss must stay below ${most} ${unit}, but ${what}; wait until it is`
  },
  'cooling-down': ({ losses, seconds }) => `${losses} losses in a row: cooling down, ${duration(seconds)} left`,
  'hours-without-time': () => 'trading hours are set, but the time is not known yet; wait for the broker',
  'outside-hours': ({ day, time, hours }) => {
    const allowed = hours.map(({ days, from, until }) => `${days.join(' ')} ${from}-${until}`).join(', ')
    return `it is ${day} ${time}, and entries are allowed ${allowed}`
  },
  'pressed-again': ({ agoMs, windowMs }) =>
    `pressed again ${agoMs} ms after the same order; within ${windowMs} ms only the first is sent`,
  'book-unknown': () => 'the broker has not said yet what is open',
  'being-flattened': () => 'everything is being closed; wait for FLAT',
  'order-unanswered': () => 'the order before this one has no answer yet',
  'earlier-unresolved': () =>
    'an earlier order could not be settled; look at the broker’s platform, then accept it as it is',
  'earlier-checked': () => 'the outcome of an earlier order is being checked',
  'stream-not-live': () => 'the stream is not live, so prices are old; wait until it is back',
  'no-price': () => 'there is no price to deal at',
  'no-price-to-join': () => 'there is no price to join',
  'price-interrupted': () => 'the price is from before the stream or the clock was interrupted; wait for a new one',
  'price-of-old-session': () => 'the price is of a stream session that is over; wait for a new one',
  'price-old': ({ seconds, mostSeconds }) => `the price is ${seconds} s old, at most ${mostSeconds} s are allowed`,
  'price-delayed': () => 'the price is a delayed one, not the present one',
  'price-crossed': () => 'the price is crossed: its offer is below its bid',
  'market-not-open': ({ isForDealing, state }) =>
    `the market is not open for ${isForDealing ? 'dealing' : 'orders'} (${state})`,
  'spread-wide': ({ points, mostPoints }) => `the spread is ${points} points, at most ${mostPoints} are allowed`,
  'order-too-large': ({ size, most }) => `a size of ${size} is more than the ${most} allowed for one order`,
  'market-too-large': ({ held, more, most }) =>
    `${held} open and ${more} more are more than the ${most} allowed in the market`,
  'market-size-unknown': ({ most }) =>
    `at most ${most} may be open in the market, but the working orders are not known; wait for their list`,
  'too-many-positions': ({ positions, orders, entries, most }) => {
    const parts = [
      count(positions, 'position'),
      orders > 0 && count(orders, 'working order'),
      entries > 0 && `${entries} ${entries === 1 ? 'entry' : 'entries'} under way`,
    ]
    return `${parts.filter(Boolean).join(', ')}, ${most} allowed altogether`
  },
  'positions-unknown': ({ most }) =>
    `at most ${most} positions are allowed, but the working orders are not known; wait for their list`,
  'too-many-entries': ({ entries, most, waitSeconds }) => {
    const wait = waitSeconds === null ? '' : `; the next in ${waitSeconds} s`
    return `${entries} entries in the last minute, ${most} allowed${wait}`
  },
  'margin-short': ({ needed, available, unit, mustStay }) => {
    const rule = mustStay === null ? '' : `, and ${mustStay} must stay`
    return `it needs a margin of ${needed} ${unit}, ${available} are available${rule}`
  },
  'margin-unknown': ({ mustStay, unknown }) => {
    const what =
      unknown === 'needed'
        ? 'the margin of this order cannot be worked out'
        : 'the broker has not told what is available'
    return `${mustStay} must stay available, but ${what}`
  },
  'deal-not-held': ({ dealId }) => `expected a deal that is held, but ${dealId} is not; look at the positions`,
  'not-a-part': ({ held }) => `expected a part of the ${held} held, but got none; give a size above 0`,
  'nothing-held': () => 'nothing is held in this market',
  'both-directions-held': () => 'both directions are held; close one of them first',
  'closed-already': () => 'it is being closed already',
  'no-such-preset': () => 'there is none of this name',
}

const UNTIL_NEXT_DAY = 'entries are refused until the broker’s next trading day, exits work'
const CLOSING_WORKS = 'entries are refused until the broker’s next day, closing works'

function lossText({ lost, most, unit }: DenialMessages['day-lost']): string {
  const of = unit === null ? '' : ` ${unit}`
  return `lost ${lost}${of} of ${most}${of} allowed`
}

const duration = (seconds: number): string => (seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`)
