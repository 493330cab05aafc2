import type { SentencesOf } from '../message.ts'
import type { RuleMessages } from '../messages/rule-messages.ts'

export const ENGLISH_RULES: SentencesOf<RuleMessages> = {
  'size-too-small': ({ market, least, size }) =>
    `expected a size of ${atLeast(least)} for ${market}, but got ${size}; raise it`,
  'size-off-step': ({ market, step, size, below }) =>
    `expected a size in steps of ${step} for ${market}, but got ${size}; ${below} is the next below`,
  'no-market-orders': ({ market }) =>
    `expected a market that takes market orders, but ${market} takes none; place a working order instead`,
  'no-legs': ({ market }) => `expected no stop and no limit, but got one, and ${market} takes none; remove both`,
  'no-guaranteed-stops': ({ market }) =>
    `expected a normal stop, but got a guaranteed one, and ${market} has none; change it`,
  'no-trailing-on-orders': () => 'expected a stop that stays, but got a trailing one on a working order; change it',
  'no-trailing-stops': ({ market }) =>
    `expected a stop that stays, but got a trailing one, which ${market} or the account does not allow; change it`,
  'trailing-step-small': ({ market, least, points }) =>
    `expected a trailing step of ${atLeast(least)} points for ${market}, but got ${points}; raise it`,
  'leg-too-near': ({ market, leg, least, points }) =>
    `expected a ${leg} ${atLeast(least)} points away for ${market}, but got ${points}; move it away`,
  'leg-too-far': ({ market, leg, most, points }) =>
    `expected a ${leg} at most ${most} points away for ${market}, but got ${points}; move it nearer`,
  'level-too-near': ({ market, isBelow, least, points }) =>
    `expected a level ${atLeast(least)} points ${isBelow ? 'below' : 'above'} the price of ${market}, but got ${points}; the broker would refuse it`,
  'no-price-for-rule': ({ market, of, percent }) =>
    `expected a price of ${market} to check the ${of === 'trailing-step' ? 'trailing step' : of} against ${percent} %, but there is none; wait for one`,
  'no-level': ({ market, level }) => `expected a level for ${market}, but got ${level}; give one near its price`,
  'no-preset-name': () => 'expected a name for the preset, but got none; name it',
  'no-size-on-key': ({ preset, key }) =>
    `expected a size on key ${key} of the preset ${preset}, but it has none; set one or press another key`,
  'preset-unusable': () => 'it cannot be sent',
  'risk-needs-stop': ({ market }) => `expected a stop to work out the size for ${market}, but got none; set one`,
  'no-premium': ({ market }) =>
    `expected to know what a guaranteed stop costs for ${market}, but IG has not said; use a fixed size`,
  'no-rate': ({ market, from, to }) =>
    `expected a rate from ${from} to ${to} for ${market}, but IG gives none; use a fixed size`,
  'no-size-step': ({ market }) =>
    `expected the step between sizes of ${market}, but nobody knows it; set it or use a fixed size`,
  'no-point-value': ({ market }) =>
    `expected the value of a point of ${market}, but it cannot be worked out; use a fixed size`,
  'risk-too-small': ({ market, least, risk, unit }) =>
    `expected to risk at least ${least} ${unit} for the smallest size of ${market}, but got ${risk}; raise the risk or move the stop nearer`,
  'risk-out-of-range': ({ risk, unit }) => {
    const range = unit === null ? 'more than 0 and at most 100 % of the equity' : `more than 0 ${unit}`
    return `expected a risk of ${range}, but got ${risk}; correct it`
  },
  'no-equity': () =>
    'expected to know the equity for a risk in percent, but the broker has not told it; wait for it or risk an amount',
  'equity-not-positive': ({ equity }) =>
    `expected an equity above 0 for a risk in percent, but it is ${equity}; use a fixed size`,
}

/** @param least null: whatever is above nothing */
const atLeast = (least: string | null): string => (least === null ? 'more than 0' : `at least ${least}`)
