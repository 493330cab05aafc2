import type { HypotheticalTrade } from '../../hypothesis.ts'
import type { BalanceCause, Finding, LatencyTable, ReportedAccount, SourceUse } from '../../report.ts'
import type { Trade, TradeCharge, TradeDeal, TradeOrigin } from '../../trade.ts'

/** Decimal notation: `-12.50`. */
type Figure = string
/** ISO 8601 with milliseconds and offset. */
type Stamp = string

/** The document of schema/report.schema.json. `version` grows when a member changes its meaning or goes; new members may come without. */
export interface ReportJson {
  readonly version: 1
  readonly account: Omit<ReportedAccount, 'zone'> & { readonly zone: string }
  readonly span: { readonly from: string; readonly to: string; readonly begin: Stamp; readonly end: Stamp }
  readonly sources: readonly SourceUse[]
  readonly findings: readonly FindingJson[]
  readonly bridge: {
    readonly opening: Figure | null
    readonly parts: readonly {
      readonly cause: BalanceCause
      readonly amount: Figure
      readonly rows: readonly string[]
    }[]
    readonly closing: Figure | null
  }
  readonly days: readonly DayJson[]
  readonly statistics: StatisticsJson
  readonly presses: PressesJson | null
  readonly guardEvents: readonly { readonly at: Stamp; readonly code: string; readonly words: string }[]
  readonly latency: LatencyJson | null
  readonly hypothesis: HypothesisJson | null
  readonly trades: readonly TradeJson[]
}

interface MoneyJson {
  readonly amount: Figure
  readonly currency: string
}

interface FindingJson {
  readonly severity: Finding['severity']
  readonly kind: Finding['kind']
  readonly words: string
  readonly amount: MoneyJson | null
  readonly rows: readonly string[]
}

interface DayJson {
  readonly day: string
  readonly trades: number
  readonly won: number
  readonly lost: number
  readonly change: Figure
  readonly charges: Figure
  readonly drawdown: Figure
  readonly notes: readonly string[]
}

interface PressesJson {
  readonly entries: number
  readonly filled: number
  readonly denied: readonly { readonly code: string; readonly count: number }[]
  readonly rejected: readonly { readonly code: string; readonly count: number }[]
  readonly unresolved: number
}

interface LatencyJson {
  readonly orders: number
  readonly steps: readonly {
    readonly step: LatencyTable['steps'][number]['step']
    readonly p50Ms: Figure | null
    readonly p95Ms: Figure | null
    readonly p99Ms: Figure | null
  }[]
  readonly costOfDelay: Figure | null
}

interface TradesJson {
  readonly trades: number
  readonly won: number
  readonly lost: number
  readonly even: number
  readonly net: Figure
  readonly winRate: { readonly share: Figure; readonly low: Figure; readonly high: Figure } | null
  readonly expectancy: Figure | null
  readonly expectancyR: Figure | null
  readonly profitFactor: Figure | null
  readonly averageWin: Figure | null
  readonly averageLoss: Figure | null
  readonly largestWin: Figure | null
  readonly largestLoss: Figure | null
  readonly longestWins: number
  readonly longestLosses: number
  readonly meanHeldMs: Figure | null
  readonly isSmall: boolean
}

export interface GroupJson extends TradesJson {
  readonly key: string
}

export interface StatisticsJson {
  readonly all: TradesJson
  readonly drawdown: {
    readonly amount: Figure
    readonly from: Stamp
    readonly to: Stamp
    readonly recovered: Stamp | null
  } | null
  readonly byHour: readonly GroupJson[]
  readonly byWeekday: readonly GroupJson[]
  readonly byMarket: readonly GroupJson[]
  readonly byPreset: readonly GroupJson[]
  readonly bySide: readonly GroupJson[]
  readonly byHolding: readonly GroupJson[]
  readonly byTag: readonly GroupJson[]
  readonly curve: readonly { readonly at: Stamp; readonly sum: Figure; readonly trade: string }[]
}

/** What would have been. `change`: null where it stayed as it was, `none` for none at all. */
export interface HypothesisJson {
  readonly kind: 'hypothetical'
  readonly label: string
  readonly change: {
    readonly stopPoints: Figure | 'none' | null
    readonly limitPoints: Figure | 'none' | null
    readonly size: Figure | null
    readonly dayLoss: Figure | null
  }
  readonly asDealt: HypotheticalRunJson
  readonly changed: HypotheticalRunJson
  readonly difference: Figure
  readonly leftOut: readonly { readonly id: string; readonly words: string }[]
}

export interface HypotheticalRunJson {
  readonly net: Figure
  readonly won: number
  readonly lost: number
  readonly notOpened: number
  readonly trades: readonly {
    readonly id: string
    readonly epic: string
    readonly direction: Trade['direction']
    readonly size: Figure
    readonly opened: Stamp
    readonly entryLevel: Figure
    readonly closed: Stamp
    readonly exitLevel: Figure
    readonly how: HypotheticalTrade['how']
    readonly result: Figure
  }[]
}

export interface ExcursionJson {
  readonly points: Figure | null
  readonly money: Figure | null
  readonly r: Figure | null
  readonly isWhole: boolean
}

export interface DealJson {
  readonly at: Stamp | null
  readonly dealId: string | null
  readonly reference: string | null
  readonly size: Figure
  readonly level: Figure | null
  readonly result: Figure | null
  readonly how: TradeDeal['how']
}

export interface TradeJson {
  readonly id: string
  readonly epic: string | null
  readonly marketName: string
  readonly direction: Trade['direction']
  readonly opened: Stamp | null
  readonly closed: Stamp | null
  readonly heldMs: Figure | null
  readonly size: Figure
  readonly entryLevel: Figure | null
  readonly exitLevel: Figure | null
  readonly stopLevel: Figure | null
  readonly limitLevel: Figure | null
  readonly points: Figure | null
  readonly result: Figure | null
  readonly ownResult: MoneyJson | null
  readonly charges: readonly {
    readonly cause: TradeCharge['cause']
    readonly amount: Figure
    readonly reference: string | null
  }[]
  readonly net: Figure | null
  readonly risk: Figure | null
  readonly r: Figure | null
  readonly against: ExcursionJson
  readonly inFavour: ExcursionJson
  readonly left: Figure | null
  readonly entrySlippage: Figure | null
  readonly exitSlippage: Figure | null
  readonly spread: Figure | null
  readonly latency: readonly { readonly step: string; readonly ms: Figure }[]
  readonly by: TradeOrigin
  readonly preset: string | null
  readonly tags: readonly string[]
  readonly notes: readonly string[]
  readonly entries: readonly DealJson[]
  readonly exits: readonly DealJson[]
}
