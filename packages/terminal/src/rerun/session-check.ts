import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSettings } from '../cli/start-settings.ts'
import { startRerunSession } from './rerun-session.ts'
import { journalText, type KeptSession, readSessionFolder } from './session-folder.ts'
import { fileDigest } from './session-spec.ts'

/** Whether a session came out the same again. */
export interface SessionVerdict {
  readonly kind: 'same' | 'different'
  readonly inputs: number
  readonly orders: number
  readonly records: number
  /** It broke off: it was compared as far as it goes. */
  readonly isBrokenOff: boolean
  /** Null where there is none. */
  readonly difference: Difference | null
}

interface Difference {
  readonly file: 'journal' | 'orders'
  /** From 1. */
  readonly line: number
  /** Null where the file has ended. */
  readonly was: string | null
  readonly is: string | null
}

export interface CheckParts {
  readonly folder: string
  /** Hears how far it is, from 0 to 1. */
  readonly onProgress: (fraction: number) => void
  /** Waits until the session's time may go on to this; at once where it is to be as fast as can be. */
  readonly pace: (ms: number) => Promise<void>
}

/** Runs a session again and compares its journal and its orders with what was kept. @throws when it cannot be run */
export async function checkSession({ folder, onProgress, pace }: CheckParts): Promise<SessionVerdict> {
  const kept = readSessionFolder(folder)
  const { spec, inputs } = kept
  const digest = fileDigest(spec.tape.file)
  if (digest !== spec.tape.sha256)
    throw new Error(
      `expected ${spec.tape.file} to be the tape that the session ran on, but it has changed since; put that one back`,
    )
  const aside = mkdtempSync(join(tmpdir(), 'scalpdesk-check-'))
  try {
    const orders: string[] = []
    const running = await startRerunSession({
      spec,
      settings: startSettings(folder),
      folder: aside,
      onOrder: order => orders.push(`${JSON.stringify(order)}\n`),
      onNotice() {},
      onlooker: null,
      player: null,
      isKept: false,
    })
    const untilMs = kept.hasEnded ? (inputs.at(-1)?.atMs ?? 0) : lastMs(kept)
    for (const timed of inputs) {
      await pacedTo(timed.atMs)
      await running.take(timed)
      onProgress(untilMs === 0 ? 1 : timed.atMs / untilMs)
    }
    if (!kept.hasEnded) await pacedTo(untilMs)
    /** In steps, so that a long silence shows that something happens. */
    async function pacedTo(ms: number): Promise<void> {
      for (let atMs = running.clock.monotonicMs(); atMs < ms; ) {
        atMs = Math.min(ms, Math.floor(atMs) + STEP_MS)
        await pace(atMs)
        await running.clock.runTo(atMs)
        onProgress(atMs / untilMs)
      }
    }
    await running.end()
    return verdictOf(kept, { journal: journalText(aside), orders: orders.join('') })
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

const STEP_MS = 250

function verdictOf(kept: KeptSession, again: Pick<KeptSession, 'journal' | 'orders'>): SessionVerdict {
  const isBrokenOff = !kept.hasEnded
  const difference =
    firstDifference('orders', kept.orders, again.orders, isBrokenOff) ??
    firstDifference('journal', kept.journal, again.journal, isBrokenOff)
  return {
    kind: difference ? 'different' : 'same',
    inputs: kept.inputs.length,
    orders: linesOf(kept.orders).length,
    records: linesOf(kept.journal).length,
    isBrokenOff,
    difference,
  }
}

/** @param isPrefix what was kept may end earlier, even within a line. */
function firstDifference(file: Difference['file'], was: string, is: string, isPrefix: boolean): Difference | null {
  if (was === is || (isPrefix && is.startsWith(was))) return null
  const [before, after] = [linesOf(was), linesOf(is)]
  const count = Math.max(before.length, after.length)
  for (let index = 0; index < count; index++) {
    const [one, other] = [before[index] ?? null, after[index] ?? null]
    if (one !== other) return { file, line: index + 1, was: one, is: other }
  }
  return { file, line: count, was: before.at(-1) ?? null, is: after.at(-1) ?? null }
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** Of a session that broke off: the last that is known of it. */
function lastMs({ inputs, journal }: KeptSession): number {
  const times = linesOf(journal).flatMap(line => /"atMs":(\d+(?:\.\d+)?)/.exec(line)?.[1] ?? [])
  return Math.ceil(Math.max(inputs.at(-1)?.atMs ?? 0, ...times.map(Number)))
}
