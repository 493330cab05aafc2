import { readFileSync } from 'node:fs'
import {
  type AccountShelf,
  type BrokerTransaction,
  ImportError,
  igCsv,
  onlyImported,
  openReportStore,
  type ReportedAccount,
  type ReportStore,
  StoreError,
} from '@scalpdesk/reports'
import { dayAt, dayBounds, systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import { printable } from '../../printable.ts'
import { storePath } from '../../report/store-path.ts'
import { systemZone } from '../../session/journal-day.ts'
import { answer } from '../answer.ts'
import { type CommandContext, type CommonOptions, commandContext } from '../command-context.ts'
import { misused } from '../flag-values.ts'
import { chosenWorld, knownAccounts } from './report-place.ts'

export interface ImportOptions {
  readonly currency?: string
}

/** `report import FILE…`: all files or none. @throws ExitError with the file, the line and the reason */
export async function runImport(paths: readonly string[], options: ImportOptions & CommonOptions): Promise<number> {
  const { currency } = options
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    throw misused('--currency', 'an ISO code such as EUR', currency)
  if (options.account === 'all')
    throw new ExitError(EXIT.usage, 'expected one account whose rows these are, but got all; name one')
  const context = commandContext(options)
  const world = chosenWorld(context)
  if (world === 'mock-embedded')
    throw new ExitError(
      EXIT.usage,
      'expected a broker whose rows are kept, but the mock broker inside is a new one each time; say --env demo or --env live',
    )
  const store = await openReportStore(storePath(context.home, world)).catch(storeFailure)
  try {
    const account = accountOf(context, world, store, currency)
    const read = paths.map(path => ({ path, rows: rowsOf(path, account) }))
    const shelf = store.shelf(world, account)
    for (const { path, rows } of read) refuseForeign(path, rows, shelf)
    const files = read.map(({ path, rows }) => {
      const days = rows.map(({ closedAtMs }) => dayAt(closedAtMs ?? 0, account.zone)).sort()
      const [from = '', to = ''] = [days[0], days.at(-1)]
      const [{ startMs: fromMs }, { endMs: toMs }] = [dayBounds(from, account.zone), dayBounds(to, account.zone)]
      const added = shelf.keepImported({ fromMs, toMs, readAtMs: systemClock.nowMs() }, rows)
      return { path, rows: rows.length, added, from, to }
    })
    answer(
      context.asJson,
      { world, account: account.id, files },
      files.map(({ path, rows, added, from, to }) =>
        printable(`${path}: ${rows} rows of ${from} to ${to}, ${added} of them new; account ${account.id}`),
      ),
    )
    return EXIT.done
  } catch (error) {
    return storeFailure(error)
  } finally {
    store.close()
  }
}

function storeFailure(error: unknown): never {
  throw error instanceof StoreError ? new ExitError(EXIT.failed, error.message) : error
}

function accountOf(
  context: CommandContext,
  world: string,
  store: ReportStore,
  currency: string | undefined,
): ReportedAccount {
  const { account: id, environment, settings } = context
  if (id !== null && currency !== undefined && !store.accounts(world).some(known => known.id === id))
    return { id, name: null, environment, currency, zone: settings.timeZone ?? systemZone() }
  try {
    return knownAccounts(context, world, store, false)[0]!
  } catch (error) {
    if (!(error instanceof ExitError) || id === null) throw error
    throw new ExitError(
      EXIT.usage,
      `expected to know the currency of account ${id}, but nothing of it was read yet; make a report of it first, or name --currency EUR`,
    )
  }
}

function rowsOf(path: string, account: ReportedAccount): readonly BrokerTransaction[] {
  try {
    return igCsv(readFileSync(path), account)
  } catch (error) {
    if (error instanceof ImportError) throw new ExitError(EXIT.usage, `${path}: ${error.message}`)
    throw new ExitError(
      EXIT.usage,
      `expected ${path} to be a file that can be read, but ${(error as Error).message}; name another`,
    )
  }
}

/** A download does not say of which account it is. Where the broker told rows of the same days, some of them have to be the same. */
function refuseForeign(path: string, rows: readonly BrokerTransaction[], shelf: AccountShelf): void {
  const readings = shelf.readings('transactions')
  const told = rows.filter(({ closedAtMs }) =>
    readings.some(({ fromMs, toMs }) => closedAtMs !== null && closedAtMs >= fromMs && closedAtMs < toMs),
  )
  if (told.length < FEW) return
  const known = shelf.transactions({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })
  if (onlyImported(told, known).length < told.length) return
  throw new ExitError(
    EXIT.usage,
    `expected rows of this account in ${path}, but the broker told none of its ${told.length} rows for the same days; name the account that it is of with --account`,
  )
}

/** One or two rows may have been booked late. Our choice. */
const FEW = 3
