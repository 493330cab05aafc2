import { factsOf, KEY_ACTIONS, type KeyAction, type KeyKind } from './key-action.ts'
import { chordOf, isNamedKey } from './key-chord.ts'
import { isBareModifier } from './key-names.ts'
import { PROFILE_KEYS, type ProfileKey, type ProfileName } from './key-profile.ts'
import { readOwnKeys } from './own-keys.ts'
import { tableProblems } from './table-problems.ts'

/**
 * What is on the screen when a key comes: the desk, a question that waits for y or n, the list of keys, or a line that is
 * being typed into.
 */
export type KeyContext = 'trading' | 'question' | 'help' | 'text'

export const KEY_CONTEXTS: readonly KeyContext[] = ['trading', 'question', 'help', 'text']

/** The keys as data: the dispatcher, the hint bar, the help and the README read these rows. */
export interface KeyBinding {
  readonly context: KeyContext
  /** A key's name as the decoder gives it. */
  readonly chord: string
  readonly action: KeyAction
  readonly kind: KeyKind
  /** `tap`: pressed and released with nothing between, so that a chord such as Ctrl+C never trades. */
  readonly fires: 'press' | 'tap'
}

/** Immutable; made by {@link keyTable} only. */
export interface KeyTable {
  /** In the order of the actions. */
  readonly bindings: readonly KeyBinding[]
  bindingOf(context: KeyContext, chord: string): KeyBinding | undefined
}

/** A binding of the trader's own, over those of the profile. */
export interface OwnKey {
  /** As people write it: `Left Ctrl`, `Ctrl+X`, `PgUp`, `b`. */
  readonly chord: string
  /** An action's name; null takes the key away. */
  readonly action: string | null
  /** Left out: where the action belongs, that is trading, or the question for `yes` and `no`. */
  readonly context?: KeyContext
  /** Left out: a modifier by itself on tap, every other key on press. */
  readonly fires?: 'press' | 'tap'
}

export interface KeySettings {
  readonly profile?: ProfileName
  readonly own?: readonly OwnKey[]
  /**
   * Permits what trades on a chord: a bare modifier on press (then Ctrl+C trades first and quits afterwards), and entries on
   * keys such as Ctrl+B.
   */
  readonly allowsChordTrades?: boolean
}

export type MadeTable =
  | { readonly kind: 'table'; readonly table: KeyTable }
  /** Every problem, one sentence each: what was expected, what came, what to do. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] }

/** A row before it is known where else it acts. */
export type BoundKey = Omit<KeyBinding, 'kind'>

export function keyTable({ profile = 'scalper', own = [], allowsChordTrades = false }: KeySettings = {}): MadeTable {
  const read = readOwnKeys(own)
  const rows = withOwn(PROFILE_KEYS[profile].map(boundKey), read.keys)
  const problems = [...read.problems, ...tableProblems(rows, allowsChordTrades)]
  if (problems.length > 0) return { kind: 'problems', problems }
  const bindings = rows.flatMap(inEveryContext)
  const byChord = new Map(bindings.map(binding => [`${binding.context} ${binding.chord}`, binding]))
  return {
    kind: 'table',
    table: Object.freeze({
      bindings: Object.freeze(bindings),
      bindingOf: (context: KeyContext, chord: string) =>
        byChord.get(`${context} ${chord}`) ?? exitWithModifiers(byChord, context, chord),
    }),
  }
}

/** The table of a profile as it stands. */
export function profileTable(profile: ProfileName): KeyTable {
  const known = PROFILE_TABLES.get(profile)
  if (known) return known
  const made = keyTable({ profile })
  if (made.kind === 'problems') throw new Error(`expected the profile ${profile} to be sound, but ${made.problems[0]}`)
  PROFILE_TABLES.set(profile, made.table)
  return made.table
}

const PROFILE_TABLES = new Map<ProfileName, KeyTable>()

const boundKey = ({ context, chord, action }: ProfileKey): BoundKey => ({
  context,
  chord,
  action,
  fires: isBareModifier(chord) ? 'tap' : 'press',
})

/** Own keys take the place of the profile's, and an own `null` takes a key away. */
function withOwn(rows: readonly BoundKey[], own: ReturnType<typeof readOwnKeys>['keys']): readonly BoundKey[] {
  const isTaken = (row: BoundKey) => own.some(({ context, chord }) => context === row.context && chord === row.chord)
  const bound = own.flatMap(({ action, ...key }) => (action === null ? [] : [{ ...key, action }]))
  const place = ({ action }: BoundKey) => KEY_ACTIONS.indexOf(action)
  return [...rows.filter(row => !isTaken(row)), ...bound].sort((one, other) => place(one) - place(other))
}

/** Exits act wherever one may be; while something is typed, by what types nothing. */
function inEveryContext(row: BoundKey): readonly KeyBinding[] {
  const { kind } = factsOf(row.action)
  const binding = { ...row, kind }
  if (kind !== 'exit' || row.context !== 'trading') return [Object.freeze(binding)]
  const contexts = KEY_CONTEXTS.filter(context => context !== 'text' || typesNothing(row.chord))
  return contexts.map(context => Object.freeze({ ...binding, context }))
}

const typesNothing = (chord: string): boolean => isBareModifier(chord) || holdsMoreThanShift(chord)
const holdsMoreThanShift = (chord: string): boolean => chordOf(chord).modifiers.some(name => name !== 'shift')

/**
 * An exit on a key that is no character is one whatever is held with it; while something is typed, when something is. Letters
 * with Ctrl or Alt are keys of their own: a habit such as Ctrl+F must not trade.
 */
function exitWithModifiers(
  byChord: ReadonlyMap<string, KeyBinding>,
  context: KeyContext,
  chord: string,
): KeyBinding | undefined {
  const { modifiers, key } = chordOf(chord)
  if (modifiers.length === 0 || !isNamedKey(key) || (context === 'text' && !holdsMoreThanShift(chord))) return undefined
  const plain = byChord.get(`trading ${key}`)
  return plain?.kind === 'exit' && plain.fires === 'press' ? plain : undefined
}
