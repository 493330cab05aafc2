import { unreachable } from '../screen/unreachable.ts'
import type { ArmingView, GuardLine, PresetView, QuoteView, ScreenView } from '../screen/view.ts'
import type { LinearTexts } from './linear-texts.ts'
import { placedText } from './order-changes.ts'
import { openedText } from './position-changes.ts'
import { type Said, said } from './said.ts'

/** What a trader has to know before the first key: the first view, and whenever it is asked for again. */
export function wholeState(view: ScreenView, texts: LinearTexts): readonly Said[] {
  return [
    said(`${texts.environment[view.environment]}. ${view.account}`),
    said(marketText(view, texts)),
    ...(view.quote.freshness === 'live' ? [] : [said(texts.freshness[view.quote.freshness](view.market.name))]),
    said(texts.mode[view.mode]),
    said(presetText(view.preset, texts)),
    said(armingText(view.arming, texts)),
    said(texts.exposure[view.exposure]),
    ...view.positions.map(position => said(openedText(position, texts))),
    ...view.orders.map(order => said(placedText(order, texts))),
    ...(view.workingOrders === null ? [said(texts.ordersUnknown)] : []),
    ...(view.dayProfit === null ? [] : [said(texts.dayResult(view.dayProfit.text))]),
    ...(view.keyboard === '' ? [] : [said(texts.keyboard(view.keyboard))]),
    ...view.keys.map(({ chord, label }) => said(texts.key(chord, label))),
  ]
}

/** What has changed besides positions, orders and overlays; prices and results are told at a rhythm of their own. */
export function stateChanges(before: ScreenView, view: ScreenView, texts: LinearTexts): readonly Said[] {
  const lines: Said[] = []
  if (before.environment !== view.environment)
    lines.push(said(`${texts.environment[view.environment]}. ${view.account}`))
  if (before.market.epic !== view.market.epic) lines.push(said(marketText(view, texts)))
  if (before.mode !== view.mode) lines.push(said(texts.mode[view.mode]))
  const preset = presetText(view.preset, texts)
  if (before.preset !== view.preset && presetText(before.preset, texts) !== preset) lines.push(said(preset))
  const arming = armingText(view.arming, texts)
  if (before.arming !== view.arming && armingText(before.arming, texts) !== arming) lines.push(said(arming))
  if (before.exposure !== view.exposure) {
    const isFlat = view.exposure === 'flat'
    lines.push({ text: texts.exposure[view.exposure], isTold: told => isFlat && told.kind === 'flat' })
  }
  if (before.workingOrders !== null && view.workingOrders === null) lines.push(said(texts.ordersUnknown))
  if (before.guard !== view.guard) lines.push(...alarms(before.guard, view.guard, texts))
  if (before.question !== view.question && view.question !== null) lines.push(said(texts.question(view.question.text)))
  if (before.keyboard !== view.keyboard && view.keyboard !== '') lines.push(said(texts.keyboard(view.keyboard)))
  return lines
}

export function priceText({ bid, offer }: QuoteView, texts: LinearTexts): string | null {
  return bid === null || offer === null ? null : texts.price(bid, offer)
}

function marketText({ market, quote }: ScreenView, texts: LinearTexts): string {
  const price = quote.freshness === 'live' ? priceText(quote, texts) : null
  return price === null ? texts.market(market.name) : texts.marketAt(market.name, price)
}

function presetText({ size, stop, stopKind, limit }: PresetView, texts: LinearTexts): string {
  const kind = stopKind === null ? '' : texts.stopKind[stopKind]
  return texts.preset(size, stop === null ? null : stop + kind, limit)
}

function armingText(arming: ArmingView, texts: LinearTexts): string {
  switch (arming.kind) {
    case 'armed':
      return texts.armed
    case 'disarmed':
      return texts.disarmed(arming.why)
    case 'locked':
      return texts.locked(arming.why)
    default:
      return unreachable(arming)
  }
}

/** Limits that have come nearer than they were. */
function alarms(before: readonly GuardLine[], after: readonly GuardLine[], texts: LinearTexts): readonly Said[] {
  return after.flatMap(({ label, text, tone }) => {
    const old = before.find(line => line.label === label)?.tone ?? 'even'
    if (tone === old || tone === 'even' || (tone === 'near' && old === 'reached')) return []
    return [said(tone === 'near' ? texts.limitNear(label, text) : texts.limitReached(label, text))]
  })
}
