import { join } from 'node:path'
import { openReportStore, type ReportedAccount, type ReportStore, StoreError } from '@scalpdesk/reports'
import { type AccountId, systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import { listenForSignals } from '../../interruption.ts'
import { printable } from '../../printable.ts'
import { readBroker, reportedAccount } from '../../report/broker-reading.ts'
import { madeReport } from '../../report/made-report.ts'
import { writeReport } from '../../report/report-files.ts'
import { formOf, type MadeReport, usualName } from '../../report/report-forms.ts'
import { spanOf } from '../../report/report-span.ts'
import { storePath } from '../../report/store-path.ts'
import { writeAll } from '../answer.ts'
import { type CommandContext, type CommonOptions, commandContext } from '../command-context.ts'
import { type OpenedBroker, openBroker } from '../open-broker.ts'
import { progressLine } from '../progress-line.ts'
import { chosenWorld, knownAccounts } from './report-place.ts'
import { progressWords } from './report-progress.ts'
import { type ReportFlags, type ReportRequest, reportRequest } from './report-request.ts'

/** `report`: reads, joins, shows. @throws ExitError */
export async function runReport(flags: ReportFlags & CommonOptions): Promise<number> {
  // What was read whole is kept, what is written is written whole: a signal may end it at any moment.
  listenForSignals()
  const request = reportRequest(flags)
  const { account: _, ...others } = flags
  const context = commandContext(request.isEveryAccount ? others : flags)
  const columns = process.stdout.columns ?? 120
  const screen = { columns, hasColour: Boolean(process.stdout.isTTY) && flags.color !== false && !process.env.NO_COLOR }
  const run = await opened(context, request)
  const toldPaths = new Set<string>()
  try {
    for (let isFirst = true; ; isFirst = false) {
      const made = await run.reports().catch(error => {
        if (isFirst || request.everyMs === null) throw error
        tell(`${(error as Error).message}; it is tried again`)
        return null
      })
      if (made) show(made, { request, home: context.home, world: run.world, screen, toldPaths })
      if (request.everyMs === null) return EXIT.done
      await pause(request.everyMs)
    }
  } catch (error) {
    if (error instanceof StoreError) throw new ExitError(EXIT.failed, error.message)
    throw error
  } finally {
    await run.close()
  }
}

const tell = (text: string): void => void process.stderr.write(`scalpdesk: ${printable(text)}\n`)

interface OpenedRun {
  readonly world: string
  reports(): Promise<readonly MadeReport[]>
  close(): Promise<void>
}

async function opened(context: CommandContext, request: ReportRequest): Promise<OpenedRun> {
  const world = chosenWorld(context)
  const broker = request.isOffline ? null : await brokerOrJournal(context, world)
  const store = await openReportStore(storePath(context.home, world)).catch(async error => {
    await broker?.close()
    throw error instanceof StoreError ? new ExitError(EXIT.failed, error.message) : error
  })
  return {
    world,
    reports: () => (broker ? fromBroker(context, request, broker, store) : fromKept(context, request, world, store)),
    async close() {
      store.close()
      await broker?.close()
    },
  }
}

/** Null where the mock broker inside was asked for and no screen runs with it: its journal is all that there is. */
async function brokerOrJournal(context: CommandContext, world: string): Promise<OpenedBroker | null> {
  return openBroker(context, 'account').catch(error => {
    if (world !== 'mock-embedded' || !(error instanceof ExitError) || error.status !== EXIT.usage) throw error
    tell('no screen runs with the mock broker inside: this is from the journal alone')
    return null
  })
}

async function fromKept(
  context: CommandContext,
  request: ReportRequest,
  world: string,
  store: ReportStore,
): Promise<readonly MadeReport[]> {
  const { home } = context
  const asOfMs = systemClock.nowMs()
  return knownAccounts(context, world, store, request.isEveryAccount).map(account => {
    const span = spanOf(request.span, account.zone, asOfMs)
    const hasRows = store.accounts(world).some(({ id }) => id === account.id)
    const shelf = hasRows ? store.shelf(world, account) : null
    return madeReport({ home, world, account, span, shelf, asOfMs, tapes: request.tapes, whatIf: request.whatIf })
  })
}

async function fromBroker(
  context: CommandContext,
  request: ReportRequest,
  broker: OpenedBroker,
  store: ReportStore,
): Promise<readonly MadeReport[]> {
  const { ig, world } = broker
  const { home } = context
  const progress = progressLine(process.stderr)
  try {
    const made: MadeReport[] = []
    for (const account of await wantedAccounts(context, request, broker)) {
      if (account.id !== ig.session.accountId) await ig.session.switchAccount(account.id as AccountId)
      const span = spanOf(request.span, account.zone, systemClock.nowMs())
      const shelf = store.shelf(world, account)
      if (request.rereads) shelf.forget({ fromMs: span.beginMs, toMs: span.endMs })
      const asOfMs = await readBroker({
        ig,
        account,
        world,
        shelf,
        span,
        onNotice: words => {
          progress.clear()
          tell(words)
        },
        onProgress: told => progress.show(progressWords(account.id, told)),
      })
      progress.clear()
      made.push(madeReport({ home, world, account, span, shelf, asOfMs, tapes: request.tapes, whatIf: request.whatIf }))
    }
    return made
  } catch (error) {
    progress.clear()
    throw error instanceof StoreError || error instanceof ExitError ? error : broker.failure(error)
  }
}

async function wantedAccounts(
  { settings: { timeZone } }: CommandContext,
  { isEveryAccount }: ReportRequest,
  { ig, environment }: OpenedBroker,
): Promise<readonly ReportedAccount[]> {
  const offset = ig.session.utcOffsetHours
  if (!isEveryAccount) return [reportedAccount(ig.account, environment, timeZone, offset)]
  const listed = await ig.accounts.list()
  return listed.flatMap(account =>
    account.currency !== null && account.status === 'enabled' && account.type !== 'physical'
      ? [reportedAccount({ ...account, currency: account.currency }, environment, timeZone, offset)]
      : [],
  )
}

interface Showing {
  readonly request: ReportRequest
  readonly home: string
  readonly world: string
  readonly screen: Parameters<typeof formOf>[2]
  /** Each is said once, however often it is written. */
  readonly toldPaths: Set<string>
}

function show(all: readonly MadeReport[], { request, home, world, screen, toldPaths }: Showing): void {
  const { format, out } = request
  const isText = format === 'table' || format === 'json' || format === 'md'
  const isPrinted = out === '-' || (out === null && isText && request.everyMs === null)
  if (format !== 'csv' && isPrinted) return print(all, format, screen, request.isEveryAccount)
  for (const made of all) {
    const { id } = made.report.account
    const usual = usualName(made, format)
    const named = out !== null && request.isEveryAccount ? join(out, id, usual) : out
    const path = named ?? join(home, 'reports', world, id, usual)
    writeReport(made, format, path)
    if (!toldPaths.has(path)) writeAll(`${printable(path)}\n`)
    toldPaths.add(path)
  }
}

function print(
  all: readonly MadeReport[],
  format: Exclude<ReportRequest['format'], 'csv'>,
  screen: Parameters<typeof formOf>[2],
  isList: boolean,
): void {
  const forms = all.map(made => formOf(made, format, screen))
  const [only] = forms
  if (only instanceof Uint8Array) {
    if (forms.length > 1)
      throw new ExitError(
        EXIT.usage,
        'expected one account for the output, but there are several; name a folder in --out',
      )
    return writeAll(only)
  }
  const texts = forms.map(form => String(form))
  writeAll(format === 'json' && isList ? `[\n${texts.map(text => text.trimEnd()).join(',\n')}\n]\n` : texts.join('\n'))
}

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => void systemClock.at(systemClock.monotonicMs() + ms, resolve))
