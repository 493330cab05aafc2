import { join } from 'node:path'
import { openReportStore } from '@scalpdesk/reports'
import { type Ig, systemClock } from '@scalpdesk/sdk'
import type { Environment } from '../session/arming.ts'
import type { ReportSettings } from '../settings/settings.ts'
import { readBroker, reportedAccount } from './broker-reading.ts'
import { madeReport } from './made-report.ts'
import { writeReport } from './report-files.ts'
import { usualName } from './report-forms.ts'
import { spanOf } from './report-span.ts'
import { storePath } from './store-path.ts'

export interface EndedSession {
  readonly home: string
  readonly world: string
  readonly environment: Environment
  readonly ig: Pick<Ig, 'history' | 'accounts' | 'markets' | 'session' | 'account'>
  readonly timeZone: string | null
}

/**
 * Writes the report of the day once a session is over, and gives up in time, or at a signal: then nothing of it is there, or all.
 * @param signals at which it is given up
 * @returns one sentence for the trader
 */
export async function writeSessionReport(
  session: EndedSession,
  { atSessionEnd: format, withinMs }: ReportSettings,
  signals: readonly NodeJS.Signals[] = SIGNALS,
): Promise<string | null> {
  if (format === 'off') return null
  const giving = new AbortController()
  const giveUp = (why: string): void => giving.abort(new Error(why))
  const timer = systemClock.at(systemClock.monotonicMs() + withinMs, () => giveUp(`not within ${withinMs / 1_000} s`))
  const onSignal = (): void => giveUp('you did not wait')
  for (const signal of signals) process.once(signal, onSignal)
  const givenUp = new Promise<never>((_resolve, reject) => {
    giving.signal.addEventListener('abort', () => reject(giving.signal.reason), { once: true })
  })
  const deadlineMs = systemClock.monotonicMs() + withinMs
  const check = (): void => {
    if (systemClock.monotonicMs() > deadlineMs) giveUp(`not within ${withinMs / 1_000} s`)
    giving.signal.throwIfAborted()
  }
  const written = reportFile(session, format, giving.signal, check)
  // Who gave up does not hear of it any more.
  written.catch(() => {})
  try {
    return `the report of the day is ${await Promise.race([written, givenUp])}`
  } catch (error) {
    return `the report of the day was not written: ${(error as Error).message}; scalpdesk report --format ${format} writes it`
  } finally {
    timer.cancel()
    for (const signal of signals) process.off(signal, onSignal)
  }
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

async function reportFile(
  { home, world, environment, ig, timeZone }: EndedSession,
  format: Exclude<ReportSettings['atSessionEnd'], 'off'>,
  signal: AbortSignal,
  check: () => void,
): Promise<string> {
  const account = reportedAccount(ig.account, environment, timeZone, ig.session.utcOffsetHours)
  const span = spanOf({ kind: 'day', day: null }, account.zone, systemClock.nowMs())
  const store = await openReportStore(storePath(home, world))
  try {
    const shelf = store.shelf(world, account)
    const asOfMs = await readBroker({ ig, account, world, shelf, span, signal })
    check()
    const made = madeReport({ home, world, account, span, shelf, asOfMs, check })
    check()
    const path = join(home, 'reports', world, account.id, usualName(made, format))
    writeReport(made, format, path)
    return path
  } finally {
    store.close()
  }
}
