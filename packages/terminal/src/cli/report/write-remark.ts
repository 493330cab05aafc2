import {
  type KeptRemark,
  noteOf,
  openReportStore,
  RemarkError,
  type ReportedAccount,
  type ReportStore,
  StoreError,
  tagOf,
} from '@scalpdesk/reports'
import { dayAt, systemClock } from '@scalpdesk/sdk'
import type { RemarksDocument } from '../../documents/documents.ts'
import { EXIT, ExitError } from '../../exit-status.ts'
import { printable } from '../../printable.ts'
import { storePath } from '../../report/store-path.ts'
import { answer } from '../answer.ts'
import { type CommandContext, type CommonOptions, commandContext } from '../command-context.ts'
import { excerpt } from '../flag-values.ts'
import { type RemarkedSubject, type RemarkPlace, remarkedSubject } from './remarked-subject.ts'
import { chosenWorld, journalled, knownAccounts } from './report-place.ts'
import { checkDay } from './report-request.ts'

export interface RemarkOptions {
  readonly date?: string
  /** Tags parted by commas, or the number of a note. */
  readonly remove?: string
}

/**
 * `report note` and `report tag`: writes, takes back or lists what the trader says about a trade or a day.
 * @throws ExitError in words; then nothing was written
 */
export async function writeRemark(
  what: KeptRemark['what'],
  [name, ...words]: readonly string[],
  options: RemarkOptions & CommonOptions,
): Promise<number> {
  checkDay('--date', options.date)
  if (options.account === 'all')
    throw new ExitError(EXIT.usage, 'expected one account, but got all; name the one that the trade is of')
  const context = commandContext(options)
  const world = chosenWorld(context)
  if (world === 'mock-embedded')
    throw new ExitError(
      EXIT.usage,
      'expected a broker whose trades are kept, but the mock broker inside is a new one each time; say --env demo or --env live',
    )
  const store = await openReportStore(storePath(context.home, world)).catch(inWords)
  try {
    const account = accountOf(context, world, store)
    const place = { home: context.home, world, account, shelf: store.shelf(world, account) }
    const subject = name === undefined ? null : remarkedSubject(place, name, options.date ?? null)
    if (subject === null && options.remove !== undefined)
      throw new ExitError(EXIT.usage, 'expected the trade or the day before --remove, but there is none; name it')
    if (subject) change(what, subject, words, options.remove, place)
    tell(context, place, subject)
    return EXIT.done
  } catch (error) {
    return inWords(error)
  } finally {
    store.close()
  }
}

function inWords(error: unknown): never {
  if (error instanceof StoreError) throw new ExitError(EXIT.failed, error.message)
  throw error instanceof RemarkError ? new ExitError(EXIT.usage, error.message) : error
}

function accountOf(context: CommandContext, world: string, store: ReportStore): ReportedAccount {
  const isAnyKnown = store.accounts(world).length + journalled(context.home, world).length > 0
  try {
    return knownAccounts(context, world, store, false)[0]!
  } catch (error) {
    if (isAnyKnown && context.account === null) throw error
    const of = context.account === null ? world : `${world}, account ${context.account}`
    throw new ExitError(
      EXIT.usage,
      `expected an account of which something is known, but there is no journal and nothing was read of ${of}; make a report of it first, or name another with --env and --account`,
    )
  }
}

function change(
  what: KeptRemark['what'],
  { about, names, trade }: RemarkedSubject,
  words: readonly string[],
  remove: string | undefined,
  { shelf }: RemarkPlace,
): void {
  if (what === 'tag' && trade === null)
    throw new ExitError(
      EXIT.usage,
      `expected a trade, as tags are counted trade by trade, but got the day ${about.name}; name a deal, or write scalpdesk report note ${about.name} "…"`,
    )
  const nowMs = systemClock.nowMs()
  const kept = shelf.remarks().filter(each => isAbout(each, { about, names }) && each.what === what)
  if (remove !== undefined && words.length > 0)
    throw new ExitError(EXIT.usage, `expected words or --remove, but got both; do one after the other`)
  if (remove !== undefined) {
    const gone = what === 'tag' ? tagsToRemove(kept, remove) : [noteToRemove(kept, remove)]
    for (const each of gone) shelf.takeBack(nowMs, each)
    return
  }
  if (words.length === 0) return
  const said = what === 'note' ? [noteOf(words.join(' '))] : words.flatMap(word => word.split(',')).map(tagOf)
  const known = new Set(what === 'tag' ? kept.map(each => each.words) : [])
  for (const one of new Set(said)) if (!known.has(one)) shelf.keepRemark(nowMs, { about, what, words: one })
}

const isAbout = (remark: KeptRemark, { about, names }: Pick<RemarkedSubject, 'about' | 'names'>): boolean =>
  remark.about.kind === about.kind && names.includes(remark.about.name)

function tagsToRemove(kept: readonly KeptRemark[], remove: string): readonly KeptRemark[] {
  return remove.split(',').flatMap(text => {
    const tag = tagOf(text)
    const found = kept.filter(({ words }) => words === tag)
    if (found.length > 0) return found
    const there = [...new Set(kept.map(({ words }) => words))].join(', ')
    throw new ExitError(
      EXIT.usage,
      `expected a tag that it has in --remove, but got ${excerpt(tag)}; ${there === '' ? 'it has none' : `it has ${printable(there)}`}`,
    )
  })
}

function noteToRemove(kept: readonly KeptRemark[], remove: string): KeptRemark {
  const found = kept.find(({ number }) => String(number) === remove)
  if (found) return found
  const there = kept.map(({ number }) => number).join(', ')
  throw new ExitError(
    EXIT.usage,
    `expected the number of one of its notes in --remove, but got ${excerpt(remove)}; ${there === '' ? 'it has none' : `there are ${there}`}`,
  )
}

/** What is kept now: of the subject, or where there is none of everything. */
function tell(
  { asJson }: CommandContext,
  { world, account, shelf }: RemarkPlace,
  subject: RemarkedSubject | null,
): void {
  const kept = shelf.remarks()
  const all: readonly RemarkedSubject[] = subject
    ? [subject]
    : [...Map.groupBy(kept, ({ about }) => `${about.kind} ${about.name}`).values()].map(([first]) => ({
        about: first!.about,
        names: [first!.about.name],
        trade: null,
      }))
  const remarks = all.map(each => {
    const own = kept.filter(remark => isAbout(remark, each))
    const { trade, about } = each
    return {
      ...about,
      market: trade?.marketName ?? null,
      direction: trade?.direction ?? null,
      openedAt: trade?.openedAtMs == null ? null : new Date(trade.openedAtMs).toISOString(),
      tags: [...new Set(own.filter(({ what }) => what === 'tag').map(({ words }) => words))],
      notes: own
        .filter(({ what }) => what === 'note')
        .map(({ number, atMs, words }) => ({ number, at: new Date(atMs).toISOString(), words })),
    }
  })
  const document: RemarksDocument = { world, account: account.id, remarks }
  const lines = remarks.flatMap(({ kind, name, market, direction, tags, notes }) => [
    `${kind === 'day' ? 'day ' : ''}${name}${market === null ? '' : ` (${market} ${direction})`}: ${tags.length === 0 ? (notes.length === 0 ? 'nothing is noted' : '') : `[${tags.join(', ')}]`}`.trimEnd(),
    ...notes.map(({ number, at, words }) => `  ${number}  ${dayAt(Date.parse(at), account.zone)}  ${words}`),
  ])
  answer(asJson, document, (lines.length === 0 ? ['nothing is noted'] : lines).map(printable))
}
