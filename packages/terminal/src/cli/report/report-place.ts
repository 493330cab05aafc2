import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportedAccount, ReportStore } from '@scalpdesk/reports'
import type { AccountZone } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import { readDayFiles } from '../../report/journal-facts.ts'
import { systemZone } from '../../session/journal-day.ts'
import { journalFolder } from '../../session/journal-folder.ts'
import { chosenPlace, placeWorld } from '../chosen-place.ts'
import type { CommandContext } from '../command-context.ts'

/** In which journal the desk of the chosen broker writes. */
export function chosenWorld({ environment, variables }: CommandContext): string {
  const chosen = chosenPlace(environment, variables)
  return chosen.kind === 'embedded' ? 'mock-embedded' : placeWorld(chosen.place)
}

/**
 * Accounts that are known without the broker: from the store, or from the journal alone.
 * @returns those that are wanted; of several one has to be named
 * @throws ExitError in words
 */
export function knownAccounts(
  context: CommandContext,
  world: string,
  store: ReportStore | null,
  isEvery: boolean,
): readonly ReportedAccount[] {
  const zone = context.settings.timeZone
  const stored = new Map((store?.accounts(world) ?? []).map(account => [account.id, account]))
  const ids = new Set([...stored.keys(), ...journalled(context.home, world)])
  const wanted = isEvery ? [...ids] : [context.account ?? onlyOne(ids, world)]
  if (wanted.length === 0) throw nothingKnown(world)
  return wanted.sort().map(id => {
    const known = stored.get(id) ?? fromJournal(context, world, id)
    if (!known) throw nothingKnown(`${world}, account ${id}`)
    return zone === null ? known : { ...known, zone }
  })
}

function onlyOne(ids: ReadonlySet<string>, world: string): string {
  const [only, other] = ids
  if (only === undefined) throw nothingKnown(world)
  if (other === undefined) return only
  throw new ExitError(
    EXIT.usage,
    `expected one account, but ${[...ids].sort().join(', ')} are known of ${world}; name one with --account, or all of them with --account all`,
  )
}

const nothingKnown = (of: string): ExitError =>
  new ExitError(
    EXIT.usage,
    `expected a journal or rows that were read before, but there are none of ${of}; leave --offline out, or name another with --env and --account`,
  )

/** Accounts that a desk kept a journal of. */
export const journalled = (home: string, world: string): readonly string[] => {
  const folder = join(home, 'journal', world)
  return existsSync(folder) ? readdirSync(folder).filter(name => /^[A-Za-z0-9-]{1,30}$/.test(name)) : []
}

/** The newest days say it: currency and environment stand in the records of a session. */
function fromJournal({ home, environment }: CommandContext, world: string, id: string): ReportedAccount | null {
  const names = existsSync(journalFolder(home, world, id)) ? readdirSync(journalFolder(home, world, id)) : []
  const days = names.flatMap(name => /^(\d{4}-\d{2}-\d{2})\.ndjson$/.exec(name)?.[1] ?? []).sort()
  for (const day of days.slice(-MOST_DAYS).reverse())
    for (const { record } of readDayFiles(journalFolder(home, world, id), day, day)[0]?.entries.toReversed() ?? [])
      if (record.kind === 'day-opened') {
        const zone: AccountZone = systemZone()
        return { id, name: null, environment, currency: record.currency, zone }
      }
  return null
}

/** A desk opens its day each day it runs. Our choice. */
const MOST_DAYS = 31
