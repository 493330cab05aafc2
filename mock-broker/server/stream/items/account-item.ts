import type { AccountState } from '../../../engine/index.ts'

/** `ACCOUNT:{account}` (IG Labs, Streaming API reference). */
export const accountFields =
  /^(PNL|PNL_LR|PNL_NLR|DEPOSIT|AVAILABLE_CASH|FUNDS|MARGIN|MARGIN_LR|MARGIN_NLR|AVAILABLE_TO_DEAL|EQUITY|EQUITY_USED)$/

/** `_LR` is the part with limited risk: positions behind a guaranteed stop. */
export function accountValue(account: AccountState, field: string): string | null {
  const { cash, deposit, profitLoss, limitedRisk, available } = account
  const equity = cash.plus(profitLoss)
  switch (field) {
    case 'PNL':
      return profitLoss.toFixed(2)
    case 'PNL_LR':
      return limitedRisk.profitLoss.toFixed(2)
    case 'PNL_NLR':
      return profitLoss.minus(limitedRisk.profitLoss).toFixed(2)
    case 'DEPOSIT':
    case 'MARGIN':
      return deposit.toFixed(2)
    case 'MARGIN_LR':
      return limitedRisk.deposit.toFixed(2)
    case 'MARGIN_NLR':
      return deposit.minus(limitedRisk.deposit).toFixed(2)
    case 'FUNDS':
      return cash.toFixed(2)
    case 'AVAILABLE_CASH':
    case 'AVAILABLE_TO_DEAL':
      return available.toFixed(2)
    case 'EQUITY':
      return equity.toFixed(2)
    case 'EQUITY_USED':
      return equity.isZero() ? '0.00' : deposit.times(100).div(equity).toFixed(2)
    default:
      return null
  }
}
