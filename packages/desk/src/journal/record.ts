import {
  day,
  type Field,
  type Fields,
  fieldProblem,
  figure,
  flag,
  group,
  isObject,
  list,
  nullable,
  number,
  oneOf,
  optional,
  text,
  type ValuesOf,
} from './field.ts'

/**
 * One thing that happened, as the desk writes it down. `atMs` is the desk's monotonic time. Figures are exact decimals as
 * text. Nothing secret is ever part of a record: no kind has a field for it.
 */
export type JournalRecord = { readonly [Kind in RecordKind]: RecordOf<Kind> }[RecordKind]

export type RecordKind = keyof typeof RECORD_FIELDS

export type RecordOf<Kind extends RecordKind> = Kind extends RecordKind
  ? { readonly kind: Kind; readonly atMs: number } & ValuesOf<(typeof RECORD_FIELDS)[Kind]>
  : never

/** Written before the first byte of the order that it announces leaves. */
export type Announcement = RecordOf<
  'about-to-open' | 'about-to-close' | 'about-to-amend' | 'about-to-place' | 'about-to-cancel'
>

/** What the guard remembers of a day; its fields are the guard's own. */
export interface GuardFact {
  readonly kind: string
  readonly [field: string]: unknown
}

/** Where records go. @throws when a record cannot be written: an entry is not sent then, an exit is. */
export interface JournalPort {
  append(record: JournalRecord): void
  /** Does as {@link append} does, as far as that leaves no trace: its code, which a pause has cooled down, is warm again. */
  rehearse?(record: JournalRecord): void
}

const direction = oneOf('BUY', 'SELL')

/** Null: a stop that stays where it is. */
const trailing = nullable(group({ distancePoints: figure, stepPoints: figure }))

/** What a flatten is about: the whole account, or one market. */
const scope: Field<{ readonly kind: 'account' } | { readonly kind: 'market'; readonly epic: string }> = {
  what: 'the scope account, or market with its epic',
  accepts: (value): value is { readonly kind: 'account' } | { readonly kind: 'market'; readonly epic: string } =>
    isObject(value) && (value.kind === 'account' || (value.kind === 'market' && text.accepts(value.epic))),
}

const guardFact: Field<GuardFact> = {
  what: 'an object with its kind',
  accepts: (value): value is GuardFact => isObject(value) && text.accepts(value.kind),
}

/** Plain JSON that another module reads and checks by itself. */
const plain: Field<Readonly<Record<string, unknown>>> = { what: 'an object', accepts: isObject }

/** Who pressed for an order: a key where it is left out. */
export type PressedBy = 'key' | 'command' | `bot:${string}`

export const pressedBy: Field<PressedBy> = {
  what: 'key, command or bot:NAME',
  accepts: (value): value is PressedBy =>
    value === 'key' || value === 'command' || (typeof value === 'string' && /^bot:./.test(value)),
}

const by = optional(pressedBy)

/** How the desk learned it: the streamed confirm, the polled one, the broker's lists, or its activity. */
const evidence = oneOf('stream', 'poll', 'book', 'activity')

/** What each kind of record holds beside `kind` and `atMs`. `id` is our own name of an order. */
const RECORD_FIELDS = {
  // The session and the day.
  started: {
    version: text,
    account: text,
    environment: oneOf('mock', 'demo', 'live'),
    /** Of a market that was made up; null otherwise. */
    seed: nullable(number),
  },
  stopped: { reason: text },
  'day-opened': { day, equity: figure, currency: text },

  // Orders before they leave. The id of an open and of a placed order is the deal reference that it is sent with.
  'about-to-open': {
    id: text,
    epic: text,
    direction,
    size: figure,
    /** The contract that it was pressed with; null for one made by hand. */
    preset: nullable(text),
    stopPoints: nullable(figure),
    limitPoints: nullable(figure),
    trailing,
    isGuaranteed: flag,
    /** The price that was seen on the side that it deals at. */
    seenLevel: figure,
    by,
  },
  'about-to-close': {
    id: text,
    dealId: text,
    epic: text,
    /** Of the closing deal: the opposite of the position's. */
    direction,
    size: figure,
    /** What the position held then: a smaller size closes a part of it. */
    heldSize: figure,
    by,
  },
  'about-to-amend': {
    id: text,
    dealId: text,
    epic: text,
    stopLevel: nullable(figure),
    limitLevel: nullable(figure),
    trailing,
    isGuaranteed: flag,
    by,
  },
  'about-to-place': {
    id: text,
    epic: text,
    direction,
    size: figure,
    type: oneOf('LIMIT', 'STOP'),
    level: figure,
    stopPoints: nullable(figure),
    limitPoints: nullable(figure),
    isGuaranteed: flag,
    by,
  },
  'about-to-cancel': { id: text, dealId: text, epic: text, by },

  // What became of them.
  acknowledged: { id: text, reference: text },
  unknown: { id: text, cause: text },
  /** An open or a close was dealt. By the book alone there is no level and no profit of a close. */
  filled: {
    id: text,
    dealId: nullable(text),
    level: nullable(figure),
    size: nullable(figure),
    profit: nullable(figure),
    profitCurrency: nullable(text),
    by: evidence,
  },
  /** An amendment, a placed order or a cancellation took effect; or the position of a close of a part is gone altogether. */
  done: { id: text, dealId: nullable(text), by: evidence },
  rejected: { id: text, reason: text },
  /** `id` is null when the guard said no before there was an order. */
  denied: { id: nullable(text), intent: text, code: text, words: text },
  unresolved: { id: text, cause: text },
  /** The trader looked at the broker's platform and lets entries go on. */
  'accepted-unknown': { id: text },
  /** Milliseconds after the key; null for what did not happen, or was not seen. */
  latency: {
    id: text,
    decidedMs: nullable(number),
    journalledMs: nullable(number),
    firstByteMs: nullable(number),
    acknowledgedMs: nullable(number),
    confirmedMs: nullable(number),
    paintedMs: nullable(number),
  },

  // Getting out.
  flatten: { scope, positions: number, workingOrders: number, by },
  /** The broker shows nothing open. Null: no flatten of ours brought it about. */
  flat: { scope, timeToFlatMs: nullable(number) },
  'not-flat': { scope, words: text },

  // What is held, by no order of ours: opened or closed elsewhere, or by the broker (stop, limit); appeared again: there is more of it than was told.
  'position-appeared': {
    dealId: text,
    epic: text,
    direction,
    size: figure,
    level: nullable(figure),
    stopLevel: nullable(figure),
  },
  'position-gone': { dealId: text, epic: text, profit: nullable(figure), profitCurrency: nullable(text) },
  'position-adopted': { dealId: text, epic: text },

  // What the trader was warned of, and what the guard remembers.
  'no-stop': { dealId: text, epic: text },
  alarm: {
    code: text,
    state: oneOf('began', 'ended'),
    dealId: nullable(text),
    epic: nullable(text),
    words: text,
  },
  guard: { fact: guardFact },
  armed: { isArmed: flag, because: text },
  /** A screen was attached to a desk that runs without one of its own, or left it; so many are there now. */
  screen: { what: oneOf('attached', 'left'), screens: number },
  'preset-chosen': { epic: text, name: text },
  /** Picked during the session; with what a restart needs to know of its deals. */
  'market-traded': {
    epic: text,
    name: text,
    currency: text,
    /** Units of it for one of the account's. */
    currencyPerBase: nullable(figure),
    contractSize: figure,
    pointsPerUnit: number,
    decimals: number,
  },

  /**
   * The record of the sandbox gate had this line, of this hash, at its end then: neither can be changed alone. `words`: a sentence that a
   * person typed; null where nobody did.
   */
  gate: { what: text, line: number, lineHash: text, words: nullable(text) },

  // The world around.
  stream: { status: text, cause: nullable(text) },
  'trade-feed': { state: oneOf('listening', 'interrupted') },
  'time-lost': { lostMs: number },

  // Written by the journal's file itself.
  /** The first record of each file. */
  'file-opened': {
    day,
    zone: text,
    /** The file before this one, by name; null when there is none. */
    before: nullable(text),
    /** What the files before leave behind: see recovery. */
    carried: nullable(plain),
  },
  /** A crash cut the last line off; it is kept in `keptIn`. `line` counts from 1, in the file that holds this record. */
  'torn-line': { line: number, bytes: number, keptIn: text },
  /** A file that this journal cannot go on from was put aside, whole. */
  'file-put-aside': { keptIn: text, because: text },
  /** As many records before this one could not be written. */
  'records-lost': { records: number, because: text },
  /** The file was found changed when it was opened, and is gone on with. */
  'journal-damaged': { file: text, faults: list(text) },
} as const satisfies Record<string, Fields>

/** Every kind of record with its fields beside `kind` and `atMs`, each with what it has to be, for people. */
export function recordKinds(): ReadonlyMap<RecordKind, ReadonlyMap<string, string>> {
  const fieldsOf = (fields: Fields) => new Map(Object.entries(fields).map(([name, { what }]) => [name, what]))
  return new Map(Object.entries(RECORD_FIELDS).map(([kind, fields]) => [kind as RecordKind, fieldsOf(fields)]))
}

/** What a line says, once its shape is checked. */
export type ReadRecord =
  | { readonly kind: 'known'; readonly record: JournalRecord }
  /** Of a newer version, or a kind that this one does not have: kept as it is, and said. */
  | { readonly kind: 'strange'; readonly words: string }
  | { readonly kind: 'wrong'; readonly words: string }

/** The version of these fields. Grows when a kind changes its fields; new kinds do not change it. */
export const RECORD_VERSION = 1

/**
 * Checks what was read back. Fields that the kind does not have are let through.
 * @param place where it was read, such as `line 12`, for the words of a problem
 */
export function readRecord(value: Readonly<Record<string, unknown>>, version: number, place: string): ReadRecord {
  const { kind } = value
  if (typeof kind !== 'string')
    return { kind: 'wrong', words: `${place}: expected kind to be text; the record is left out` }
  const isNewer = version > RECORD_VERSION
  const of = isNewer ? ` of version ${version}` : ''
  const fields: Fields | undefined = Object.hasOwn(RECORD_FIELDS, kind) ? RECORD_FIELDS[kind as RecordKind] : undefined
  if (!fields)
    return {
      kind: 'strange',
      words: `${place}: a record${of} of the kind ${JSON.stringify(kind)}, which this version does not know; it is kept`,
    }
  const problem = fieldProblem({ atMs: number, ...fields }, value)
  if (problem === null) return { kind: 'known', record: value as JournalRecord }
  const words = `${place}, ${kind}${of}: ${problem}`
  return isNewer ? { kind: 'strange', words: `${words}; it is kept` } : { kind: 'wrong', words }
}

/** Stands before an order: {@link Announcement}. */
export const announces = ({ kind }: { readonly kind: string }): boolean => kind.startsWith('about-to-')

/** Facts that pulling the plug must not undo, however little durability was chosen for orders: a locked day, and its limits. */
export function bindsTheDay(record: { readonly kind: string; readonly fact?: unknown }): boolean {
  return (
    record.kind === 'guard' && isObject(record.fact) && (record.fact.kind === 'locked' || record.fact.kind === 'limits')
  )
}

export function isAnnouncement(record: JournalRecord): record is Announcement {
  return announces(record)
}
