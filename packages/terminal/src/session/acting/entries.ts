import type { Intent } from '@scalpdesk/desk'
import type { Epic } from '@scalpdesk/sdk'
import { chosenContract } from '../screen-view.ts'
import { type Hands, want } from './hands.ts'

export type EntryAction = 'buy' | 'sell' | 'reverse' | 'join-bid' | 'join-offer'

/**
 * Opens something in the market that is looked at, if that was on the screen: a key that comes with the one that switches
 * markets was meant for the market before.
 */
export function enter(hands: Hands, action: EntryAction, pressedAtMs: number): void {
  const { look, state } = hands.now
  if (hands.painted?.look.chosen !== look.chosen)
    return hands.say(hands.words.said.notPainted(chosenContract(state, look.chosen).market.name))
  want(hands, intentOf(action, look.chosen), pressedAtMs, hands.texts.actions[action])
}

function intentOf(action: EntryAction, epic: Epic): Intent {
  switch (action) {
    case 'buy':
      return { kind: 'enter', epic, direction: 'BUY' }
    case 'sell':
      return { kind: 'enter', epic, direction: 'SELL' }
    case 'reverse':
      return { kind: 'reverse', epic }
    // Who joins the bid buys there, and who joins the offer sells.
    case 'join-bid':
      return { kind: 'join', epic, direction: 'BUY' }
    case 'join-offer':
      return { kind: 'join', epic, direction: 'SELL' }
  }
}
