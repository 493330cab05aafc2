import { epic as asEpic, type Epic, type Ig, systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable, printableJson } from '../printable.ts'
import { type Recording, startRecording } from '../recording/recording.ts'
import { recordingClock } from '../recording/recording-clock.ts'
import { RecordingError } from '../recording/recording-error.ts'
import { foundWords, recordingWords, writtenWords } from '../recording/recording-words.ts'
import type { Rotation } from '../recording/rotation.ts'
import { type TapeScribe, tapeScribe } from '../recording/tape-scribe.ts'
import { systemDisk } from '../session/journal-disk.ts'
import { loginFailure } from './broker-login.ts'
import { misused } from './flag-values.ts'
import { progressLine } from './progress-line.ts'
import { type BrokerOptions, openRecordedBroker } from './recorded-broker.ts'

export interface RecordOptions extends BrokerOptions {
  readonly epics: readonly string[]
  readonly out: string
  readonly json?: boolean
  readonly rotate?: Rotation
}

/**
 * `record`: writes what markets and the account do to a tape, until a signal ends it. What was written is told on stdout,
 * progress on stderr where that is a terminal.
 * @returns 130 for Ctrl-C, 0 for SIGTERM and SIGHUP.
 * @throws ExitError
 */
export async function runRecord(options: RecordOptions): Promise<number> {
  const epics = options.epics.map(parseEpic)
  const stopped = stopSignal()
  const broker = await Promise.race([openRecordedBroker(options), stopped.signal])
  if (typeof broker === 'number') return broker
  try {
    return await record(broker.ig, epics, options, stopped)
  } finally {
    await broker.close()
  }
}

async function record(ig: Ig, epics: readonly Epic[], options: RecordOptions, stopped: Stop): Promise<number> {
  const { rotate: rotation = { daily: false, mostBytes: null }, out } = options
  const followed = await marketsOf(ig, epics)
  const scribe = tapeScribe(followed.map(({ epic, decimals }) => ({ epic, decimals })))
  const clock = recordingClock(systemClock)
  const startMs = clock.atMs
  let failure: RecordingError | null = null
  const recording = refusedAsUsage(() =>
    startRecording(
      {
        out,
        rotation,
        disk: systemDisk,
        clock: systemClock,
        beginning: scribe.beginning,
        markets: () => scribe.markets,
        onFailure(error) {
          failure = error
          stopped.stop()
        },
      },
      startMs,
    ),
  )
  const progress = progressLine(process.stderr)
  if (recording.found)
    progress.print(`scalpdesk: ${printable(foundWords(recording.written.files[0] ?? out, recording.found))}`)
  const subscriptions = follow(ig, { scribe, recording, clock, followed })
  const watching = watch(() => progress.show(recordingWords(recording.written, scribe.counts)))
  const status = await stopped.signal
  watching.stop()
  for (const close of subscriptions) close()
  progress.clear()
  try {
    recording.close(status === EXIT.interrupted ? 'interrupted' : 'stopped', clock.atMs)
  } catch (error) {
    failure ??= error as RecordingError
  }
  tell(options, recording, scribe, startMs)
  if (failure !== null) throw new ExitError(EXIT.failed, (failure as RecordingError).message)
  return status
}

interface Following {
  readonly scribe: TapeScribe
  readonly recording: Recording
  readonly clock: ReturnType<typeof recordingClock>
  readonly followed: Awaited<ReturnType<typeof marketsOf>>
}

function follow(ig: Ig, { scribe, recording, clock, followed }: Following): readonly (() => void)[] {
  function now(): number {
    const lostMs = clock.takeLostMs()
    const { atMs } = clock
    if (lostMs > 0) recording.add(scribe.lostTime(lostMs, atMs))
    return atMs
  }
  const subscriptions = [
    ...followed.map(market => ig.stream.prices([market], quote => recording.add(scribe.quote(quote, now())))),
    ig.stream.trades(event => recording.add(scribe.trade(event, now()))),
    ig.stream.account(figures => recording.add(scribe.account(figures, now()))),
  ]
  const stopStatus = ig.stream.onStatus(status => recording.add(scribe.status(status, now())))
  return [stopStatus, ...subscriptions.map(subscription => () => subscription.close())]
}

/** On stdout, once: a sentence, or a document. */
function tell({ json }: RecordOptions, { written }: Recording, { counts }: TapeScribe, startMs: number): void {
  const { files, bytes, lastMs } = written
  const from = new Date(startMs).toISOString()
  const to = new Date(lastMs).toISOString()
  const text = json
    ? printableJson({ files, bytes, from, to, ...counts })
    : printable(writtenWords(written, counts, startMs))
  process.stdout.write(`${text}\n`)
}

async function marketsOf(ig: Ig, epics: readonly Epic[]) {
  const found = await ig.markets.details(epics, { onUnknown: 'leave-out' }).catch(error => {
    throw loginFailure(error)
  })
  return epics.map(epic => {
    const market = found.get(epic)
    if (market) return market
    throw new ExitError(
      EXIT.usage,
      `expected the epic of a market, but the broker knows none called ${epic}; correct it`,
    )
  })
}

function parseEpic(text: string): Epic {
  try {
    return asEpic(text)
  } catch {
    throw misused('EPIC', 'an epic such as CS.D.EURUSD.CFD.IP', text)
  }
}

function refusedAsUsage<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error
    throw new ExitError(error.code === 'not-written' ? EXIT.failed : EXIT.usage, error.message)
  }
}

/** Calls twice a second. */
function watch(show: () => void): { stop(): void } {
  let timer = next()
  function next() {
    return systemClock.at(systemClock.monotonicMs() + PROGRESS_MS, () => {
      show()
      timer = next()
    })
  }
  return { stop: () => timer.cancel() }
}

const PROGRESS_MS = 500

interface Stop {
  /** Resolves with the exit status. */
  readonly signal: Promise<number>
  stop(): void
}

function stopSignal(): Stop {
  const statuses = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.done, SIGHUP: EXIT.done } as const
  const { promise, resolve } = Promise.withResolvers<number>()
  for (const [name, status] of Object.entries(statuses)) process.on(name, () => resolve(status))
  return { signal: promise, stop: () => resolve(EXIT.failed) }
}
