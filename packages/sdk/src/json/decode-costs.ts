import type {
  ClosingCosts,
  CostsHistoryEntry,
  EditingCosts,
  ExitCosts,
  OpeningCosts,
  TransactionCosts,
} from '../costs.ts'
import { JsonNode } from './json-node.ts'

/** POST /indicativecostsandcharges/open. @throws {DecodeError} */
export function decodeOpeningCosts(json: unknown): OpeningCosts {
  const top = new JsonNode(json, '')
  const amount = (name: string) => top.get(name).decimalOrNull()
  return {
    currency: top.get('currencyCodeISO').text(),
    quoteReference: top.get('indicativeQuoteReference').textOrNull(),
    notionalValue: amount('notionalValue'),
    notionalValueInUserCurrency: amount('notionalValueInUserCurrency'),
    opening: transactionCosts(top, 'opening'),
    closing: transactionCosts(top, 'closing'),
    overnightFundingFee: amount('overnightFundingFee'),
    borrowingCharge: amount('borrowingCharge'),
    dailyRunningFxFee: amount('dailyRunningFxFee'),
    guaranteedStop: { deposit: amount('guaranteedStopDeposit'), return: amount('guaranteedStopReturn') },
    knockoutPremium: { deposit: amount('knockoutPremiumDeposit'), return: amount('knockoutPremiumReturn') },
    etp: { entry: amount('etpEntryCost'), exit: amount('etpExitCost'), ongoing: amount('etpOngoingCost') },
    inducements: amount('inducements'),
  }
}

/** POST /indicativecostsandcharges/close. @throws {DecodeError} */
export function decodeClosingCosts(json: unknown): ClosingCosts {
  const top = new JsonNode(json, '')
  return { currency: top.get('currencyCodeISO').text(), close: exitCosts(top.get('close')) }
}

/** POST /indicativecostsandcharges/edit. @throws {DecodeError} */
export function decodeEditingCosts(json: unknown): EditingCosts {
  const top = new JsonNode(json, '')
  const part = (node: JsonNode) => (node.isAbsent ? null : exitCosts(node))
  return { currency: top.get('currencyCodeISO').text(), limit: part(top.get('limit')), stop: part(top.get('stop')) }
}

export interface CostsHistoryPage {
  readonly entries: readonly CostsHistoryEntry[]
  readonly pageNumber: number
  readonly totalPages: number
}

/** GET /indicativecostsandcharges/history. @throws {DecodeError} */
export function decodeCostsHistory(json: unknown): CostsHistoryPage {
  const top = new JsonNode(json, '')
  const pagination = top.get('pagination')
  return {
    entries: top.get('costsAndChargesHistory').list().map(historyEntry),
    pageNumber: pagination.get('pageNumber').wholeNumber(),
    totalPages: pagination.get('totalPages').wholeNumber(),
  }
}

function transactionCosts(node: JsonNode, side: 'opening' | 'closing'): TransactionCosts {
  return {
    spread: node.get(`${side}Spread`).decimalOrNull(),
    commission: node.get(`${side}Commission`).decimalOrNull(),
    fxFee: node.get(`${side}FxFee`).decimalOrNull(),
    iftt: node.get(`${side}IFTT`).decimalOrNull(),
  }
}

function exitCosts(node: JsonNode): ExitCosts {
  return {
    ...transactionCosts(node, 'closing'),
    quoteReference: node.get('indicativeQuoteReference').textOrNull(),
    notionalValue: node.get('notionalValue').decimalOrNull(),
    notionalValueInUserCurrency: node.get('notionalValueInUserCurrency').decimalOrNull(),
    etpExit: node.get('etpExitCost').decimalOrNull(),
    guaranteedStopReturn: node.get('guaranteedStopReturn').decimalOrNull(),
    knockoutPremiumReturn: node.get('knockoutPremiumReturn').decimalOrNull(),
  }
}

function historyEntry(node: JsonNode): CostsHistoryEntry {
  const created = node.get('createdTimestamp')
  return {
    quoteReference: node.get('indicativeQuoteReference').text(),
    instrumentName: node.get('instrumentName').orNull(name => name.text()),
    direction: node.get('direction').orNull(direction => direction.word({ BUY: 'BUY', SELL: 'SELL' } as const)),
    type: node.get('type').orNull(type => type.text()),
    createdAt: created.orNull(text => (typeof text.value === 'number' ? String(text.value) : text.text())),
    createdAtMs: created.orNull(createdAtMs),
  }
}

const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/

/** Only what leaves no doubt: milliseconds since 1970, or a time with its zone. */
function createdAtMs(node: JsonNode): number {
  if (typeof node.value === 'number') return node.wholeNumber()
  const text = node.text()
  const ms = ZONED.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN
  if (Number.isNaN(ms)) throw node.wrong('a time with its zone')
  return ms
}
