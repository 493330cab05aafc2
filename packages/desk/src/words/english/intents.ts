import type { SentencesOf } from '../message.ts'
import type { IntentMessages } from '../messages/intent-messages.ts'
import { closingText, count, heldText, legsText, orderText, positionText, wantedText, where } from './things.ts'

export const ENGLISH_INTENTS: SentencesOf<IntentMessages> = {
  denied: ({ wanted, why }, said) => `DENIED ${wantedText(wanted)}: ${said(why)}`,
  closing: ({ position }) => `CLOSING ${closingText(position)}`,
  'closing-already': ({ position }) => `CLOSING ALREADY: ${closingText(position)}`,
  'nothing-to-close': ({ dealId }) => `NOTHING TO CLOSE: no position ${dealId} is known; ${ASKING}`,
  'closing-without-stop': ({ position }) => `CLOSING ${positionText(position)}: it has no stop`,
  reducing: ({ direction, left }) =>
    `REDUCING: ${direction} reduces what is held${left === null ? '' : `; ${left} is left over and opens nothing`}`,
  'reducing-already': ({ direction }) => `CLOSING ALREADY: ${direction} reduces what is held`,
  reversing: ({ market, direction }) => `REVERSING ${market}: closing, then ${direction}`,
  'not-reversed': ({ why }) => `NOT REVERSED: ${NOT_REVERSED[why]}; nothing was entered`,
  cancelling: ({ orders }) => `CANCELLING ${count(orders, 'working order')}`,
  'cancelling-already': () => 'CANCELLING ALREADY',
  'nothing-to-cancel': () => 'NOTHING TO CANCEL: no such working order is known; asking the broker',
  changing: ({ legs }) => `CHANGING to ${legsText(legs)}`,
  'nothing-to-change': () => `NOTHING TO CHANGE: no such position is known; ${ASKING}`,
  'not-changed': ({ why }, said) => `NOT CHANGED: ${said(why)}`,
  'nothing-to-adopt': ({ dealId }) => `NOTHING TO ADOPT: no deal ${dealId} is known; ${ASKING}`,
  'ours-already': ({ held }) => `OURS ALREADY: ${heldText(held)}`,
  adopted: ({ held }) => `ADOPTED: ${heldText(held)}`,
  'nothing-to-accept': ({ orderId, why }) => `NOTHING TO ACCEPT: ${NOT_ACCEPTED[why](orderId)}`,
  'accepted-unknown': ({ order }) => `ACCEPTED as unknown: ${orderText(order)}; entries go on`,
  armed: () => 'ARMED: entries are sent',
  disarmed: () => 'DISARMED: entries are refused, closing still works',
  'preset-chosen': ({ preset, market }) => `PRESET ${preset} for ${market}`,
  flattening: ({ market, positions, orders }) => {
    const named = [positions > 0 && count(positions, 'position'), orders > 0 && count(orders, 'working order')]
      .filter(Boolean)
      .join(' and ')
    return named === '' ? `CLOSING${where(market)}: ${ASKING}` : `CLOSING ${named}${where(market)}`
  },
  flat: ({ market }) => `FLAT${where(market)}: the broker reports no position and no working order`,
  'flat-withheld': ({ market, areOrdersListed, why }) =>
    `CLOSED${where(market)}: the broker reports ${areOrdersListed ? 'nothing open' : 'no position'}; FLAT is withheld ${WITHHELD[why]}`,
  'not-flat': ({ market, stays }, said) => `NOT FLAT${where(market)}: ${said(stays)}`,
  'stays-open': ({ positions, orders }) => {
    const stays = `${count(orders, 'working order')} ${orders === 1 ? 'stays' : 'stay'}`
    return `${positions > 0 ? 'a position could not be closed' : stays}; press again, or use the broker’s platform`
  },

  'too-many-changes': () => 'too many changes wait for the broker already',
  'position-gone': () => 'its position is gone',
  'legs-not-told': () => 'the broker did not say in time what its legs are',
  'no-figure': () => 'what was asked for is no figure',
  'so-already': () => 'it is so already',
  'opening-level-unknown': () => 'the level at which it was opened is not known',
  'stop-nearer-already': () => 'its stop is nearer already',
  'price-not-passed': () => 'the price has not passed the level at which it was opened',
  'no-such-leg': ({ leg }) => `it has no ${leg}`,
  'points-not-positive': ({ points }) => `expected points above 0, but got ${points}`,
  'stop-as-near-as-allowed': () => 'its stop is as near as the market allows',
  'guaranteed-cannot-trail': () => 'a guaranteed stop cannot trail',
  'no-price-to-trail': () => 'there is no price to trail from',
  'point-unknown': () => 'how much a point is there is not known',
}

const ASKING = 'asking the broker what is open'

const NOT_REVERSED: Readonly<Record<IntentMessages['not-reversed']['why'], string>> = {
  'close-refused': 'a close was refused',
  'not-in-time': 'the closes were not confirmed in time',
  'close-unknown': 'the outcome of a close is not known',
}

const NOT_ACCEPTED: Readonly<Record<IntentMessages['nothing-to-accept']['why'], (id: string) => string>> = {
  'no-such-order': id => `no order ${id} is known`,
  'still-checked': id => `order ${id} is still being checked`,
  'not-unknown': id => `order ${id} is not unknown`,
}

const WITHHELD: Readonly<Record<IntentMessages['flat-withheld']['why'], string>> = {
  'order-unresolved': 'because an order could not be settled; look at the broker’s platform',
  'stream-closed': 'until the program was restarted: the stream is closed',
  'stream-down': 'until the stream is back',
  'trades-not-heard': 'until trade updates are back',
  'orders-not-listed': 'until the working orders can be read',
}
