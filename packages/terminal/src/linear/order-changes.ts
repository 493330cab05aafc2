import type { OrderView } from '../screen/view.ts'
import type { LinearTexts } from './linear-texts.ts'
import { type Said, said } from './said.ts'

/** What has changed in the working orders, a line each. */
export function orderChanges(
  before: readonly OrderView[],
  after: readonly OrderView[],
  texts: LinearTexts,
): readonly Said[] {
  if (before === after) return []
  const lines: Said[] = []
  const left = [...before]
  for (const order of after) {
    const at = left.findIndex(one => isSameOrder(one, order))
    const [old] = at < 0 ? [] : left.splice(at, 1)
    const what = orderText(order, texts)
    if (old === undefined) lines.push(said(placedText(order, texts)))
    else if (old.state !== order.state && order.state !== 'working')
      lines.push(said(order.state === 'cancelling' ? texts.cancelling(what) : texts.checkingOrder(what)))
    else if (!old.isSelected && order.isSelected) lines.push(said(texts.selected(what)))
  }
  return [...left.map(order => said(texts.noLongerWorking(orderText(order, texts)))), ...lines]
}

/** `WORKING: SELL 0.5 EUR/USD, limit order at 1.08700`. */
export function placedText(order: OrderView, texts: LinearTexts): string {
  return (order.isForeign ? texts.foreign : '') + texts.placed(orderText(order, texts))
}

function orderText({ direction, kind, size, market, level }: OrderView, texts: LinearTexts): string {
  return texts.order(direction === null ? texts.sideUnknown : texts.side[direction], kind, size, market, level)
}

function isSameOrder(one: OrderView, other: OrderView): boolean {
  return (
    one.epic === other.epic &&
    one.direction === other.direction &&
    one.kind === other.kind &&
    one.size === other.size &&
    one.level === other.level
  )
}
