import { type JournalRecord, limitProblems, type PressedBy, recoveredFrom } from '@scalpdesk/desk'
import { type MarketDetails, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { callHost, type HostClient, HostLost } from '../host/host-client.ts'
import { type HostHello, HostProblem } from '../host/host-message.ts'
import { type DeskHost, startHost } from '../host/host-server.ts'
import { pressPrepared } from '../host/prepared-press.ts'
import type { FollowedPress, FollowOptions } from '../host/press-follower.ts'
import type { PressOutcome } from '../host/press-outcome.ts'
import type { PressIntent } from '../host/press-text.ts'
import { socketPath } from '../host/socket-path.ts'
import { type CommandDesk, startCommandDesk } from '../session/command-desk.ts'
import { presetFor } from '../session/default-presets.ts'
import { JournalError } from '../session/journal-error.ts'
import { type JournalFile, openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { deskFromSettings, guardLimits } from '../settings/desk-settings.ts'
import { problemText } from '../settings/settings-problem.ts'
import type { CommandContext } from './command-context.ts'
import type { OpenedBroker } from './open-broker.ts'

/** The one desk of an account: this command's own, or that of the process that holds the journal. */
export interface DeskAccess {
  /** The process that trades, where it is another one. */
  readonly other: number | null
  /** This command's own; null where it is another process's. */
  readonly own: CommandDesk | null
  /** Presses once. Rejects with words, and nothing sent, where it was not taken. */
  press(intent: PressIntent, onProgress: (words: string) => void, by?: PressedBy): Promise<PressOutcome>
  /** What is known of the press that is under way, for somebody who does not wait any longer; null: nothing was sent. */
  underWay(): PressOutcome | 'asked' | null
  /** @param isHasty does not wait for others that use this command's desk */
  close(isHasty?: boolean): Promise<void>
}

/** The journal decides who trades. @throws ExitError when somebody else holds it and does not answer; nothing was sent then */
export async function openDeskAccess(
  context: CommandContext,
  broker: OpenedBroker,
  onNotice: (words: string) => void,
): Promise<DeskAccess> {
  const account = broker.ig.account.id
  const path = socketPath(context.home, broker.world, account)
  const giveUpAtMs = systemClock.monotonicMs() + HOLDER_WITHIN_MS
  for (;;) {
    const journal = takeJournal(context, broker)
    if (!(journal instanceof JournalError)) return ownDesk(context, broker, journal, path, onNotice)
    const client = await callHost(path, systemClock).catch(error => {
      // It ended before it said hello: it was asked for nothing yet, and its journal is free.
      if (error instanceof HostLost) return null
      throw error instanceof HostProblem ? unanswered(journal, error.message) : error
    })
    if (client) return otherDesk(context, broker, client)
    if (systemClock.monotonicMs() >= giveUpAtMs) throw unanswered(journal, `nobody listens at ${path}`)
    await pause(AGAIN_MS)
  }
}

/** Our choices: another command that holds the journal is about to listen, or to end. */
const HOLDER_WITHIN_MS = 5_000
const AGAIN_MS = 50

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => void systemClock.at(systemClock.monotonicMs() + ms, resolve))

function unanswered(holder: JournalError, why: string): ExitError {
  return new ExitError(EXIT.failed, `${holder.message}. It cannot be used from here: ${why}. Nothing was sent`)
}

/** @returns why not, when somebody else writes in it */
function takeJournal({ home, settings }: CommandContext, { world, ig }: OpenedBroker): JournalFile | JournalError {
  try {
    const { durability } = settings.journal
    return openJournal(journalFolder(home, world, ig.account.id), systemClock, { durability })
  } catch (error) {
    if (error instanceof JournalError && error.code === 'locked') return error
    const words = error instanceof Error ? error.message : String(error)
    throw new ExitError(
      EXIT.failed,
      error instanceof JournalError
        ? words
        : `expected to write the journal in ${home}, but ${words}; make it writable, or name another folder in SCALPDESK_HOME. Nothing was sent`,
    )
  }
}

async function otherDesk(context: CommandContext, broker: OpenedBroker, client: HostClient): Promise<DeskAccess> {
  const { host } = client
  const mismatch = hostMismatch(host, broker)
  if (mismatch !== null) {
    client.close()
    throw new ExitError(EXIT.failed, `${mismatch} (process ${host.pid}); nothing was sent`)
  }
  let isAsked = false
  return {
    other: host.pid,
    own: null,
    async press(intent, onProgress, by = 'command') {
      isAsked = true
      try {
        return await client.press({ intent, by }, onProgress)
      } catch (error) {
        if (error instanceof HostProblem) throw new ExitError(EXIT.failed, `${error.message}; nothing was sent`)
        if (!(error instanceof HostLost)) throw error
        throw new ExitError(
          EXIT.unknown,
          `the desk that was asked (process ${host.pid}) has ended, and whether it sent the order is not known: its journal is; look with scalpdesk positions --env ${context.environment}, and start scalpdesk, which asks the broker for what is open in the journal`,
        )
      } finally {
        isAsked = false
      }
    },
    underWay: () => (isAsked ? 'asked' : null),
    close: async () => client.close(),
  }
}

/** One home, one account name, and yet another broker: a mock broker that was started anew, or elsewhere. */
function hostMismatch(host: HostHello, { environment, address, ig }: OpenedBroker): string | null {
  if (host.environment !== environment || host.account !== ig.account.id)
    return `expected the desk of ${environment} account ${ig.account.id}, but it is that of ${host.environment} account ${host.account}`
  if (host.broker === address) return null
  return `expected a desk that trades at ${address ?? 'IG'}, but the one that holds the journal trades at ${host.broker ?? 'IG'}`
}

async function ownDesk(
  context: CommandContext,
  broker: OpenedBroker,
  journal: JournalFile,
  path: string,
  onNotice: (words: string) => void,
): Promise<DeskAccess> {
  const { ig, environment, world, address } = broker
  const { settings } = context
  const now = (): number => systemClock.monotonicMs()
  const { version } = manifest
  tryAppend(journal, { kind: 'started', atMs: now(), version, account: ig.account.id, environment, seed: null })
  for (const problem of journal.recovered.problems) onNotice(problem)
  let desk: CommandDesk | null = null
  let host: DeskHost | null = null
  let under: FollowedPress | null = null
  async function close(): Promise<void> {
    await host?.close()
    desk?.stop()
    tryAppend(journal, { kind: 'stopped', atMs: now(), reason: 'the command ended' })
    journal.close()
  }
  try {
    const limits = guardLimits(settings.guard)
    const [problem] = limitProblems(limits)
    if (problem !== undefined) throw new ExitError(EXIT.usage, problem)
    const watch = environment === 'mock' ? { ...settings.watchdogs, maxClockSkewMs: null } : settings.watchdogs
    const zone = settings.timeZone === null ? {} : { zone: settings.timeZone }
    const own = startCommandDesk({
      ig,
      setup: { mode: settings.mode, limits, watch, ...zone },
      recovered: world === 'mock-embedded' ? null : recoveredFrom(journal.recovered),
      journal,
      clock: systemClock,
      contractOf: market => contractOf(context, broker, market),
      onNotice,
    })
    desk = own
    const follow = (onProgress: (words: string) => void): FollowOptions => ({
      clock: systemClock,
      limitMs: FOLLOWED_MS,
      onProgress,
    })
    const hello = { pid: process.pid, program: version, environment, account: ig.account.id, broker: address }
    host = await startHost({
      path,
      hello,
      clock: systemClock,
      press: (press, onProgress) => pressPrepared(own, press, follow(onProgress)),
    }).catch(error => {
      // It trades all the same; only others have to wait until it has ended.
      onNotice(`other commands cannot use this one's desk: ${error instanceof Error ? error.message : String(error)}`)
      return null
    })
    return {
      other: null,
      own,
      async press(intent, onProgress, by = 'command') {
        under = await pressPrepared(own, { intent, by }, follow(onProgress))
        const outcome = await under.over
        under = null
        return outcome
      },
      underWay: () => under?.now() ?? null,
      async close(isHasty = false) {
        if (!isHasty) await guestsServed(host)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The desk gives an order up after a minute: then it says so. */
const FOLLOWED_MS = 75_000

/** Others that use this desk get their outcomes first; bounded by what the desk itself waits. */
async function guestsServed(host: DeskHost | null): Promise<void> {
  while (host && host.pressing > 0) await pause(AGAIN_MS)
}

/** The settings' presets of the market, else the usual one. @throws ExitError where the market's rules are against them */
export function contractOf(
  { settings }: Pick<CommandContext, 'settings'>,
  { ig }: Pick<OpenedBroker, 'ig'>,
  market: MarketDetails,
) {
  const listed = settings.markets.filter(({ epic }) => epic === market.epic)
  const markets = listed.length > 0 ? listed : [{ epic: market.epic, presets: [presetFor(market, {})] }]
  const account = { currency: ig.account.currency, equity: null }
  const made = deskFromSettings({ ...settings, markets }, { markets: new Map([[market.epic, market]]), account })
  if (made.kind === 'problems') throw new ExitError(EXIT.usage, made.problems.map(problemText).join('\n'))
  const [contract] = made.setup.contracts
  if (!contract) throw new ExitError(EXIT.failed, `${market.name} cannot be traded: it has no preset`)
  return contract
}

/** A disk that takes no record stops no exit; entries are refused with the reason. */
function tryAppend(journal: JournalFile, record: JournalRecord): void {
  try {
    journal.append(record)
  } catch {}
}
