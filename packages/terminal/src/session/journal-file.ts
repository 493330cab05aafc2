import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  announces,
  bindsTheDay,
  type ChainHead,
  chainedLine,
  type PlainRecord,
  RECORD_VERSION,
  type Recovered,
  type Remembered,
  rememberer,
} from '@scalpdesk/desk/journal'
import { type FolderLock, lockFolder, type WrittenEnd } from './folder-lock.ts'
import { dayIn, systemZone } from './journal-day.ts'
import { sha256 } from './journal-digest.ts'
import { type AppendedFile, type Disk, flushFolder, openAppended, systemDisk } from './journal-disk.ts'
import { JournalError } from './journal-error.ts'
import { type Continuation, continuationOf, makeFolder, NO_TIME } from './journal-folder.ts'
import { type Processes, systemProcesses } from './journal-process.ts'

/**
 * The journal of an account: one JSON object a line, hash-chained, one file a day. It has one writer at a time, and anybody
 * may read along.
 */
export interface JournalFile {
  /** The file that the next record goes to. */
  readonly path: string
  /** The record that the next one follows. */
  readonly head: ChainHead
  /** What the files held when they were opened. */
  readonly recovered: Recovered
  /**
   * Returns when the record is as durable as was asked for. The day is that of the wall clock in the account's zone, but it never
   * goes back: records follow their chain.
   * @throws JournalError as long as that cannot be had. What is lost meanwhile is counted in the next record that can be written.
   */
  append<Said extends PlainRecord>(this: void, record: Said): void
  /** Does what `append` does, but nothing of it is kept: the line goes to nowhere. Never throws. */
  rehearse<Said extends PlainRecord>(this: void, record: Said): void
  /** Gives the journal back to the next writer. */
  close(this: void): void
}

export interface JournalOptions {
  /** IANA name; the zone of this machine unless told. */
  readonly zone?: string
  /**
   * What a record has to survive before the order that it announces leaves. `written`: the system has it (write(2) returned), so
   * it survives the end of this process, also by SIGKILL; the disk has it some milliseconds later. `flushed`: the disk has it
   * (fdatasync(2) returned), so it survives a power cut. `written` unless told; docs/decisions/journal-durability.md says why.
   */
  readonly durability?: Durability
  readonly disk?: Disk
  readonly processes?: Processes
}

export type Durability = 'written' | 'flushed'

/**
 * Opens the journal in a folder, which is made when missing, and goes on where it ended.
 * @param folder see `journalFolder`
 * @throws HeldFolderError when another process writes there; JournalError when the folder cannot be written.
 */
export function openJournal(
  folder: string,
  clock: { nowMs(): number },
  { zone = systemZone(), durability = 'written', disk = systemDisk, processes = systemProcesses }: JournalOptions = {},
): JournalFile {
  makeFolder(folder)
  const lock = lockFolder(folder, clock, processes)
  try {
    const found = withMissing(continuationOf(folder, sha256), lock.lastEnd)
    return new OpenJournal(folder, found, lock, { clock, zone, durability, disk })
  } catch (error) {
    lock.release(null)
    throw error
  }
}

/** Records at the very end, or a whole file, can be taken away without a gap in the chain; the last writer knew of them. */
function withMissing(found: Continuation, lastEnd: WrittenEnd | null): Continuation {
  const { recovered } = found
  if (!lastEnd || lastEnd.seq <= recovered.head.seq) return found
  const words = `expected the journal to end with record ${lastEnd.seq} or later, but ${recovered.head.seq} is the last one left: a file or its end was taken away`
  const repair = { kind: 'journal-damaged', atMs: NO_TIME, file: found.last ?? 'no file', faults: [words] } as const
  return {
    ...found,
    recovered: { ...recovered, problems: [...recovered.problems, words] },
    repairs: [...found.repairs, repair],
  }
}

interface Surroundings {
  readonly clock: { nowMs(): number }
  readonly zone: string
  readonly durability: Durability
  readonly disk: Disk
}

class OpenJournal implements JournalFile {
  readonly recovered: Recovered
  readonly #folder: string
  readonly #lock: FolderLock
  readonly #around: Surroundings
  readonly #dayAt: (wallMs: number) => string
  readonly #memory: ReturnType<typeof rememberer>
  readonly #unremembered: Remembered[] = []
  #head: ChainHead
  #day: string
  #file: AppendedFile | null = null
  #lost = { records: 0, because: '' }

  constructor(folder: string, found: Continuation, lock: FolderLock, around: Surroundings) {
    this.recovered = found.recovered
    this.#folder = folder
    this.#lock = lock
    this.#around = around
    this.#dayAt = dayIn(around.zone)
    this.#memory = rememberer(found.recovered)
    this.#head = found.recovered.head
    const newest = found.newest?.slice(0, DAY_LENGTH) ?? null
    const today = this.#dayAt(around.clock.nowMs())
    this.#day = newest !== null && newest > today ? newest : today
    const name = `${this.#day}.ndjson`
    if (found.last === name) this.#file = openAppended(this.path, 'existing', around.disk)
    else this.#file = this.#begun(this.#day, found.newest === name ? 'existing' : 'new', found.last)
    chmodSync(this.path, 0o600)
    for (const repair of found.repairs) this.append(repair)
  }

  get path(): string {
    return join(this.#folder, `${this.#day}.ndjson`)
  }

  get head(): ChainHead {
    return this.#head
  }

  readonly append = (record: PlainRecord): void => {
    try {
      const wallMs = this.#around.clock.nowMs()
      this.#turnPage(wallMs)
      if (this.#lost.records > 0) {
        this.#write({ kind: 'records-lost', atMs: record.atMs, ...this.#lost }, wallMs)
        this.#lost = { records: 0, because: '' }
      }
      this.#write(record, wallMs)
    } catch (error) {
      if (!(error instanceof JournalError && error.code === 'not-flushed'))
        this.#lost = { records: this.#lost.records + 1, because: (error as Error).message }
      throw error
    }
  }

  readonly rehearse = (record: PlainRecord): void => {
    try {
      const wallMs = this.#around.clock.nowMs()
      this.#dayAt(wallMs)
      this.#file?.rehearse(chainedLine(record, this.#head, { version: RECORD_VERSION, wallMs }, sha256).line)
    } catch {
      // The next record will tell.
    }
  }

  readonly close = (): void => {
    const file = this.#file
    if (!file) return
    this.#file = null
    try {
      file.close()
    } finally {
      this.#lock.release(this.#head)
    }
  }

  #write(record: PlainRecord, wallMs: number, file = this.#open()): void {
    const { line, head } = chainedLine(record, this.#head, { version: RECORD_VERSION, wallMs }, sha256)
    file.append(line)
    this.#head = head
    this.#remember(record, wallMs)
    const isOrder = announces(record)
    const isBinding = bindsTheDay(record)
    if (isBinding || (isOrder && this.#around.durability === 'flushed')) return file.flush()
    file.flushBehind()
    if (isOrder) file.checkFlushed()
  }

  /** Not before the order has left: only the next day's file needs it. */
  #remember(record: PlainRecord, wallMs: number): void {
    if (this.#unremembered.length === 0) this.#around.disk.afterwards(() => this.#catchUp())
    const { kind } = record
    const { seq } = this.#head
    this.#unremembered.push({ kind, seq, version: RECORD_VERSION, wallMs, values: { ...record } })
  }

  #catchUp(): void {
    for (const record of this.#unremembered.splice(0)) this.#memory.add(record)
  }

  /** The new day's file has its first record, with all that is to be remembered, before the old one is let go. */
  #turnPage(wallMs: number): void {
    const day = this.#dayAt(wallMs)
    if (day <= this.#day) return
    const old = this.#open()
    this.#file = this.#begun(day, 'new', `${this.#day}.ndjson`)
    this.#day = day
    old.close()
  }

  #begun(day: string, state: 'new' | 'existing', before: string | null): AppendedFile {
    const { clock, zone, disk } = this.#around
    const path = join(this.#folder, `${day}.ndjson`)
    const file = openAppended(path, state, disk)
    const head = this.#head
    try {
      this.#catchUp()
      const carried = before === null ? null : { ...this.#memory.state(), references: [] }
      const opening = { kind: 'file-opened', atMs: NO_TIME, day, zone, before, carried }
      this.#write(opening, clock.nowMs(), file)
      // Once a day, and all that is remembered hangs on it: whatever was chosen for orders.
      file.flush()
      flushFolder(this.#folder)
      return file
    } catch (error) {
      file.close()
      // The next record tries again to begin it.
      rmSync(path, { force: true })
      this.#head = head
      throw error
    }
  }

  #open(): AppendedFile {
    if (this.#file) return this.#file
    throw new JournalError('closed', 'expected the journal to be open, but it was closed; open it again')
  }
}

const DAY_LENGTH = '2026-01-05'.length
