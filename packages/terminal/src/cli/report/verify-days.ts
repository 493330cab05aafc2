import { join } from 'node:path'
import type { VerifiedDaysDocument } from '../../documents/documents.ts'
import { EXIT, ExitError } from '../../exit-status.ts'
import { printable } from '../../printable.ts'
import { type ReadDayFile, readDayFiles } from '../../report/journal-facts.ts'
import { journalFolder } from '../../session/journal-folder.ts'
import { answer } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { chosenWorld, journalled } from './report-place.ts'
import { checkDay } from './report-request.ts'

export interface VerifyOptions {
  readonly from?: string
  readonly to?: string
}

/** `report verify`: each day's file by itself, and that it follows the one before. @returns 1 when a record is wrong */
export async function runVerify(options: VerifyOptions & CommonOptions): Promise<number> {
  const { from = null, to = null } = options
  for (const [name, day] of [
    ['--from', options.from],
    ['--to', options.to],
  ] as const)
    checkDay(name, day)
  const isEvery = options.account === 'all'
  const { account: _, ...others } = options
  const context = commandContext(isEvery ? others : options)
  const world = chosenWorld(context)
  const accounts = context.account === null ? journalled(context.home, world) : [context.account]
  const found = accounts.flatMap(account => {
    const folder = journalFolder(context.home, world, account)
    return readDayFiles(folder, from, to).map(file => ({ account, folder, file }))
  })
  if (found.length === 0)
    throw new ExitError(
      EXIT.usage,
      `expected the journal of a desk, but there is none of ${world}${context.account === null ? '' : `, account ${context.account}`} in these days; name another with --env and --account`,
    )
  const document: VerifiedDaysDocument = {
    world,
    files: found.map(({ account, folder, file }) => ({ account, path: join(folder, file.name), ...viewOf(file) })),
  }
  answer(
    context.asJson,
    document,
    document.files.map(({ path, fault, records, lastRecord, lastHash }) =>
      printable(
        fault === null
          ? `${path}: whole, ${records} records; the last is ${lastRecord}, hash ${lastHash}`
          : `${path}: ${fault.words}`,
      ),
    ),
  )
  const broken = document.files.filter(({ fault }) => fault !== null)
  if (broken.length === 0) return EXIT.done
  process.stderr.write(
    `scalpdesk: ${printable(`expected the journal as it was written, but ${broken.length} of ${found.length} files are not; look at them before you trust their days`)}\n`,
  )
  return EXIT.failed
}

function viewOf({ verdict, entries }: ReadDayFile) {
  if (verdict.kind === 'broken') {
    const { kind, line, seq, words } = verdict.fault
    return { records: entries.length, lastRecord: null, lastHash: null, fault: { kind, line, record: seq, words } }
  }
  const { records, head } = verdict
  return { records, lastRecord: head.seq, lastHash: head.hash, fault: null }
}
