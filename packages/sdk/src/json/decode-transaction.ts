import { Decimal } from 'decimal.js'
import type { BookedMoney, Transaction } from '../transaction.ts'
import { parseDay, parseIsoUtc } from './ig-dates.ts'
import type { JsonNode } from './json-node.ts'

/**
 * A row of either version. Money that cannot be read costs the list, because a sum without it would be wrong and
 * nobody would know; so does a row without kind or reference. A strange name or level costs only itself.
 * @throws {DecodeError}
 */
export function decodeTransaction(row: JsonNode): Transaction {
  const closedAtMs = parseIsoUtc(row.get('dateUtc').orNull(readText) ?? '')
  const date = row.get('date').orNull(readText)
  const day = date === null ? null : parseDay(date)
  // Without either, nobody knows into which report the money goes.
  if (closedAtMs === null && day === null) throw row.get('date').wrong('a day such as 2021-01-28')
  return {
    closedAtMs,
    openedAtMs: parseIsoUtc(row.get('openDateUtc').orNull(readText) ?? ''),
    date: day ?? date ?? '',
    instrumentName: row.get('instrumentName').orNull(readText),
    period: row.get('period').orNull(readText),
    profitAndLoss: decodeMoney(row.get('profitAndLoss'), row.get('currency').orNull(readText)),
    type: row.get('transactionType').word(TYPES),
    reference: row.get('reference').text(),
    openLevel: row.get('openLevel').orNull(readNumber),
    closeLevel: row.get('closeLevel').orNull(readNumber),
    size: row.get('size').orNull(readNumber),
    currencySymbol: row.get('currency').orNull(readText),
    isCash: row.get('cashTransaction').flag(),
  }
}

/**
 * `E-63.80`, `£1,234.50`: the symbol of the row's `currency`, a sign, and the amount with commas between thousands.
 * No other form: a guess could be wrong by a factor of a thousand.
 */
function decodeMoney(node: JsonNode, currency: string | null): BookedMoney {
  const text = node.text()
  const symbol = currency ?? /^[^\d.,+-]*/.exec(text)?.[0] ?? ''
  const amount = text.startsWith(symbol) ? numberOf(text.slice(symbol.length)) : null
  if (amount !== null) return { amount, symbol }
  throw node.wrong(`an amount such as ${symbol}-1,234.50`)
}

/** `null`: no number in IG's form. */
function numberOf(text: string): Decimal | null {
  if (!/^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(text)) return null
  const number = new Decimal(text.replaceAll(',', ''))
  // Nothing is neither gained nor lost: no minus before a 0.
  return number.isZero() ? new Decimal(0) : number
}

function readNumber(node: JsonNode): Decimal {
  const number = typeof node.value === 'string' ? numberOf(node.value) : node.decimal()
  if (number === null) throw node.wrong('a number')
  return number
}

const readText = (node: JsonNode): string => node.text()

/** IG Labs, REST API reference, "Accounts"; an open set. */
const TYPES = {
  TRADE: 'trade',
  DEAL: 'deal',
  WITH: 'withdrawal',
  DEPO: 'deposit',
  DIVIDEND: 'dividend',
  CHART: 'chart',
  EXCHANGE: 'exchange',
} as const
