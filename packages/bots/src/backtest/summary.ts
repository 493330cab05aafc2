import type { Transaction } from '@scalpdesk/mock-broker/engine'
import type { BacktestRun } from './backtest.ts'

/** Of a stretch of time. Money in whole cents of the account's currency. */
export interface Figures {
  /** Closing deals; `won` and `lost` of them, the others brought nothing. */
  readonly trades: number
  readonly won: number
  readonly lost: number
  /** Results and charges together. */
  readonly netCents: number
  /** The deepest fall of the cash from a height it had before, zero or above. */
  readonly drawdownCents: number
  /** Sum won, and sum lost as a figure above zero. */
  readonly gainsCents: number
  readonly lossesCents: number
  /** Of the two; null without a loss. */
  readonly profitFactor: number | null
  /** The best twentieth of the deals together, at least one. */
  readonly bestDealsCents: number
}

/** A run in a few figures, plain data: what sweeps compare. */
export interface Summary extends Figures {
  readonly ticks: number
  readonly fromMs: number
  readonly toMs: number
  readonly denied: number
  readonly rejected: number
  readonly openAtEnd: number
  /** Null unless the strategy failed. */
  readonly failure: string | null
  /** Of each stretch between two cuts, by when deals were closed. */
  readonly parts: readonly Figures[]
}

/** @param cutsMs moments at which one part ends and the next begins, rising */
export function summaryOf(run: BacktestRun, cutsMs: readonly number[] = []): Summary {
  const { engine, account, counts } = run
  // The first is the cash that the account began with.
  const rows = engine.history.transactions(account).slice(1)
  const limits = [Number.NEGATIVE_INFINITY, ...cutsMs, Number.POSITIVE_INFINITY]
  const parts =
    cutsMs.length === 0
      ? []
      : limits.slice(1).map((endMs, at) => figuresOf(rows.filter(({ atMs }) => atMs >= limits[at]! && atMs < endMs)))
  return {
    ...figuresOf(rows),
    ticks: run.ticks,
    fromMs: run.fromMs,
    toMs: run.toMs,
    denied: sum(counts.denied),
    rejected: sum(counts.rejected),
    openAtEnd: run.openAtEnd,
    failure: run.end.kind === 'failed' ? run.end.why : null,
    parts,
  }
}

function figuresOf(rows: readonly Transaction[]): Figures {
  let [won, lost, net, height, drawdown, gains, losses] = [0, 0, 0, 0, 0, 0, 0]
  const results: number[] = []
  for (const { type, amount, openLevel } of rows) {
    const cents = amount.times(100).toNumber()
    net += cents
    height = Math.max(height, net)
    drawdown = Math.max(drawdown, height - net)
    if (type !== 'TRADE' || openLevel === null) continue
    results.push(cents)
    if (cents > 0) [won, gains] = [won + 1, gains + cents]
    else if (cents < 0) [lost, losses] = [lost + 1, losses - cents]
  }
  const best = results.toSorted((one, other) => other - one).slice(0, Math.ceil(results.length / 20))
  return {
    trades: results.length,
    won,
    lost,
    netCents: net,
    drawdownCents: drawdown,
    gainsCents: gains,
    lossesCents: losses,
    profitFactor: losses === 0 ? null : gains / losses,
    bestDealsCents: best.reduce((all, cents) => all + cents, 0),
  }
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, each) => all + each, 0)
