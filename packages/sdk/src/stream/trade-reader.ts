import type { Update } from '@scalpdesk/tlcp'
import type { TradeField } from '@scalpdesk/wire'
import { DecodeError } from '../errors.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import { decodeConfirm } from '../json/decode-confirm.ts'
import { decodeDirection } from '../json/decode-position.ts'
import { JsonNode } from '../json/json-node.ts'
import { parseJson } from '../rest/answer.ts'
import type { PositionUpdate, TradeEvent, WorkingOrderUpdate } from '../trade-event.ts'

/** Fields of the TRADE item. Source: IG Labs, Streaming API reference, "TRADE". */
export const TRADE_FIELDS = ['CONFIRMS', 'OPU', 'WOU'] as const satisfies TradeField[]

const STATUSES = { OPEN: 'open', UPDATED: 'updated', DELETED: 'deleted' } as const

/** The events of one row: of the fields that it changed, because an unchanged one still shows its last event. */
export function readTradeEvents(row: Update): readonly TradeEvent[] {
  const events: TradeEvent[] = []
  for (const [index, field] of TRADE_FIELDS.entries()) {
    const text = row.value(index)
    if (row.isChanged(index) && text !== null && text !== '') events.push(readEvent(field, text))
  }
  return events
}

/** Says that events may have been missed. */
export function missedTrades(reason: string): TradeEvent {
  return { kind: 'unreadable', error: new DecodeError('TRADE', 'every event', reason) }
}

function readEvent(field: (typeof TRADE_FIELDS)[number], text: string): TradeEvent {
  try {
    const json = parseJson(text)
    if (json === undefined) throw new DecodeError(field, 'JSON', 'something else')
    switch (field) {
      case 'CONFIRMS':
        return { kind: 'confirm', confirm: decodeConfirm(json, field) }
      case 'OPU':
        return { kind: 'position', update: decodePositionUpdate(new JsonNode(json, field)) }
      default:
        return { kind: 'working-order', update: decodeWorkingOrderUpdate(new JsonNode(json, field)) }
    }
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'unreadable', error }
    throw error
  }
}

function decodePositionUpdate(update: JsonNode): PositionUpdate {
  const reference = update.get('dealReference')
  return {
    dealId: update.get('dealId').as(dealId, 'a deal id'),
    reference: reference.isAbsent ? null : reference.as(dealReference, 'a deal reference'),
    epic: update.get('epic').as(epic, 'an epic'),
    direction: decodeDirection(update.get('direction')),
    size: update.get('size').decimal(),
    level: update.get('level').decimalOrNull(),
    status: update.get('status').word(STATUSES),
    stopLevel: update.get('stopLevel').decimalOrNull(),
    limitLevel: update.get('limitLevel').decimalOrNull(),
  }
}

function decodeWorkingOrderUpdate(update: JsonNode): WorkingOrderUpdate {
  return {
    dealId: update.get('dealId').as(dealId, 'a deal id'),
    epic: update.get('epic').as(epic, 'an epic'),
    status: update.get('status').word(STATUSES),
  }
}
