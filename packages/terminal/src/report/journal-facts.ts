import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChainHead, entriesOf, type JournalEntry, readChain, repair, type Verdict } from '@scalpdesk/desk/journal'
import type { JournalFacts, MarketFacts } from '@scalpdesk/reports'
import { Decimal, epic } from '@scalpdesk/sdk'
import { sha256 } from '../session/journal-digest.ts'
import { dayFiles } from '../session/journal-folder.ts'

export interface ReadDayFile {
  readonly name: string
  readonly verdict: Verdict
  readonly entries: readonly JournalEntry[]
}

/**
 * The journal's files of some days, each checked, and checked to follow the one before it. Who asks for a part of the days gets the chain of
 * that part.
 * @param folder see `journalFolder`; that it is missing is no days
 */
export function readDayFiles(
  folder: string,
  from: string | null,
  to: string | null,
  check: () => void = () => {},
): readonly ReadDayFile[] {
  let after: ChainHead | null = null
  return filesOf(folder, from, to).map(name => {
    check()
    const { lines, fault: cut } = repair(readFileSync(join(folder, name)), sha256)
    const chain = readChain(lines, sha256, after)
    const fault = chain.fault ?? cut
    const { head, records } = chain
    after = head
    const verdict: Verdict = fault ? { kind: 'broken', fault } : { kind: 'whole', records: records.length, head }
    return { name, verdict, entries: entriesOf(records) }
  })
}

/**
 * What the journal tells of a span, with the days before it on which its positions may have begun. null: it tells nothing of the span.
 * @param span days of the account; files are named by the days of the machine, which may be others
 */
export function journalFacts(
  folder: string,
  span: { readonly from: string; readonly to: string; readonly beginMs: number; readonly endMs: number },
  check?: () => void,
): JournalFacts | null {
  const files = readDayFiles(folder, shifted(span.from, -DAYS_BEFORE), shifted(span.to, 1), check)
  const entries = files.flatMap(file => file.entries)
  if (!entries.some(({ wallMs }) => wallMs >= span.beginMs && wallMs < span.endMs)) return null
  const touched = files.filter(({ name }) => name.slice(0, DAY_LENGTH) >= shifted(span.from, -1))
  return { entries, files: touched.map(({ name, verdict }) => ({ name, verdict })) }
}

/** What the journal says of markets that were picked during a session. */
export function journalMarkets({ entries }: JournalFacts): readonly MarketFacts[] {
  return entries.flatMap(({ record }): readonly MarketFacts[] => {
    if (record.kind !== 'market-traded') return []
    const { name, currency, contractSize, pointsPerUnit, currencyPerBase } = record
    return [
      {
        epic: epic(record.epic),
        name,
        currency,
        contractSize: new Decimal(contractSize),
        pointsPerUnit,
        perUnit: currencyPerBase === null ? null : new Decimal(currencyPerBase),
      },
    ]
  })
}

/** Our choice: a week holds every position of a scalper, and each day of a journal takes time to check. */
const DAYS_BEFORE = 7
const DAY_LENGTH = '2026-01-05'.length

function filesOf(folder: string, from: string | null, to: string | null): readonly string[] {
  if (!existsSync(folder)) return []
  return dayFiles(folder).filter(name => {
    const day = name.slice(0, DAY_LENGTH)
    return (from === null || day >= from) && (to === null || day <= to)
  })
}

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, DAY_LENGTH)
