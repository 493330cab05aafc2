import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Decimal } from '@scalpdesk/sdk'
import type { BrokerActivity, BrokerTransaction, MarketFacts, ToldBalance } from '../day-facts.ts'
import type { HistoryKind, Stretch } from '../history/history-port.ts'
import type { ReadStretch } from '../history/missing-days.ts'
import type { KeptRemark, Remark } from '../remarks/remark.ts'
import type { ReportedAccount } from '../report.ts'
import { marketTerms } from './market-terms.ts'
import { type Guarded, remarkLog } from './remark-log.ts'
import { type RowReader, rowReader, rowText } from './row-text.ts'
import { type Database, loadSqlite } from './sqlite.ts'
import { damaged, storeError } from './store-error.ts'
import { migrate } from './store-schema.ts'

/**
 * What the broker told of accounts, day after day: a year of it answers at once, and the broker's limits on history do not matter any more. One
 * file, readable by its owner only; several processes may use it at once. Nothing of a login is ever in it.
 * Everything throws {@link StoreError}.
 */
export interface ReportStore {
  /** Those of a world: of a broker, as the journal tells brokers apart. */
  accounts(world: string): readonly ReportedAccount[]
  /** Of one account; it is made known by what is told of it. */
  shelf(world: string, account: ReportedAccount): AccountShelf
  close(): void
}

/** What is kept of one account. Rows are those of a stretch, and those without a time. */
export interface AccountShelf {
  readings(kind: HistoryKind | 'import'): readonly ReadStretch[]
  /** In the place of all rows of the stretch that were kept before. */
  keepTransactions(reading: ReadStretch, rows: readonly BrokerTransaction[]): void
  keepActivities(reading: ReadStretch, rows: readonly BrokerActivity[]): void
  transactions(stretch: Stretch): readonly BrokerTransaction[]
  activities(stretch: Stretch): readonly BrokerActivity[]
  imported(stretch: Stretch): readonly BrokerTransaction[]
  /** Beside what was kept before. @returns how many of them are new */
  keepImported(reading: ReadStretch, rows: readonly BrokerTransaction[]): number
  /** What was read of a stretch is to be read again; what was imported stays. */
  forget(stretch: Stretch): void
  /** Takes away all that the broker told, and what was imported: it was of another history. What the trader wrote stays. */
  discard(): void
  balances(stretch: Stretch): readonly ToldBalance[]
  keepBalance(atMs: number, amount: Decimal): void
  /** What the trader wrote, without what was taken back, in the order in which it was written. */
  remarks(): readonly KeptRemark[]
  /** @returns its number */
  keepRemark(atMs: number, remark: Remark): number
  /** The log keeps it: another row says that it no longer counts. */
  takeBack(atMs: number, remark: KeptRemark): void
  markets(): readonly MarketFacts[]
  /** @param toldAtMs the day keeps the last rate that was told on it */
  keepMarkets(markets: readonly MarketFacts[], toldAtMs: number): void
}

export interface StoreOptions {
  /** How long to wait for another process: 5 s unless told. */
  readonly busyMs?: number
  readonly migrations?: readonly string[]
}

/** Opens the store at a path, which is made when missing; `:memory:` is one that is not kept. @throws StoreError */
export async function openReportStore(
  path: string,
  { busyMs = 5_000, migrations }: StoreOptions = {},
): Promise<ReportStore> {
  const { DatabaseSync } = await loadSqlite()
  try {
    if (path !== IN_MEMORY) makeFile(path)
    const database = new DatabaseSync(path)
    try {
      database.exec(`PRAGMA busy_timeout = ${busyMs}`)
      migrate(database, path, migrations)
    } catch (error) {
      database.close()
      throw error
    }
    return storeOver(database, path)
  } catch (error) {
    throw storeError(path, error)
  }
}

/** Nothing of it is kept. @see SQLite, "In-Memory Databases" */
const IN_MEMORY = ':memory:'

/** SQLite gives its own files beside it the same rights. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

function storeOver(database: Database, path: string): ReportStore {
  const guarded = guard(path)
  return {
    accounts: world =>
      guarded(() =>
        database
          .prepare('SELECT id, name, environment, currency, zone FROM account WHERE world = ? ORDER BY id')
          .all(world)
          .map(row => accountOf(row)),
      ),
    shelf: (world, account) => guarded(() => shelfOf(database, accountNumber(database, world, account), guarded)),
    close: () => guarded(() => database.close()),
  }
}

function guard(path: string): Guarded {
  return work => {
    try {
      return work()
    } catch (error) {
      if (error instanceof SyntaxError || (error instanceof Error && error.message.startsWith('[DecimalError]')))
        throw damaged(path, 'a row of it cannot be read', error)
      throw storeError(path, error)
    }
  }
}

type Row = Readonly<Record<string, unknown>>

function accountOf({ id, name, environment, currency, zone }: Row): ReportedAccount {
  return {
    id: String(id),
    name: name === null ? null : String(name),
    environment: environment as ReportedAccount['environment'],
    currency: String(currency),
    zone: JSON.parse(String(zone)) as ReportedAccount['zone'],
  }
}

function accountNumber(database: Database, world: string, account: ReportedAccount): number {
  const { id, name, environment, currency, zone } = account
  const told = [world, id, name, environment, currency, JSON.stringify(zone)] as const
  const known = database
    .prepare(
      `INSERT INTO account (world, id, name, environment, currency, zone) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (world, id) DO UPDATE SET name = excluded.name, environment = excluded.environment,
         currency = excluded.currency, zone = excluded.zone
       RETURNING number`,
    )
    .get(...told)
  return Number(known?.number)
}

function shelfOf(database: Database, account: number, guarded: Guarded): AccountShelf {
  // Both lists of a history name the same levels and sizes.
  const reader = rowReader()

  function together(work: () => void): void {
    database.exec('BEGIN IMMEDIATE')
    try {
      work()
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  /** It says all that those inside of it said. */
  function note(kind: HistoryKind | 'import', { fromMs, toMs, readAtMs }: ReadStretch): void {
    database
      .prepare('DELETE FROM reading WHERE account = ? AND kind = ? AND from_ms >= ? AND to_ms <= ?')
      .run(account, kind, fromMs, toMs)
    database.prepare('INSERT INTO reading VALUES (?, ?, ?, ?, ?)').run(account, kind, fromMs, toMs, readAtMs)
  }

  function keep(kind: HistoryKind, reading: ReadStretch, rows: readonly TimedRow[]): void {
    const { fromMs, toMs } = reading
    together(() => {
      database
        .prepare('DELETE FROM row WHERE account = ? AND kind = ? AND at_ms >= ? AND at_ms < ?')
        .run(account, kind, fromMs, toMs)
      put(kind, rows)
      note(kind, reading)
    })
  }

  /** @returns how many were not there yet */
  function put(kind: HistoryKind | 'import', rows: readonly TimedRow[]): number {
    const insert = database.prepare('INSERT OR IGNORE INTO row VALUES (?, ?, ?, ?, ?)')
    let added = 0
    for (const { atMs, row } of rows) {
      const { id, ...body } = row
      added += Number(insert.run(account, kind, atMs ?? NO_TIME, id, rowText(body)).changes)
    }
    return added
  }

  function rowsOf<Row>(
    kind: HistoryKind | 'import',
    { fromMs, toMs }: Stretch,
    readerOf: (reader: RowReader) => (text: string, id: string) => Row,
  ): readonly Row[] {
    const read = readerOf(reader)
    const found = database.prepare(
      'SELECT id, body FROM row WHERE account = ? AND kind = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms, id',
    )
    const rows: Row[] = []
    for (const [from, to] of [[NO_TIME, NO_TIME + 1] as const, [Math.max(0, fromMs), toMs] as const])
      for (const { id, body } of found.iterate(account, kind, from, to)) rows.push(read(String(body), String(id)))
    return rows
  }

  return {
    readings: kind =>
      guarded(() =>
        database
          .prepare('SELECT from_ms, to_ms, read_ms FROM reading WHERE account = ? AND kind = ?')
          .all(account, kind)
          .map(row => ({ fromMs: Number(row.from_ms), toMs: Number(row.to_ms), readAtMs: Number(row.read_ms) })),
      ),
    keepTransactions: (reading, rows) =>
      guarded(() =>
        keep(
          'transactions',
          reading,
          rows.map(row => ({ atMs: row.closedAtMs, row })),
        ),
      ),
    keepActivities: (reading, rows) =>
      guarded(() =>
        keep(
          'activity',
          reading,
          rows.map(row => ({ atMs: row.atMs, row })),
        ),
      ),
    transactions: stretch => guarded(() => rowsOf('transactions', stretch, reader => reader.transaction)),
    activities: stretch => guarded(() => rowsOf('activity', stretch, reader => reader.activity)),
    imported: stretch => guarded(() => rowsOf('import', stretch, reader => reader.transaction)),
    keepImported: (reading, rows) =>
      guarded(() => {
        let added = 0
        together(() => {
          added = put(
            'import',
            rows.map(row => ({ atMs: row.closedAtMs, row })),
          )
          note('import', reading)
        })
        return added
      }),
    forget: ({ fromMs, toMs }) =>
      guarded(
        () =>
          void database
            .prepare("DELETE FROM reading WHERE account = ? AND kind != 'import' AND from_ms < ? AND to_ms > ?")
            .run(account, toMs, fromMs),
      ),
    discard: () =>
      guarded(() =>
        together(() => {
          for (const table of ['row', 'reading', 'balance', 'market', 'rate'])
            database.prepare(`DELETE FROM ${table} WHERE account = ?`).run(account)
        }),
      ),
    balances: ({ fromMs, toMs }) =>
      guarded(() =>
        database
          .prepare('SELECT at_ms, amount FROM balance WHERE account = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms')
          .all(account, fromMs, toMs)
          .map(row => ({ atMs: Number(row.at_ms), amount: new Decimal(String(row.amount)), source: 'store' as const })),
      ),
    keepBalance: (atMs, amount) =>
      guarded(
        () =>
          void database.prepare('INSERT OR REPLACE INTO balance VALUES (?, ?, ?)').run(account, atMs, amount.toFixed()),
      ),
    ...remarkLog(database, account, guarded),
    ...marketTerms(database, account, { guarded, together }),
  }
}

interface TimedRow {
  readonly atMs: number | null
  readonly row: { readonly id: string }
}

/** Before every stretch. */
const NO_TIME = -1
