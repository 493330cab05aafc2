import type { Activity } from '../activity.ts'
import type { History } from '../resources/history.ts'
import type { ReadOptions } from '../rest/rest.ts'

/** The largest offset of any zone from UTC: IG does not say which zone the dates of an activity are in. */
const ANY_OFFSET_MS = 15 * 3_600_000

/** What may have happened since then, newest first, by whichever zone IG writes its dates in. */
export async function recentActivity(
  history: Pick<History, 'activity'>,
  fromMs: number,
  options: ReadOptions | undefined,
): Promise<readonly Activity[]> {
  const rows: Activity[] = []
  const query = { fromMs: fromMs - ANY_OFFSET_MS, isDetailed: true }
  for await (const row of history.activity(query, options)) rows.push(row)
  return rows
}
