import type { DeskState } from '@scalpdesk/desk'
import { ageText } from '../screen/durations.ts'
import type { SessionWords } from '../session/session-words.ts'

type News = DeskState['news']

/** The time in which no screen was attached: what the guard did alone is told to the one that comes. */
export interface Absence {
  begin(news: News, nowMs: number): void
  /** @returns in a sentence what happened since {@link begin}; null when a screen was there all the time */
  end(news: News, nowMs: number): string | null
}

export function absence(words: Pick<SessionWords, 'said' | 'desk'>): Absence {
  let since: { readonly atMs: number; readonly last: News[number] | undefined } | null = null
  return {
    begin(news, nowMs) {
      since ??= { atMs: nowMs, last: news.at(-1) }
    },
    end(news, nowMs) {
      if (since === null) return null
      const { atMs, last } = since
      since = null
      const span = ageText(nowMs - atMs)
      // Where the last one has gone from the list, all of it is newer.
      const fresh = news.slice(last === undefined ? 0 : news.lastIndexOf(last) + 1)
      const newest = fresh.at(-1)
      if (newest === undefined) return words.said.quietAway(span)
      return words.said.busyAway(span, fresh.length, words.desk(newest.message))
    },
  }
}
