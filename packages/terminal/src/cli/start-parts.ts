import { recoveredFrom } from '@scalpdesk/desk'
import { type Ig, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { gateHead } from '../gate/gate-record.ts'
import type { Environment } from '../session/arming.ts'
import type { EarlyMock, EmbeddedMock, MockSettings } from '../session/embedded-mock.ts'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { JournalError } from '../session/journal-error.ts'
import { type JournalFile, openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { type StartBroker, signInTo } from './start-broker.ts'
import type { StartMarkets } from './start-markets.ts'

/** What has been opened so far and is to be closed, the last first. */
export type Closers = (() => unknown)[]

export interface OpenParts extends StartMarkets {
  readonly mock: EmbeddedMock | null
  readonly ig: Ig
  readonly journal: JournalFile
  readonly recovered: ReturnType<typeof recoveredFrom> | null
}

export interface Opening {
  readonly home: string
  readonly mock: MockSettings
  /** The mock broker inside, where it was started ahead. */
  readonly early: EarlyMock | null
  readonly broker: StartBroker
  readonly environment: Environment
  readonly world: string
  readonly closers: Closers
  readonly signal: AbortSignal
  readonly settings: Pick<FoundSettings, 'timeZone' | 'journal'>
  readonly markets: (ig: Ig) => Promise<StartMarkets>
  /** Why it ends, for the journal. */
  readonly endedBecause?: () => string
}

/** Signs in, asks for the markets' rules and opens the journal. @throws ExitError; what was opened so far is in `closers` */
export async function openParts(opening: Opening): Promise<OpenParts> {
  const { broker, environment, world, home, closers, settings } = opening
  const { ig, mock } = await signInTo(broker, { ...opening, timeZone: settings.timeZone })
  const markets = await opening.markets(ig)
  const journal = openJournalAt(home, world, world === 'drill' ? 'gate' : ig.account.id, settings)
  const reason = opening.endedBecause ?? (() => 'the program ended')
  closers.push(journal.close, () => journal.append({ kind: 'stopped', atMs: now(), reason: reason() }))
  noteStart(journal, ig.account.id, environment, opening.mock.seed ?? null)
  if (environment === 'live') noteGate(journal, home)
  // The embedded mock broker is a new one each time: it knows nothing of the orders of the run before.
  const recovered = broker.kind === 'embedded' ? null : recoveredFrom(journal.recovered)
  return { ...markets, mock, ig, journal, recovered }
}

type JournalSettings = Pick<FoundSettings, 'timeZone' | 'journal'>

function openJournalAt(home: string, world: string, account: string, settings: JournalSettings): JournalFile {
  const { timeZone: zone, journal } = settings
  const options = { durability: journal.durability, ...(zone !== null && { zone }) }
  try {
    return openJournal(journalFolder(home, world, account), systemClock, options)
  } catch (error) {
    if (error instanceof HeldFolderError || error instanceof JournalError)
      throw new ExitError(EXIT.failed, error.message)
    throw new ExitError(
      EXIT.failed,
      `expected to write the journal in ${home}, but ${(error as Error).message}; make it writable, or name another folder in SCALPDESK_HOME`,
    )
  }
}

/** A disk that takes no record stops no session: entries are refused with the reason, exits go on. */
function noteStart(journal: JournalFile, account: string, environment: Environment, seed: number | null): void {
  try {
    const { version } = manifest
    journal.append({ kind: 'started', atMs: now(), version, account, environment, seed })
  } catch {}
}

/** With what practice on record live was begun. */
function noteGate(journal: JournalFile, home: string): void {
  try {
    const { seq, hash } = gateHead(home)
    journal.append({ kind: 'gate', atMs: now(), what: 'live', line: seq, lineHash: hash, words: null })
  } catch {}
}

const now = (): number => systemClock.monotonicMs()
