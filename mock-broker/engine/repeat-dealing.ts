import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'

/** One deal that still counts towards the size of the next. */
export interface RepeatEntry {
  readonly account: string
  readonly epic: string
  readonly currency: string
  readonly direction: DirectionJson
  readonly size: Decimal
  /** UTC: when it drops out of the window. */
  readonly expiresMs: number
}

/** Sizes dealt a short while ago, by account, market, direction and currency (IG Labs, "repeat dealing window"). */
export interface RepeatDealing {
  dealt(entry: Omit<RepeatEntry, 'expiresMs'>, atMs: number): void
  /** The deals that count towards the size of this one. */
  counting(deal: Pick<RepeatEntry, 'account' | 'epic' | 'direction' | 'currency'>, atMs: number): readonly RepeatEntry[]
  /** @param timeOf the time on a market's own clock. */
  entries(account: string, timeOf: (epic: string) => number): readonly RepeatEntry[]
}

export function repeatDealing(): RepeatDealing {
  let entries: readonly RepeatEntry[] = []
  /** A tape that starts again goes back in time: what lies further ahead than one window is of an earlier run. */
  const counts = (entry: RepeatEntry, atMs: number): boolean =>
    entry.expiresMs > atMs && entry.expiresMs <= atMs + WINDOW_MS
  const ofAccount = (account: string, timeOf: (epic: string) => number): readonly RepeatEntry[] =>
    entries.filter(entry => entry.account === account && counts(entry, timeOf(entry.epic)))
  return {
    dealt({ account, epic, currency, direction, size }, atMs) {
      const others = entries.filter(other => other.epic !== epic || counts(other, atMs))
      entries = [...others, { account, epic, currency, direction, size, expiresMs: atMs + WINDOW_MS }]
    },
    counting: ({ account, epic, direction, currency }, atMs) =>
      entries.filter(
        entry =>
          entry.account === account &&
          entry.epic === epic &&
          entry.direction === direction &&
          entry.currency === currency &&
          counts(entry, atMs),
      ),
    entries: ofAccount,
  }
}

/** About half a minute in IG's example. */
const WINDOW_MS = 30_000
