import {
  type AccountShelf,
  type DaySpan,
  type HistoryProgress,
  isSameHistory,
  type MarketFacts,
  patiently,
  type ReportedAccount,
  readHistory,
} from '@scalpdesk/reports'
import { type Account, type AccountZone, type Ig, systemClock } from '@scalpdesk/sdk'
import type { Environment } from '../session/arming.ts'
import { eachDay, spanOf } from './report-span.ts'

/** What of the broker a report needs. */
type ReportedBroker = Pick<Ig, 'history' | 'accounts' | 'markets'>

export interface BrokerReading {
  readonly ig: ReportedBroker
  readonly account: ReportedAccount
  /** In which journal its desk writes. */
  readonly world: string
  readonly shelf: AccountShelf
  readonly span: DaySpan
  readonly signal?: AbortSignal
  onProgress?(progress: HistoryProgress): void
  /** What the trader has to know before. */
  onNotice?(words: string): void
}

/** @param timeZone as the settings say; null: the offset that the broker told, which is right until the clocks change */
export function reportedAccount(
  { id, name, currency }: Account,
  environment: Environment,
  timeZone: string | null,
  utcOffsetHours: number,
): ReportedAccount {
  const zone: AccountZone = timeZone ?? { offsetHours: utcOffsetHours }
  return { id, name, environment, currency, zone }
}

/**
 * Puts on the shelf what the broker tells of a span, and of the days from it until now where these are few: with them a balance that is told
 * now leads back to the span's end.
 * @returns the moment up to which it is told
 */
export async function readBroker(reading: BrokerReading): Promise<number> {
  const { ig, account, shelf, span, signal, onProgress } = reading
  await refuseOtherHistory(reading)
  const ports = {
    clock: systemClock,
    pause: pauser(signal),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  }
  const beganMs = systemClock.nowMs()
  const today = spanOf({ kind: 'day', day: null }, account.zone, beganMs)
  const isNear = span.endMs >= beganMs - NEAR_MS
  const lastDay = isNear && span.to < today.to ? today.to : span.to
  const days = eachDay(span.from, lastDay, account.zone)
  let asOfMs = beganMs
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    asOfMs = systemClock.nowMs()
    const before = await balanceOf(ig, account.id, ports.pause)
    await readHistory(ig.history, days, shelf, ports)
    const after = await balanceOf(ig, account.id, ports.pause)
    if (!before || !after) break
    if (before.eq(after)) {
      shelf.keepBalance(Math.max(asOfMs, newestMs(shelf, today) + 1_000), after)
      break
    }
    // Something was booked meanwhile: the rows may tell of it or not.
  }
  await readMarkets(ig, shelf, span, span.endMs >= asOfMs, ports.pause)
  return asOfMs
}

/** IG's own histories go on for ever; a server in IG's place may be a new one with the same accounts. */
async function refuseOtherHistory({ ig, account, world, shelf, signal, onNotice }: BrokerReading): Promise<void> {
  if (world === 'demo' || world === 'live') return
  const options = { waitWithinMs: 180_000, ...(signal && { signal }) }
  if (await patiently(() => isSameHistory(ig.history, shelf, options), pauser(signal))) return
  shelf.discard()
  onNotice?.(
    `this broker does not tell what was read of account ${account.id} before: it is another one, or was started anew; those rows were put away, and all is read again`,
  )
}

/** Our choice: a month of quiet days takes two calls. */
const NEAR_MS = 31 * 24 * 3_600_000
/** Somebody who deals every second gets a report without a balance. Our choice. */
const MOST_ROUNDS = 3

async function balanceOf({ accounts }: ReportedBroker, account: string, pause: Pause) {
  const listed = await patiently(() => accounts.list({ waitWithinMs: 180_000 }), pause)
  return listed.find(({ id }) => id === account)?.balance?.cash ?? null
}

/** Of rows that are told already, by the broker's clock. */
function newestMs(shelf: AccountShelf, today: DaySpan): number {
  const rows = shelf.transactions({ fromMs: today.beginMs, toMs: today.endMs })
  return rows.reduce((newest, { closedAtMs }) => Math.max(newest, closedAtMs ?? 0), 0)
}

/** Contracts and rates of markets that were dealt in and are not known yet, or of today: rates change. A market that is gone stays as it was known. */
async function readMarkets(
  ig: ReportedBroker,
  shelf: AccountShelf,
  { beginMs, endMs }: DaySpan,
  isOfToday: boolean,
  pause: Pause,
): Promise<void> {
  const known = new Set(isOfToday ? [] : shelf.markets().map(({ epic }) => epic))
  const dealt = shelf.activities({ fromMs: beginMs, toMs: endMs }).flatMap(({ epic }) => epic ?? [])
  const wanted = [...new Set(dealt)].filter(epic => !known.has(epic))
  if (wanted.length === 0) return
  const found = await patiently(() => ig.markets.details(wanted, { onUnknown: 'leave-out' }), pause)
  shelf.keepMarkets(
    [...found.values()].map(
      ({ epic, name, currency, contractSize, pointsPerUnit, currencyPerBase }): MarketFacts => ({
        epic,
        name,
        currency,
        contractSize,
        pointsPerUnit,
        perUnit: currencyPerBase,
      }),
    ),
    systemClock.nowMs(),
  )
}

type Pause = (ms: number) => Promise<void>

function pauser(signal: AbortSignal | undefined): Pause {
  return ms =>
    new Promise((resolve, reject) => {
      const timer = systemClock.at(systemClock.monotonicMs() + ms, resolve)
      signal?.addEventListener(
        'abort',
        () => {
          timer.cancel()
          reject(signal.reason)
        },
        { once: true },
      )
    })
}
