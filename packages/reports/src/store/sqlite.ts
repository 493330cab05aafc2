import type { DatabaseSync } from 'node:sqlite'

/** The system's SQLite. Loaded when it is wanted: Node 22 calls it experimental on stderr, where only our own words belong. */
export async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const warn = process.emitWarning
  process.emitWarning = () => {}
  try {
    return await import('node:sqlite')
  } finally {
    process.emitWarning = warn
  }
}

export type Database = DatabaseSync
