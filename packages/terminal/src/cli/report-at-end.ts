import type { EndedSession } from '../report/session-report.ts'
import type { FoundSettings } from '../settings/read-settings.ts'

/**
 * The report of the day that is written by itself when a session is over: that of a screen, or of a guard. Loaded when it is wanted.
 * @param signals at which nobody waits for it any longer
 * @returns one sentence for the trader; null where the settings want none
 */
export async function reportAtEnd(
  session: Omit<EndedSession, 'timeZone'>,
  { reports, timeZone }: Pick<FoundSettings, 'reports' | 'timeZone'>,
  signals?: readonly NodeJS.Signals[],
): Promise<string | null> {
  if (reports.atSessionEnd === 'off') return null
  const { writeSessionReport } = await import('../report/session-report.ts')
  return writeSessionReport({ ...session, timeZone }, reports, signals)
}
