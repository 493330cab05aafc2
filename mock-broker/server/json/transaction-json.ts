import type { TransactionJson } from '@scalpdesk/wire'
import { type CurrencyCode, currencySymbol, type Transaction } from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'

/** GET /history/transactions, version 2 (IG Labs, REST API reference, "Transaction history"). Every amount is text. */
export function transactionJson(transaction: Transaction, currency: CurrencyCode): TransactionJson {
  const { size, type, amount } = transaction
  return {
    date: wireDate.localDay(transaction.atMs),
    dateUtc: wireDate.iso(transaction.atMs),
    openDateUtc: wireDate.iso(transaction.openedAtMs),
    instrumentName: transaction.name,
    period: transaction.expiry,
    profitAndLoss: moneyText(amount, currency),
    transactionType: type,
    reference: transaction.reference,
    openLevel: transaction.openLevel?.toFixed() ?? '-',
    closeLevel: transaction.closeLevel?.toFixed() ?? '0',
    size: size ? `${size.isNegative() ? '' : '+'}${size.toFixed()}` : '-',
    currency: currencySymbol(currency),
    // Charges of a position are none, as published answers show.
    cashTransaction: type === 'DEPO',
  }
}

/** `E-63.80`, `£1,234.50`. */
function moneyText(amount: Transaction['amount'], currency: CurrencyCode): string {
  const [whole = '0', cents = '00'] = amount.abs().toFixed(2).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currencySymbol(currency)}${amount.isNegative() && !amount.isZero() ? '-' : ''}${grouped}.${cents}`
}
