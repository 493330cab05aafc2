import type { GuardLimits } from '@scalpdesk/desk'
import { htmlText, jsonText, markdownText, type Report, screenText } from '@scalpdesk/reports'
import { Decimal } from '@scalpdesk/sdk'
import { type BacktestRun, startBacktest } from '../backtest/backtest.ts'
import { backtestReport } from '../backtest/backtest-report.ts'
import { summaryOf } from '../backtest/summary.ts'
import { StrategyError } from '../strategy/strategy-error.ts'
import { openTickCache } from '../ticks/cache-feed.ts'
import { openTicks } from '../ticks/tape-feed.ts'
import type { TickFeed } from '../ticks/tick-feed.ts'
import type { Description, Job, JobForm, JobResult, JobTicks } from './job.ts'
import { unpacked } from './packed.ts'
import { PULSE, type Pulse } from './pulse.ts'
import { loadStrategy } from './strategy-file.ts'

/** Runs one backtest from plain data to plain data. @throws StrategyError, TapeError */
export async function runJob(job: Job, pulse: Pulse): Promise<JobResult> {
  const { cells } = pulse
  cells.fill(0)
  cells[PULSE.isPlaying] = 1
  const strategy = await loadStrategy(job.file)
  cells[PULSE.isPlaying] = 0
  const feed = await openFeed(job.ticks)
  const said: string[] = []
  try {
    cells[PULSE.isPlaying] = 1
    const play = startBacktest({
      strategy,
      feed,
      parameters: job.parameters,
      seed: job.seed,
      cash: new Decimal(job.cash),
      currency: job.currency,
      limits: unpacked(job.limits) as Partial<GuardLimits>,
      latencyMs: job.latencyMs,
      ...(job.warmUpMs !== undefined && { fromMs: feed.startMs + job.warmUpMs }),
      ...(job.conditions && { conditions: job.conditions }),
      pulse: cells,
      onSay(text, atMs) {
        if (said.length < MOST_SAID) said.push(`${new Date(atMs).toISOString()} ${text.slice(0, 500)}`)
      },
    })
    cells[PULSE.isPlaying] = 0
    for (let batch = await feed.read(); batch; batch = await feed.read()) {
      cells[PULSE.isPlaying] = 1
      const goesOn = play.take(batch)
      cells[PULSE.isPlaying] = 0
      cells[PULSE.fraction] = feed.fraction()
      if (!goesOn) break
    }
    cells[PULSE.isPlaying] = 1
    const run = play.finish(feed.remarks())
    cells[PULSE.isPlaying] = 0
    if (run.ticks === 0 && job.warmUpMs !== undefined)
      throw new StrategyError(
        'expected ticks after the warm-up, but they end before it is over; make it shorter, or give more',
      )
    return resultOf(run, job, strategy.name, said)
  } finally {
    await feed.close()
  }
}

/** @throws StrategyError */
export async function describeStrategy(file: string, { cells }: Pulse): Promise<Description> {
  cells.fill(0)
  cells[PULSE.isPlaying] = 1
  const { name, about, parameters, markets } = await loadStrategy(file)
  cells[PULSE.isPlaying] = 0
  return { name, about, parameters, markets }
}

function openFeed(ticks: JobTicks): Promise<TickFeed> | TickFeed {
  if (ticks.kind === 'cache') return openTickCache(ticks.path)
  const { files, from, strict } = ticks
  return openTicks(files, { strict, ...(from !== null && { from }) })
}

function resultOf(run: BacktestRun, job: Job, strategy: string, said: readonly string[]): JobResult {
  const { counts, parameters, seed, crossed, end, remarks } = run
  return {
    strategy,
    parameters,
    seed,
    summary: summaryOf(run, job.cutsMs),
    denied: [...counts.denied],
    rejected: [...counts.rejected],
    crossed,
    orders: counts.orders,
    end,
    remarks,
    said,
    currency: job.currency,
    texts: job.forms.length === 0 ? {} : textsOf(backtestReport(run, strategy), job),
  }
}

function textsOf(report: Report, { forms, screen }: Job): JobResult['texts'] {
  const makers: Readonly<Record<JobForm, () => string>> = {
    screen: () => screenText(report, { ...screen, mostTrades: 20 }),
    json: () => jsonText(report),
    html: () => htmlText(report),
    markdown: () => markdownText(report),
  }
  return Object.fromEntries(forms.map(form => [form, makers[form]()]))
}

const MOST_SAID = 1_000
