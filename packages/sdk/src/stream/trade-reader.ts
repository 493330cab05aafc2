import type { Row, Update } from '@scalpdesk/tlcp'
import type { TradeField } from '@scalpdesk/wire'
import type { Confirm } from '../confirm.ts'
import { DecodeError } from '../errors.ts'
import { decodePositionUpdate, decodeStreamedConfirm, decodeWorkingOrderUpdate } from '../json/decode-trade-update.ts'
import { parseJson } from '../rest/answer.ts'
import type { StreamGap } from '../stream-gap.ts'
import type { TradeEvent } from '../trade-event.ts'
import { unreachable } from '../unreachable.ts'
import type { FeedOut, ItemReader, StreamItem } from './feed.ts'

/** Fields of the TRADE item. Source: IG Labs, Streaming API reference, "TRADE". */
export const TRADE_FIELDS = ['CONFIRMS', 'OPU', 'WOU'] as const satisfies TradeField[]

/** @param hear gets each confirm before anybody else. */
export function tradeItem(hear: (confirm: Confirm) => void): StreamItem<TradeEvent> {
  return {
    key: 'TRADE',
    name: 'TRADE',
    spec: account => ({
      mode: 'DISTINCT',
      items: [`TRADE:${account}`],
      fields: TRADE_FIELDS,
      // What happened before is asked of REST, where it has a date; here it would look like news.
      isSnapshotWanted: false,
    }),
    reader: out => new TradeReader(out, hear),
  }
}

class TradeReader implements ItemReader<TradeEvent> {
  readonly #out: FeedOut<TradeEvent>
  readonly #hear: (confirm: Confirm) => void
  #isListening = false

  constructor(out: FeedOut<TradeEvent>, hear: (confirm: Confirm) => void) {
    this.#out = out
    this.#hear = hear
  }

  active(): void {
    this.#isListening = true
    this.#out.event({ kind: 'feed', state: 'listening' })
  }

  update(row: Row): void {
    for (const event of readTradeEvents(row)) {
      if (event.kind === 'confirm') this.#hear(event.confirm)
      this.#out.event(event)
    }
  }

  gap(gap: StreamGap): void {
    switch (gap.kind) {
      case 'lost':
        return this.#interrupted()
      case 'interrupted':
      case 'slow-reader':
        return this.#out.event(missedTrades(gap.text))
      case 'refused':
        this.#interrupted()
        return this.#out.event(missedTrades(`a refusal: ${gap.text}`))
      case 'switched':
      case 'closed':
        this.#interrupted()
        return this.#out.event(missedTrades(gap.text))
      default:
        return unreachable(gap.kind)
    }
  }

  /** Only where events are told: else the subscription has not begun, and its beginning is told. */
  present(): TradeEvent | null {
    return this.#isListening ? { kind: 'feed', state: 'listening' } : null
  }

  #interrupted(): void {
    this.#isListening = false
    this.#out.event({ kind: 'feed', state: 'interrupted' })
  }
}

/** The events of one row: of the fields that it changed, because an unchanged one still shows its last event. */
export function readTradeEvents(row: Pick<Update, 'value' | 'isChanged'>): readonly TradeEvent[] {
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
        return decodeStreamedConfirm(json)
      case 'OPU':
        return { kind: 'position', update: decodePositionUpdate(json) }
      default:
        return { kind: 'working-order', update: decodeWorkingOrderUpdate(json) }
    }
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'unreadable', error }
    throw error
  }
}
