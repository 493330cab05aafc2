import type { HistoryProgress } from '@scalpdesk/reports'

/** One line: what is read, how far, and a bar. */
export function progressWords(account: string, { kind, rows, daysDone, days }: HistoryProgress): string {
  const done = days === 0 ? 1 : daysDone / days
  const filled = Math.round(done * BAR)
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}]`
  return `${bar} ${account}: ${kind}, day ${Math.min(days, daysDone + 1)} of ${days}, ${rows} rows`
}

const BAR = 20
