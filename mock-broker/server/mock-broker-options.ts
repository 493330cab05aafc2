import type { ConditionsOptions, ReplayFile } from '../engine/index.ts'
import { type Clock, LAST_MS } from './clock.ts'
import type { FaultPlan } from './fault-plan.ts'
import { MockBrokerError } from './mock-broker-error.ts'
import type { LoadingProgress } from './playback/replay-progress.ts'
import type { TlcpVersion } from './stream/stream-terms.ts'
import type { MockUser } from './users.ts'

export interface MockBrokerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined
  /** A loopback address; default `127.0.0.1`. */
  readonly host?: string | undefined
  /** `false`: only for clients in this process, by `direct`; default `true`. */
  readonly listens?: boolean | undefined
  /** Decides synthetic prices, deal ids and tokens; default 1. */
  readonly seed?: number | undefined
  /**
   * Tick files, as `FILE`, `EPIC=FILE` or, mapped onto that market's level, `EPIC~FILE`. Several of one market play one after the other;
   * markets without a file are synthetic.
   */
  readonly replay?: readonly (string | ReplayFile)[] | undefined
  /** Time of day in UTC at which the first tape of each market begins: `HH:MM` or `HH:MM:SS`. */
  readonly from?: string | undefined
  /** Tape seconds in one real second, or `max`; default 1. Synthetic markets always keep the wall's pace. */
  readonly speed?: number | 'max' | undefined
  /** What markets without a tape do: `moving`, the default, or `still`, at their first price. */
  readonly synthetic?: 'moving' | 'still' | undefined
  /** Start again when the tapes of a market have ended. */
  readonly loop?: boolean | undefined
  /** At the end of its tape a market deals on at its last price; without it, it takes edits only. */
  readonly staysOpen?: boolean | undefined
  /** Refuse a bad line in a tape instead of skipping and counting it. */
  readonly strict?: boolean | undefined
  /** A silence on a tape longer than so many minutes is a closed market; default 30. */
  readonly gapMinutes?: number | undefined
  readonly clock?: Clock | undefined
  readonly delays?:
    | {
        /** How long a dealing request takes to be answered; default 25. */
        readonly acknowledgeMs?: number | undefined
        /** How long after its answer a deal happens and is confirmed; default 40. */
        readonly confirmMs?: number | undefined
      }
    | undefined
  /** Cash of the first account at the start, in euros; default 100000. */
  readonly cash?: string | undefined
  /** Who can sign in, and to what; default two users with several accounts each. */
  readonly users?: readonly [MockUser, ...MockUser[]] | undefined
  /** `ig` refuses what is beyond IG's published allowances; default `off`. */
  readonly allowances?: 'ig' | 'off' | undefined
  /** How the market differs from the screen, decided by the seed; nothing by default. */
  readonly conditions?: ConditionsOptions | undefined
  /** Markets with trading hours take edits only outside of them; default false: every market is always open. */
  readonly keepsHours?: boolean | undefined
  /** Days before today that activity and transactions tell of, weekends included; default 90. */
  readonly pastDays?: number | undefined
  /** What goes wrong, and when; a file of them is read by `parseFaultPlans`. */
  readonly faults?: readonly FaultPlan[] | undefined
  /** How the streaming side behaves; by default it serves TLCP 2.5 and what IG serves today. */
  readonly streaming?: StreamingOptions | undefined
  /** Hears of skipped lines, of a tape's end and of failures inside, in one sentence each. */
  readonly onNotice?: ((text: string) => void) | undefined
  /** Hears how far a file was read while the start takes long: with `from`, or when read strictly. */
  readonly onLoading?: ((progress: LoadingProgress) => void) | undefined
}

export interface StreamingOptions {
  /** Newer protocol versions are refused as by IG's older servers; default `2.5`. */
  readonly newestTlcp?: TlcpVersion | undefined
  /** The host and port that CONOK sends clients to; default `*`, the one they came to. */
  readonly controlLink?: string | undefined
  /** Subscriptions that one session may have; default 40. */
  readonly subscriptionLimit?: number | undefined
  /** Serve the items `MARKET` and `L1`, which IG retired in May 2026; default false. */
  readonly legacyItems?: boolean | undefined
  /** Signing out ends the streams that the sign-in opened; default true. */
  readonly endsAtSignOut?: boolean | undefined
}

/** @throws MockBrokerError `host-not-loopback` or `bad-option`. */
export function checkOptions({
  host = '127.0.0.1',
  port = 0,
  seed = 1,
  speed = 1,
  cash = '0',
  pastDays = 0,
  gapMinutes = 1,
  allowances = 'off',
  conditions = {},
  delays: { acknowledgeMs = 0, confirmMs = 0 } = {},
  streaming: { newestTlcp = '2.5', subscriptionLimit = 0 } = {},
  users,
}: MockBrokerOptions): void {
  if (!LOOPBACK.test(host)) {
    throw new MockBrokerError(
      'host-not-loopback',
      `expected a loopback host such as 127.0.0.1, but got ${host}; the mock broker has no protection and stays on this machine`,
    )
  }
  expectOption('a port from 0 to 65535', port, Number.isInteger(port) && port >= 0 && port <= 65_535)
  expectOption('a whole number as seed', seed, Number.isSafeInteger(seed))
  expectOption('a speed above 0, or "max"', speed, speed === 'max' || (Number.isFinite(speed) && speed > 0))
  expectOption('minutes above 0 that make a gap', gapMinutes, gapMinutes > 0)
  expectOption('"ig" or "off" as allowances', allowances, allowances === 'ig' || allowances === 'off')
  expectOption(
    'a whole number of past days up to 1000',
    pastDays,
    Number.isInteger(pastDays) && pastDays >= 0 && pastDays <= 1000,
  )
  const { requoteChance = 0, slippageChance = 0, partialFillChance = 0, mostSlippagePoints = 1 } = conditions
  for (const chance of [requoteChance, slippageChance, partialFillChance]) {
    expectOption('a chance from 0 to 1', chance, chance >= 0 && chance <= 1)
  }
  expectOption(
    'a whole number of points from 1 as most slippage',
    mostSlippagePoints,
    Number.isSafeInteger(mostSlippagePoints) && mostSlippagePoints >= 1,
  )
  for (const delayMs of [acknowledgeMs, confirmMs]) {
    expectOption('milliseconds from 0 as a delay', delayMs, Number.isFinite(delayMs) && delayMs >= 0)
  }
  expectOption(
    'a whole number of subscriptions',
    subscriptionLimit,
    Number.isSafeInteger(subscriptionLimit) && subscriptionLimit >= 0,
  )
  expectOption('2.0 to 2.5 as the newest TLCP', newestTlcp, /^2\.[0-5]$/.test(newestTlcp))
  if (users) checkUsers(users)
  expectOption('cash as a plain amount such as 100000', cash, /^\d{1,12}(\.\d{1,2})?$/.test(cash))
}

function checkUsers(users: readonly MockUser[]): void {
  const seen = new Set<string>()
  for (const { username, accounts } of users) {
    for (const name of [`the user ${username}`, ...accounts.map(({ id }) => `the account ${id}`)]) {
      expectOption('every user and account once', name, !seen.has(name))
      seen.add(name)
    }
  }
}

/** @throws MockBrokerError `bad-option`. */
export function checkClock(nowMs: number): void {
  const isGood = Number.isSafeInteger(nowMs) && nowMs >= 0 && nowMs <= LAST_MS
  expectOption('whole milliseconds since 1970, before the year 10000, as time', nowMs, isGood)
}

/** @throws MockBrokerError `bad-option`. */
export function checkJump(ms: number): void {
  expectOption('whole milliseconds to jump by', ms, Number.isSafeInteger(ms))
}

/** @throws MockBrokerError `bad-option`. */
export function checkStep(ticks: number, isPaused: boolean): void {
  expectOption('a whole number of ticks from 1', ticks, Number.isSafeInteger(ticks) && ticks >= 1)
  if (!isPaused)
    throw new MockBrokerError('bad-option', 'expected to be paused for a step, but prices play; pause first')
}

function expectOption(expected: string, value: string | number, isGood: boolean): void {
  if (!isGood) throw new MockBrokerError('bad-option', `expected ${expected}, but got ${value}; correct the option`)
}

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|localhost)$/
