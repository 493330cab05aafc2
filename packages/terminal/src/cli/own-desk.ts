import { type JournalRecord, limitProblems, recoveredFrom } from '@scalpdesk/desk'
import { type MarketDetails, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { onFlatten } from '../host/flattened.ts'
import { type DeskHost, type HostParts, startHost } from '../host/host-server.ts'
import { type PressOptions, pressPrepared } from '../host/prepared-press.ts'
import type { FollowedPress } from '../host/press-follower.ts'
import { startBeats } from '../session/beats.ts'
import { type CommandDesk, startCommandDesk } from '../session/command-desk.ts'
import { presetFor } from '../session/default-presets.ts'
import type { CommandJournal } from '../session/no-journal.ts'
import { deskFromSettings, guardLimits } from '../settings/desk-settings.ts'
import { problemText } from '../settings/settings-problem.ts'
import type { CommandContext } from './command-context.ts'
import type { DeskAccess } from './desk-access.ts'
import { liveAdmission } from './live-admission.ts'
import type { OpenedBroker } from './open-broker.ts'

/** A journal that this command has taken, and where others may use its desk meanwhile; null: nowhere. */
export interface OwnJournal {
  readonly journal: CommandJournal
  readonly listensAt: string | null
}

/** A desk for as long as the command runs. */
export async function ownDesk(
  context: CommandContext,
  broker: OpenedBroker,
  { journal, listensAt }: OwnJournal,
  onNotice: (words: string) => void,
): Promise<DeskAccess> {
  const { ig, environment, world, address } = broker
  const { settings } = context
  const now = (): number => systemClock.monotonicMs()
  const { version } = manifest
  tryAppend(journal, { kind: 'started', atMs: now(), version, account: ig.account.id, environment, seed: null })
  for (const problem of journal.recovered.problems) onNotice(problem)
  let desk: CommandDesk | null = null
  let beats: { stop(): void } | null = null
  let host: DeskHost | null = null
  let under: FollowedPress | null = null
  async function close(): Promise<void> {
    await host?.close()
    beats?.stop()
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
    beats = startBeats(own, systemClock)
    const admit = liveAdmission({ environment, account: ig.account.id, home: context.home, journal })
    const follow = (onProgress: (words: string) => void): PressOptions => ({
      clock: systemClock,
      limitMs: FOLLOWED_MS,
      onProgress,
      admit,
    })
    const role = 'command' as const
    const hello = { pid: process.pid, program: version, role, environment, account: ig.account.id, broker: address }
    const press: HostParts['press'] = (wanted, onProgress, isWanted) =>
      pressPrepared(own, wanted, { ...follow(onProgress), isWanted })
    if (listensAt !== null)
      host = await startHost({
        path: listensAt,
        hello,
        clock: systemClock,
        press,
        onFlatten: listener => onFlatten(own, listener),
      }).catch(error => {
        // It trades all the same; only others have to wait until it has ended.
        onNotice(`other commands cannot use this one's desk: ${error instanceof Error ? error.message : String(error)}`)
        return null
      })
    return {
      other: null,
      own,
      async press(wanted, onProgress) {
        under = await pressPrepared(own, wanted, follow(onProgress))
        const outcome = await under.over
        under = null
        return outcome
      },
      underWay: () => under?.now() ?? null,
      async close(isHasty = false) {
        // What was said not to have been sent must not be sent while others are seen off.
        if (isHasty) own.stop()
        else await guestsServed(host)
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

/** Our choice. */
const AGAIN_MS = 50

/** Others that use this desk get their outcomes first; bounded by what the desk itself waits. */
async function guestsServed(host: DeskHost | null): Promise<void> {
  while (host && host.pressing > 0)
    await new Promise<void>(resolve => void systemClock.at(systemClock.monotonicMs() + AGAIN_MS, resolve))
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
function tryAppend(journal: CommandJournal, record: JournalRecord): void {
  try {
    journal.append(record)
  } catch {}
}
