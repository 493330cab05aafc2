import type { KeptRemark } from '../remarks/remark.ts'
import type { AccountShelf } from './report-store.ts'
import type { Database } from './sqlite.ts'

/** Does what the store is asked, and says in words why it cannot. */
export type Guarded = <Result>(work: () => Result) => Result

/** What the trader wrote about one account: rows are added, never changed, and no reading of the broker's history touches them. */
export function remarkLog(
  database: Database,
  account: number,
  guarded: Guarded,
): Pick<AccountShelf, 'remarks' | 'keepRemark' | 'takeBack'> {
  const add = (atMs: number, about: KeptRemark['about'], what: string, words: string, takes: number | null): number =>
    Number(
      database
        .prepare('INSERT INTO remark (account, at_ms, about, name, what, words, takes) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(account, atMs, about.kind, about.name, what, words, takes).lastInsertRowid,
    )
  return {
    remarks: () =>
      guarded(() =>
        database
          .prepare(
            `SELECT number, at_ms, about, name, what, words FROM remark
             WHERE account = ? AND what != 'taken-back'
               AND number NOT IN (SELECT takes FROM remark WHERE takes IS NOT NULL)
             ORDER BY number`,
          )
          .all(account)
          .map(({ number, at_ms, about, name, what, words }): KeptRemark => {
            const kind = about === 'day' ? 'day' : 'trade'
            return {
              number: Number(number),
              atMs: Number(at_ms),
              about: { kind, name: String(name) },
              what: what === 'tag' ? 'tag' : 'note',
              words: String(words),
            }
          }),
      ),
    keepRemark: (atMs, { about, what, words }) => guarded(() => add(atMs, about, what, words, null)),
    takeBack: (atMs, { about, number }) => guarded(() => void add(atMs, about, 'taken-back', '', number)),
  }
}
