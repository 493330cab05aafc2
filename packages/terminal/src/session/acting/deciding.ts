import type { OrderId, TrackedOrder } from '@scalpdesk/desk'
import type { QuestionView } from '../../screen/view.ts'
import { aimAt, markedForeign } from '../selection.ts'
import { missed } from './exits.ts'
import { type Hands, want } from './hands.ts'

/** The marked row from elsewhere counts as ours from now on. */
export function adopt(hands: Hands, pressedAtMs: number): void {
  const aim = aimAt(markedForeign, hands.now, hands.painted)
  if (aim.kind !== 'at') return missed(hands, aim, hands.words.said.noForeign)
  want(hands, { kind: 'adopt', dealId: aim.row.dealId }, pressedAtMs, hands.texts.actions.adopt)
}

/** The oldest order that nobody could settle, for the question whether it is accepted as it is. */
export function unknownOrder({
  now: { state },
  words,
  texts,
}: Hands): { readonly id: OrderId; readonly question: QuestionView } | string {
  const orders = [...state.orders.values()]
  const unresolved = orders.find(({ stage }) => stage.kind === 'unresolved' && !stage.isAccepted)
  if (unresolved) {
    const { id } = unresolved
    const text = words.questions.acceptUnknown(orderText(unresolved, state, words, texts))
    return { id, question: { text, short: words.questions.acceptUnknownShort(id) } }
  }
  return orders.some(({ stage }) => stage.kind === 'checking') ? words.said.stillChecking : words.said.noUnknown
}

export function acceptUnknown(hands: Hands, id: OrderId, pressedAtMs: number): void {
  want(hands, { kind: 'accept-unknown', id }, pressedAtMs, hands.texts.actions['accept-unknown'])
}

/** `BUY 1 EUR/USD (SD-1)`: what the trader looks for at the broker's platform. */
function orderText(
  { id, purpose }: TrackedOrder,
  { contracts }: Hands['now']['state'],
  { questions }: Hands['words'],
  { sides }: Hands['texts'],
): string {
  const market = contracts.get(purpose.epic)?.market.name ?? purpose.epic
  const what =
    purpose.kind === 'open' || purpose.kind === 'place'
      ? `${sides[purpose.direction]} ${purpose.size.toFixed()}`
      : [questions.orders[purpose.kind], 'size' in purpose ? purpose.size.toFixed() : ''].join(' ').trim()
  return `${what} ${market} (${id})`
}
