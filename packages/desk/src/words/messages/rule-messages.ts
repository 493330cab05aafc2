import type { Nothing } from './order-messages.ts'

/** What the market's dealing rules, a preset or a risk have against an order. */
export interface RuleMessages {
  'size-too-small': { readonly market: string; readonly least: string | null; readonly size: string }
  'size-off-step': { readonly market: string; readonly step: string; readonly size: string; readonly below: string }
  'no-market-orders': { readonly market: string }
  'no-legs': { readonly market: string }
  'no-guaranteed-stops': { readonly market: string }
  'no-trailing-on-orders': Nothing
  'no-trailing-stops': { readonly market: string }
  'trailing-step-small': { readonly market: string; readonly least: string | null; readonly points: string }
  'leg-too-near': LegRule & { readonly least: string | null }
  'leg-too-far': LegRule & { readonly most: string }
  /** Of an order that rests: `points` below 0 is on the wrong side of the price. */
  'level-too-near': {
    readonly market: string
    readonly isBelow: boolean
    readonly least: string
    readonly points: string
  }
  'no-price-for-rule': {
    readonly market: string
    readonly of: 'stop' | 'limit' | 'trailing-step'
    readonly percent: string
  }
  'no-level': { readonly market: string; readonly level: string }
  'no-preset-name': Nothing
  'no-size-on-key': { readonly preset: string; readonly key: number }
  'preset-unusable': Nothing
  'risk-needs-stop': { readonly market: string }
  'no-premium': { readonly market: string }
  'no-rate': { readonly market: string; readonly from: string; readonly to: string }
  'no-size-step': { readonly market: string }
  'no-point-value': { readonly market: string }
  'risk-too-small': { readonly market: string; readonly least: string; readonly risk: string; readonly unit: string }
  'risk-out-of-range': { readonly risk: string /** null: percent of the equity. */; readonly unit: string | null }
  'no-equity': Nothing
  'equity-not-positive': { readonly equity: string }
}

interface LegRule {
  readonly market: string
  readonly leg: 'stop' | 'limit'
  readonly points: string
}
