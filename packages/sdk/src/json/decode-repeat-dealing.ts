import { accountId } from '../ids.ts'
import type { RepeatDeal, RepeatDealingCurrency, RepeatDealingEntry, RepeatDealingWindow } from '../repeat-dealing.ts'
import { JsonNode } from './json-node.ts'

/** GET /repeat-dealing-window. @throws {DecodeError} */
export function decodeRepeatDealingWindow(json: unknown): RepeatDealingWindow {
  const top = new JsonNode(json, '')
  return {
    accountId: top.get('accountId').as(accountId, 'an account id'),
    atMs: top.get('requestStartTime').wholeNumber(),
    entries: listOrNone(top.get('repeatDealingEntryList')).map(entry),
  }
}

function entry(node: JsonNode): RepeatDealingEntry {
  return {
    instrument: node.get('instrumentValue').text(),
    source: node.get('instrumentSource').text(),
    currencies: listOrNone(node.get('currencyList')).map(currency),
  }
}

function currency(node: JsonNode): RepeatDealingCurrency {
  return {
    currency: node.get('currency').text(),
    buys: listOrNone(node.get('buy')).map(decodeRepeatDeal),
    sells: listOrNone(node.get('sell')).map(decodeRepeatDeal),
  }
}

/** Also in the confirms of the stream. @throws {DecodeError} */
export function decodeRepeatDeal(node: JsonNode): RepeatDeal {
  return { size: node.get('size').decimal(), countsUntilMs: node.get('expiry').orNull(instantMs) }
}

/** Our choice of a border: a smaller number is a span, or seconds, and the reference does not say which. */
const MS_FROM = 100_000_000_000

function instantMs(node: JsonNode): number {
  const ms = node.wholeNumber()
  if (ms < MS_FROM) throw node.wrong('milliseconds since 1970')
  return ms
}

function listOrNone(node: JsonNode): readonly JsonNode[] {
  return node.isAbsent ? [] : node.list()
}
