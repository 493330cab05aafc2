import { carriedMemory } from './carried-memory.ts'
import type { ChainedRecord } from './chain.ts'
import {
  type Announcement,
  type GuardFact,
  isAnnouncement,
  type JournalRecord,
  type PressedBy,
  readRecord,
} from './record.ts'

/** What the records of a journal amount to. Plain data: it goes into the next file as JSON. */
export interface Memory {
  /** Announced, and not ended by anything that was written: each may have been sent, or not. In the order of announcing. */
  readonly openQuestions: readonly OpenQuestion[]
  /**
   * The outcome was never learnt and the trader was told: nothing is asked by itself any more. What the trader accepted as
   * unknown holds up nothing, and is forgotten with the day.
   */
  readonly unresolved: readonly OpenQuestion[]
  readonly day: DayMemory
  /** Every name that an order of this file was sent with; none may be used again. Opens and placed orders carry their id. */
  readonly references: readonly string[]
  /** Deals that are the desk's own: it opened them, or the trader adopted them, and nothing says that they ended. */
  readonly deals: readonly OwnDeal[]
  /** How the last session began, and whether it ended by itself. */
  readonly session: Session | null
}

export interface OpenQuestion {
  readonly announcement: Announcement
  /** Wall time of the announcement, in milliseconds since 1970. */
  readonly announcedAtMs: number
  /** What the broker calls the request: ours for an open and a placed order, known only once acknowledged for the rest. */
  readonly reference: string | null
  readonly stage: 'announced' | 'acknowledged' | 'checking' | 'unresolved' | 'accepted'
  /** Why the outcome is not known; null as long as nothing was heard. */
  readonly cause: string | null
}

export interface DayMemory {
  /** Null when no day was opened yet. */
  readonly day: string | null
  readonly openingEquity: string | null
  readonly currency: string | null
  /** Of this trading day and the one before it, and the last start and limits however old they are; oldest first. */
  readonly guardFacts: readonly DatedFact[]
  readonly results: readonly RealisedResult[]
}

interface DatedFact {
  readonly fact: GuardFact
  readonly wallMs: number
  /** The day that was open when it was written. */
  readonly day: string | null
}

/** What a deal, or a part of one, brought in. Null where the broker told no figure: the deal is over all the same. */
export interface RealisedResult {
  readonly dealId: string | null
  readonly epic: string | null
  readonly profit: string | null
  readonly profitCurrency: string | null
  readonly wallMs: number
}

export interface OwnDeal {
  readonly dealId: string
  readonly epic: string
  readonly isAdopted: boolean
  /** Who pressed for it; a key where it is left out. */
  readonly by?: PressedBy
  /** With which it was sent: what a working order becomes has it as well. */
  readonly reference?: string
}

interface Session {
  readonly version: string
  readonly account: string
  readonly environment: string
  readonly startedAtMs: number
  readonly isStopped: boolean
}

/** As much of a line as matters here. */
export type Remembered = Pick<ChainedRecord, 'kind' | 'seq' | 'version' | 'wallMs' | 'values'>

export interface Rememberer {
  /** @returns what could not be understood, as a sentence; null when all was. */
  add(record: Remembered): string | null
  state(): Memory
}

/**
 * Takes records one after the other, each in constant time. The same records give the same memory.
 * @param from what is remembered already
 */
export function rememberer(from: Memory | null = null): Rememberer {
  const questions = new Map<string, OpenQuestion>()
  const references = new Set<string>()
  const deals = new Map<string, OwnDeal>()
  let day: { day: string | null; openingEquity: string | null; currency: string | null } = NO_DAY
  let guardFacts: DatedFact[] = []
  let results: RealisedResult[] = []
  let session: Session | null = null

  function announce(announcement: Announcement, announcedAtMs: number): void {
    const { kind, id } = announcement
    const isNamedByUs = kind === 'about-to-open' || kind === 'about-to-place'
    if (isNamedByUs) references.add(id)
    const reference = isNamedByUs ? id : null
    questions.set(id, { announcement, announcedAtMs, reference, stage: 'announced', cause: null })
  }

  function change(id: string, changes: Partial<OpenQuestion>): void {
    const question = questions.get(id)
    if (question) questions.set(id, { ...question, ...changes })
  }

  function take(record: JournalRecord, wallMs: number): void {
    switch (record.kind) {
      case 'acknowledged':
        references.add(record.reference)
        return change(record.id, { reference: record.reference, stage: 'acknowledged' })
      case 'unknown':
        return change(record.id, { stage: 'checking', cause: record.cause })
      case 'unresolved':
        return change(record.id, { stage: 'unresolved', cause: record.cause })
      case 'filled':
        return fill(record, wallMs)
      case 'accepted-unknown':
        return change(record.id, { stage: 'accepted' })
      case 'done':
        return end(record)
      case 'rejected':
        questions.delete(record.id)
        return
      case 'denied':
        if (record.id !== null) questions.delete(record.id)
        return
      case 'position-adopted':
        deals.set(record.dealId, { dealId: record.dealId, epic: record.epic, isAdopted: true })
        return
      case 'position-gone': {
        const { dealId, epic, profit, profitCurrency } = record
        deals.delete(dealId)
        results.push({ dealId, epic, profit, profitCurrency, wallMs })
        return
      }
      case 'day-opened':
        return openDay(record)
      case 'guard':
        guardFacts.push({ fact: record.fact, wallMs, day: day.day })
        return
      case 'started': {
        const { version, account, environment } = record
        session = { version, account, environment, startedAtMs: wallMs, isStopped: false }
        return
      }
      case 'stopped':
        if (session) session = { ...session, isStopped: true }
        return
      default:
        // The rest tells what was shown and heard: nothing that a restart acts on.
        return
    }
  }

  function fill(record: Extract<JournalRecord, { kind: 'filled' }>, wallMs: number): void {
    const announcement = questions.get(record.id)?.announcement
    questions.delete(record.id)
    if (announcement?.kind === 'about-to-close') {
      const { dealId, epic, size, heldSize } = announcement
      if (size === heldSize) deals.delete(dealId)
      results.push({ dealId, epic, profit: record.profit, profitCurrency: record.profitCurrency, wallMs })
    } else if (announcement && record.dealId !== null) {
      deals.set(record.dealId, ownDeal(record.dealId, announcement))
    } else if (record.profit !== null) {
      // A close that left although its announcement could not be written: what it brought in counts all the same.
      const { dealId, profit, profitCurrency } = record
      results.push({ dealId, epic: null, profit, profitCurrency, wallMs })
    }
  }

  /** A working order rests from its placing until it is cancelled; that it filled is told by its position. */
  function end({ id, dealId }: Extract<JournalRecord, { kind: 'done' }>): void {
    const announcement = questions.get(id)?.announcement
    questions.delete(id)
    if (announcement?.kind === 'about-to-cancel') deals.delete(announcement.dealId)
    if (announcement?.kind !== 'about-to-place' || dealId === null) return
    deals.set(dealId, ownDeal(dealId, announcement))
  }

  /** A locked day and a limit that counts from tomorrow are read from the day before. */
  function openDay(opened: Extract<JournalRecord, { kind: 'day-opened' }>): void {
    if (opened.day !== day.day) {
      const before = day.day
      results = []
      for (const [id, { stage }] of questions) if (stage === 'accepted') questions.delete(id)
      guardFacts = before === null ? guardFacts.map(dated => ({ ...dated, day: opened.day })) : sinceDay(before)
    }
    day = { day: opened.day, openingEquity: opened.equity, currency: opened.currency }
  }

  /** With the start of the run in which that day began: a fact without one belongs to no day. */
  function sinceDay(before: string): DatedFact[] {
    const first = guardFacts.findIndex(dated => dated.day === before)
    const began = guardFacts.findLastIndex(({ fact }, at) => fact.kind === 'started' && (first === -1 || at < first))
    const last = new Map(guardFacts.map(dated => [dated.fact.kind, dated]))
    return guardFacts.filter(
      (dated, at) =>
        dated.day === before || at === began || (SETTINGS.has(dated.fact.kind) && last.get(dated.fact.kind) === dated),
    )
  }

  /** A file begins with what the ones before left behind. */
  function carryOver({ openQuestions, unresolved, day: carriedDay, deals: carriedDeals, session: last }: Memory): void {
    questions.clear()
    deals.clear()
    for (const question of [...openQuestions, ...unresolved]) {
      questions.set(question.announcement.id, question)
      if (question.reference !== null) references.add(question.reference)
    }
    for (const deal of carriedDeals) deals.set(deal.dealId, deal)
    const { guardFacts: facts, results: brought, ...rest } = carriedDay
    day = rest
    guardFacts = [...facts]
    results = [...brought]
    session = last
  }

  if (from) {
    carryOver(from)
    for (const reference of from.references) references.add(reference)
  }
  return {
    add({ values, version, wallMs, seq }) {
      const read = readRecord(values, version, `record ${seq}`)
      if (read.kind !== 'known') return read.words
      const { record } = read
      if (isAnnouncement(record)) announce(record, wallMs)
      else if (record.kind === 'file-opened') {
        if (record.carried === null) return null
        if (!carriedMemory.accepts(record.carried))
          return `record ${seq}: expected what the files before left behind, but it cannot be read; look at the broker’s platform for open orders`
        carryOver(record.carried)
      } else take(record, wallMs)
      return null
    },
    state() {
      const all = [...questions.values()]
      return {
        openQuestions: all.filter(question => !isGivenUp(question)),
        unresolved: all.filter(isGivenUp),
        day: { ...day, guardFacts: [...guardFacts], results: [...results] },
        references: [...references],
        deals: [...deals.values()],
        session,
      }
    },
  }
}

const ownDeal = (dealId: string, { id, epic, by }: Announcement): OwnDeal => ({
  dealId,
  epic,
  isAdopted: false,
  reference: id,
  ...(by && { by }),
})

/** Facts that hold for more than their day. */
const SETTINGS: ReadonlySet<string> = new Set(['started', 'limits'])

const isGivenUp = ({ stage }: OpenQuestion): boolean => stage === 'unresolved' || stage === 'accepted'

const NO_DAY = { day: null, openingEquity: null, currency: null }
