import type { BacktestRun } from './backtest.ts'

/** A run in a few figures, plain data: what sweeps compare. Money in whole cents of the account's currency. */
export interface Summary {
  readonly ticks: number
  readonly fromMs: number
  readonly toMs: number
  /** Closing deals; `won` and `lost` of them, the others brought nothing. */
  readonly trades: number
  readonly won: number
  readonly lost: number
  /** Results and charges together. */
  readonly netCents: number
  /** The deepest fall of the cash from a height it had before, zero or above. */
  readonly drawdownCents: number
  /** Sum won over sum lost; null without a loss. */
  readonly profitFactor: number | null
  readonly denied: number
  readonly rejected: number
  readonly openAtEnd: number
  /** Null unless the strategy failed. */
  readonly failure: string | null
}

export function summaryOf(run: BacktestRun): Summary {
  const { engine, account, counts } = run
  let [trades, won, lost, net, height, drawdown, gains, losses] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (const { type, amount, openLevel } of engine.history.transactions(account).slice(1)) {
    const cents = amount.times(100).toNumber()
    net += cents
    height = Math.max(height, net)
    drawdown = Math.max(drawdown, height - net)
    if (type !== 'TRADE' || openLevel === null) continue
    trades++
    if (cents > 0) [won, gains] = [won + 1, gains + cents]
    else if (cents < 0) [lost, losses] = [lost + 1, losses - cents]
  }
  return {
    ticks: run.ticks,
    fromMs: run.fromMs,
    toMs: run.toMs,
    trades,
    won,
    lost,
    netCents: net,
    drawdownCents: drawdown,
    profitFactor: losses === 0 ? null : gains / losses,
    denied: sum(counts.denied),
    rejected: sum(counts.rejected),
    openAtEnd: run.openAtEnd,
    failure: run.end.kind === 'failed' ? run.end.why : null,
  }
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, each) => all + each, 0)
