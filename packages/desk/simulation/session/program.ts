import type { ManualClock } from '@scalpdesk/testkit'
import { ACCOUNT_CURRENCY } from '../../../bots/src/engine-broker/index.ts'
import type { DeskEvent } from '../../src/desk-event.ts'
import type { Effect, JournalEffect, OrderEffect } from '../../src/effect.ts'
import { factText } from '../../src/guard/memory/fact-text.ts'
import {
  type DeskSetup,
  type DeskState,
  initialState,
  nextDueMs,
  process,
  recoveredFrom,
  startFacts,
} from '../../src/index.ts'
import { isAnnouncement, type JournalRecord } from '../../src/journal/record.ts'
import type { OrderId } from '../../src/orders/order.ts'
import type { EngineBroker } from '../broker/engine-broker.ts'
import { broken } from './broken-promise.ts'
import { contractsOf, limitsOf } from './contracts.ts'
import { checkAfterEvent, checkOrders, checkRestart, checkSending } from './invariants.ts'
import type { KeptJournal } from './kept-journal.ts'
import type { Machine } from './machine.ts'
import type { SessionPlan } from './step.ts'
import { effectWords, eventWords } from './trace-words.ts'
import type { Witness } from './witness.ts'

/** The desk that is tried: the real one, unless a test breaks it on purpose. */
export interface DeskUnderTest {
  process: typeof process
  initialState: typeof initialState
}

export const REAL_DESK: DeskUnderTest = { process, initialState }

/** What a program runs on, and who looks at it. */
/** So many events follow from one before it is called endless: ten times what was ever seen. */
const MOST_ANSWERS = 1_000

export interface ProgramParts {
  readonly plan: SessionPlan
  readonly clock: ManualClock
  readonly machine: Machine
  readonly broker: EngineBroker
  readonly journal: KeptJournal
  readonly witness: Witness
  readonly desk: DeskUnderTest
  /** For a trace; null: nobody reads one. */
  readonly say: ((words: string) => void) | null
}

/** How a program ends without a word. */
export interface Ending {
  readonly downMs: number
  /** From 0 to 1: how much of its last records is left. */
  readonly kept: number
}

/** The program around the desk, over all its lives: the driver's loop, its journal, and the start after each crash. */
export class Program {
  readonly plan: SessionPlan
  readonly clock: ManualClock
  readonly machine: Machine
  readonly broker: EngineBroker
  readonly journal: KeptJournal
  readonly witness: Witness
  state: DeskState
  isRunning = false
  /** The order that the last record announced, if it was written. */
  lastWritten: OrderId | null = null
  /** Grows with each start and each end. */
  life = 0
  readonly #desk: DeskUnderTest
  readonly #say: ((words: string) => void) | null
  readonly #waiting: DeskEvent[] = []
  /** What came while the machine slept. */
  readonly #missed: (() => DeskEvent)[] = []
  readonly #readings = new Map<number, { readonly askedAtMs: number; readonly changes: number }>()
  #isHandling = false
  #timer: { cancel(): void } | null = null
  /** Effects that are still done before it ends; null: it goes on. */
  #effectsLeft: { left: number; readonly ending: Ending } | null = null

  constructor({ plan, clock, machine, broker, journal, witness, desk, say }: ProgramParts) {
    this.plan = plan
    this.clock = clock
    this.machine = machine
    this.broker = broker
    this.journal = journal
    this.witness = witness
    this.#desk = desk
    this.#say = say
    this.state = desk.initialState({ contracts: [], accountCurrency: ACCOUNT_CURRENCY })
  }

  start(): void {
    this.#start(null)
  }

  get atMs(): number {
    return this.machine.monotonicMs()
  }

  /** It ends after so many of the effects that come next. */
  endAfter(effects: number, ending: Ending): void {
    if (!this.isRunning) return
    if (effects === 0) return this.#crash(ending)
    this.#effectsLeft = { left: effects, ending }
  }

  /** It does not end. */
  goOn(): void {
    this.#effectsLeft = null
  }

  feed(make: () => DeskEvent): void {
    if (!this.isRunning) return
    if (this.machine.isAsleep) return void this.#missed.push(make)
    this.#waiting.push(make())
    if (this.#isHandling) return
    this.#isHandling = true
    try {
      for (let answers = 0; this.isRunning && this.#waiting.length > 0; answers++) {
        if (answers > MOST_ANSWERS) broken('one event has answers without end')
        this.#handle(this.#waiting.shift()!)
      }
    } finally {
      this.#isHandling = false
    }
  }

  wakeUp(): void {
    const lostMs = this.machine.wakeUp()
    if (lostMs === 0) return
    this.feed(() => ({ kind: 'time-lost', lostMs, atMs: this.atMs, wallMs: this.machine.nowMs() }))
    for (const make of this.#missed.splice(0)) this.feed(make)
  }

  #handle(event: DeskEvent): void {
    const { witness } = this
    witness.counts.events += 1
    const before = this.state
    const { state, effects } = this.#desk.process(before, event)
    this.state = state
    if (this.#say && event.kind !== 'quote' && event.kind !== 'heartbeat' && event.kind !== 'clock')
      this.#say(eventWords(event))
    if (this.#say && state.outcome !== before.outcome) this.#say(`shown: ${state.outcome.text}`)
    if (event.kind === 'book-read') this.#noteReading(event.ask)
    if (!this.#performAll(effects)) return
    this.#rearm()
    checkAfterEvent(this, before, event)
  }

  /** @returns false when the program ended on the way */
  #performAll(effects: readonly Effect[]): boolean {
    const unsent = new Set<OrderId>()
    for (const [index, effect] of effects.entries()) {
      const ending = this.#effectsLeft
      if (ending) {
        if (ending.left <= 0) {
          this.#crash(ending.ending)
          return false
        }
        ending.left -= 1
      }
      if (this.#say && effect.kind !== 'read-book' && effect.kind !== 'journal') this.#say(effectWords(effect))
      this.#perform(effect, effects[index - 1], unsent)
    }
    return true
  }

  #perform(effect: Effect, before: Effect | undefined, unsent: Set<OrderId>): void {
    const life = this.life
    const answer = (make: () => DeskEvent): void => {
      if (life === this.life) this.feed(make)
    }
    switch (effect.kind) {
      case 'journal':
        return this.#write(effect, unsent)
      case 'find-confirm':
        return this.broker.findConfirm(effect.reference, confirm =>
          answer(() => ({ kind: 'confirm-found', id: effect.id, confirm, atMs: this.atMs })),
        )
      case 'read-book':
        this.#readings.set(effect.ask, { askedAtMs: this.clock.monotonicMs(), changes: this.state.book.changes })
        return this.broker.readBook(
          book => answer(() => ({ kind: 'book-read', ask: effect.ask, book, atMs: this.atMs })),
          cause => answer(() => ({ kind: 'book-failed', ask: effect.ask, cause, atMs: this.atMs })),
        )
      case 'find-deals':
        return this.broker.findDeals(effect.sinceMs, deals =>
          answer(() => ({ kind: 'deals-found', ask: effect.ask, deals, atMs: this.atMs })),
        )
      case 'find-charges':
        this.witness.askedBookedAtMs = this.clock.monotonicMs()
        return this.broker.findCharges(effect.sinceMs, booked =>
          answer(() => ({ kind: 'charges-found', ask: effect.ask, booked, atMs: this.atMs })),
        )
      default:
        if (unsent.has(effect.id)) return
        return this.#send(effect, before, answer)
    }
  }

  #send(effect: OrderEffect, before: Effect | undefined, answer: (make: () => DeskEvent) => void): void {
    const { id } = effect
    const isAnnounced = checkSending(this, effect, before)
    this.witness.note(effect, this.state, this.clock.monotonicMs(), isAnnounced)
    const isPatient = effect.kind !== 'open' && effect.kind !== 'place'
    const isLeaving = this.broker.send(effect, isPatient, submission =>
      answer(() => ({ kind: 'submitted', id, submission, atMs: this.atMs })),
    )
    if (isLeaving) this.feed(() => ({ kind: 'on-wire', id, atMs: this.atMs }))
  }

  /** As the driver does it. */
  #write({ record, entry }: JournalEffect, unsent: Set<OrderId>): void {
    if (record.kind === 'flat') this.witness.counts.flats += 1
    if (record.kind === 'denied') this.witness.counts.denied += 1
    try {
      this.journal.append(record)
      this.lastWritten = isAnnouncement(record) ? record.id : null
      this.#noteLock(record)
      if (isAnnouncement(record)) {
        const { id } = record
        this.feed(() => ({ kind: 'journalled', id, decidedAtMs: this.atMs, atMs: this.atMs }))
      }
    } catch (error) {
      this.lastWritten = null
      this.witness.lostRecords = true
      if (entry === null) return
      unsent.add(entry)
      this.feed(() => ({ kind: 'journal-failed', id: entry, cause: error as Error, atMs: this.atMs }))
    }
  }

  #noteLock(record: JournalRecord): void {
    const { day } = this.state.memory
    if (day && record.kind === 'guard' && record.fact.kind === 'locked') this.witness.writtenLocks.add(day.name)
  }

  #start(recovered: DeskSetup['recovered'] | null): void {
    this.life += 1
    this.machine.startProgram()
    this.witness.startProgram()
    this.#readings.clear()
    const setup: DeskSetup = {
      contracts: contractsOf(this.broker),
      accountCurrency: ACCOUNT_CURRENCY,
      zone: { offsetHours: 0 },
      mode: this.plan.mode,
      limits: limitsOf(this.plan.hasDayLoss),
      asksBooked: true,
      start: { atMs: this.atMs, wallMs: this.machine.nowMs() },
      ...(recovered && { recovered }),
    }
    this.state = this.#desk.initialState(setup)
    this.isRunning = true
    for (const fact of startFacts(setup)) {
      const record = { kind: 'guard', atMs: fact.atMs, fact: { ...factText(fact) } } as const
      this.#write({ kind: 'journal', record, entry: null }, new Set())
    }
    checkRestart(this)
    this.broker.stream.connect()
    this.feed(() => ({ kind: 'clock', atMs: this.atMs, wallMs: this.machine.nowMs() }))
  }

  #crash({ downMs, kept }: Ending): void {
    this.#say?.('THE PROGRAM ENDS')
    checkOrders(this)
    this.witness.counts.crashes += 1
    this.#effectsLeft = null
    this.isRunning = false
    this.life += 1
    this.#waiting.length = 0
    this.#missed.length = 0
    this.#timer?.cancel()
    this.#timer = null
    this.broker.stream.disconnect()
    const memory = this.journal.crash(kept)
    if (memory.problems.length > 0) broken(`the journal of a crash is not whole: ${memory.problems.join('; ')}`)
    this.clock.at(this.clock.monotonicMs() + downMs, () => {
      const { problems, ...recovered } = recoveredFrom(memory)
      if (problems.length > 0) broken(`the journal cannot be taken over: ${problems.join('; ')}`)
      this.#say?.('THE PROGRAM STARTS')
      this.#start(recovered)
    })
  }

  #noteReading(ask: number): void {
    const reading = this.#readings.get(ask)
    if (reading && this.state.book.agreedAt === reading.changes) this.witness.agreedReadingAskedAtMs = reading.askedAtMs
    this.#readings.delete(ask)
  }

  #rearm(): void {
    const dueMs = nextDueMs(this.state)
    this.#timer?.cancel()
    this.#timer = null
    if (dueMs === null) return
    this.#timer = this.clock.at(this.machine.dueMs(dueMs), () => {
      if (this.machine.isAsleep) return
      const atMs = Math.max(this.atMs, dueMs)
      this.feed(() => ({ kind: 'clock', atMs, wallMs: this.machine.nowMs() }))
    })
  }
}
