import type { DeskEvent } from '../../src/desk-event.ts'
import type { Effect } from '../../src/effect.ts'

/** Of an event, in a line that a person can read. */
export function eventWords(event: DeskEvent): string {
  switch (event.kind) {
    case 'intent':
      return `PRESS ${event.reference} ${plainly(event.intent)}`
    case 'submitted': {
      const { submission } = event
      const how =
        'cause' in submission ? `: ${submission.cause.message}` : 'code' in submission ? `: ${submission.code}` : ''
      return `answer to ${event.id}: ${submission.kind}${how}`
    }
    case 'trade':
      return `stream: ${tradeWords(event.trade)}`
    case 'confirm-found':
      return `asked for the confirm of ${event.id}: ${event.confirm ? event.confirm.outcome.kind : 'nothing'}`
    case 'book-read': {
      const { positions, workingOrders } = event.book
      const held = positions.map(({ dealId, direction, size }) => `${dealId} ${direction} ${size}`)
      const resting = workingOrders?.map(({ dealId }) => dealId) ?? ['not told']
      return `lists: positions [${held.join(', ')}], working orders [${resting.join(', ')}]`
    }
    case 'book-failed':
      return `lists: ${event.cause.message}`
    case 'deals-found':
      return `history: ${event.deals?.length ?? 'no'} lines`
    case 'stream':
      return `stream is ${plainly(event.status)}`
    case 'account':
      return `account: equity ${event.figures.equity}, available ${event.figures.available}`
    case 'on-wire':
      return `${event.id} is on its way`
    case 'journal-failed':
      return `${event.id} could not be written down`
    case 'time-lost':
      return `the machine slept for ${event.lostMs} ms`
    default:
      return event.kind
  }
}

function tradeWords(trade: Extract<DeskEvent, { kind: 'trade' }>['trade']): string {
  switch (trade.kind) {
    case 'confirm': {
      const { reference, dealId, outcome } = trade.confirm
      return `confirm ${reference} ${outcome.kind} ${dealId}`
    }
    case 'position':
      return `position ${trade.update.dealId} ${plainly(trade.update.status)} ${trade.update.direction} ${trade.update.size}`
    case 'working-order':
      return `working order ${trade.update.dealId} ${plainly(trade.update.status)}`
    case 'feed':
      return `trades ${trade.state}`
    case 'unreadable':
      return 'something unreadable'
  }
}

export function effectWords(effect: Effect): string {
  switch (effect.kind) {
    case 'open':
    case 'place': {
      const { direction, size } = effect.order
      return `SEND ${effect.kind} ${effect.id} ${direction} ${size}`
    }
    case 'close':
      return `SEND close ${effect.id} of ${effect.order.dealId} ${effect.order.size}`
    case 'amend': {
      const { dealId, stopLevel, limitLevel } = effect.order
      return `SEND amend ${effect.id} of ${dealId} stop ${stopLevel} limit ${limitLevel}`
    }
    case 'cancel':
      return `SEND cancel ${effect.id} of ${effect.order.dealId}`
    case 'find-confirm':
      return `ask for the confirm of ${effect.id}`
    default:
      return effect.kind
  }
}

function plainly(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '')
}
