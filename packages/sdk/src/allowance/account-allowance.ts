import { AllowanceWindow } from './allowance-window.ts'
import { HistoricalPoints } from './historical-points.ts'

/** What IG counts by account. Source: IG Labs, FAQ, "Limits". */
export interface AccountAllowance {
  readonly trading: AllowanceWindow
  readonly data: AllowanceWindow
  readonly points: HistoricalPoints
}

/** @param limits calls a minute; `null` for none. */
export function accountAllowance(
  limits: { readonly tradingPerMinute: number; readonly dataPerMinute: number } | null,
): AccountAllowance {
  return {
    trading: new AllowanceWindow(limits?.tradingPerMinute ?? null),
    data: new AllowanceWindow(limits?.dataPerMinute ?? null),
    points: new HistoricalPoints(),
  }
}
