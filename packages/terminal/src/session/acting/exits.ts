import { ACCOUNT, type Part } from '@scalpdesk/desk'
import { chosenContract } from '../screen-view.ts'
import { type Aim, aimAt, markedOrder, markedPosition } from '../selection.ts'
import { type Hands, want } from './hands.ts'

export type ExitAction =
  | 'flatten'
  | 'flatten-market'
  | 'close-position'
  | 'close-half'
  | 'close-quarter'
  | 'cancel-order'
  | 'cancel-orders'

const PARTS = { 'close-position': 'all', 'close-half': 'half', 'close-quarter': 'quarter' } as const satisfies Readonly<
  Record<string, Part>
>

/** Gets out. What is about a market is about the one that was on the screen, what is about a row about the marked one. */
export function exit(hands: Hands, action: ExitAction, pressedAtMs: number): void {
  const what = hands.texts.actions[action]
  const epic = hands.painted?.look.chosen ?? hands.now.look.chosen
  switch (action) {
    case 'flatten':
      return want(hands, { kind: 'flatten', scope: ACCOUNT }, pressedAtMs, what)
    case 'flatten-market':
      return want(hands, { kind: 'flatten', scope: { kind: 'market', epic } }, pressedAtMs, what)
    case 'close-position':
    case 'close-half':
    case 'close-quarter': {
      const aim = aimAt(markedPosition, hands.now, hands.painted)
      if (aim.kind !== 'at') return missed(hands, aim, hands.words.said.noPosition(hands.words.verbs[action]))
      return want(hands, { kind: 'close', dealId: aim.row.dealId, part: PARTS[action] }, pressedAtMs, what)
    }
    case 'cancel-order': {
      const aim = aimAt(markedOrder, hands.now, hands.painted)
      if (aim.kind !== 'at') return missed(hands, aim, hands.words.said.noOrder)
      return want(hands, { kind: 'cancel', orders: { dealId: aim.row.dealId } }, pressedAtMs, what)
    }
    case 'cancel-orders': {
      const orders = { scope: { kind: 'market', epic } } as const
      if ([...hands.now.state.resting.values()].some(order => order.epic === epic))
        return want(hands, { kind: 'cancel', orders }, pressedAtMs, what)
      return hands.say(hands.words.said.noOrders(chosenContract(hands.now.state, epic).market.name))
    }
  }
}

/** Why a key for one row did nothing. */
export function missed(
  { words, painted, say }: Hands,
  { kind }: Exclude<Aim<unknown>, { kind: 'at' }>,
  nothing: string,
): void {
  if (painted === null) return say(words.said.nothingPainted)
  return say(kind === 'nothing' ? nothing : words.said.markChanged)
}
