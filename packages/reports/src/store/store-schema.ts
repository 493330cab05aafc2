import type { Database } from './sqlite.ts'
import { damaged, StoreError } from './store-error.ts'

/** "SDRS" in the file's header says whose it is. @see SQLite, "Database File Format", section 1.3.2 */
const APPLICATION = 0x53445253

/**
 * What makes each version of the store from the one before. A version that was released is never changed: another one follows.
 *
 * `row`: the broker's rows, by time: `-1` for a row without one. `reading`: what was read whole, and when. `remark`: what the trader wrote,
 * in its order.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE account (
    number INTEGER PRIMARY KEY,
    world TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT,
    environment TEXT NOT NULL,
    currency TEXT NOT NULL,
    zone TEXT NOT NULL,
    UNIQUE (world, id)
  ) STRICT;
  CREATE TABLE row (
    account INTEGER NOT NULL REFERENCES account,
    kind TEXT NOT NULL CHECK (kind IN ('transactions', 'activity', 'import')),
    at_ms INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account, kind, at_ms, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE reading (
    account INTEGER NOT NULL REFERENCES account,
    kind TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    read_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE balance (
    account INTEGER NOT NULL REFERENCES account,
    at_ms INTEGER NOT NULL,
    amount TEXT NOT NULL,
    PRIMARY KEY (account, at_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE market (
    account INTEGER NOT NULL REFERENCES account,
    epic TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account, epic)
  ) STRICT, WITHOUT ROWID;
  `,
  // What a trader wrote is never changed: it is taken back by another row.
  `
  CREATE TABLE remark (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account,
    at_ms INTEGER NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('trade', 'day')),
    name TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('tag', 'note', 'taken-back')),
    words TEXT NOT NULL,
    takes INTEGER REFERENCES remark,
    CHECK ((what = 'taken-back') = (takes IS NOT NULL))
  ) STRICT;
  CREATE TRIGGER remark_stays BEFORE DELETE ON remark BEGIN SELECT raise(ABORT, 'a remark is never deleted'); END;
  CREATE TRIGGER remark_as_written BEFORE UPDATE ON remark BEGIN SELECT raise(ABORT, 'a remark is never changed'); END;
  `,
  // The rate of a market's currency, a row for each day on which it was told: a past day keeps its own.
  `
  CREATE TABLE rate (
    account INTEGER NOT NULL REFERENCES account,
    epic TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    per_unit TEXT NOT NULL,
    PRIMARY KEY (account, epic, from_ms)
  ) STRICT, WITHOUT ROWID;
  `,
]

/** Brings a store to the newest version, or makes it. @throws StoreError for one of a newer program, or of another one */
export function migrate(database: Database, path: string, migrations: readonly string[] = MIGRATIONS): void {
  const whole = (pragma: string): number => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0])
  const [owner, version] = [whole('application_id'), whole('user_version')]
  const isEmpty = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count === 0
  if (owner !== APPLICATION && !isEmpty)
    throw new StoreError(
      'foreign',
      `expected ${path} to be a report store, but it is a database of another program; move it away, or name another folder in SCALPDESK_HOME`,
    )
  if (version > migrations.length)
    throw new StoreError(
      'newer',
      `expected the report store ${path} in form ${migrations.length} or older, but it has form ${version} of a newer scalpdesk; use that one`,
    )
  if (owner === APPLICATION && version === 0) throw damaged(path, 'it has no version')
  if (version === migrations.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Somebody else may have been faster.
    const now = whole('user_version')
    for (const migration of migrations.slice(now)) database.exec(migration)
    database.exec(`PRAGMA application_id = ${APPLICATION}`)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
