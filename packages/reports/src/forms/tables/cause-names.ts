import type { BalanceCause } from '../../report.ts'

/** What each part of the bridge is called wherever a person reads it. */
export const CAUSE_NAMES: Readonly<Record<BalanceCause, string>> = {
  price: 'Price moved',
  spread: 'Spread paid',
  slippage: 'Slippage',
  conversion: 'Currency conversion',
  result: 'Results booked whole',
  commission: 'Commission',
  funding: 'Overnight funding',
  'guaranteed-stop': 'Guaranteed-stop premium',
  dividend: 'Dividends',
  deposit: 'Deposits',
  withdrawal: 'Withdrawals',
  correction: 'Corrections',
  other: 'Other',
  unexplained: 'Unexplained',
}
