import { factsOf, type KeyAction } from './key-action.ts'
import { chordName, chordOf, hasModifier, isNamedKey } from './key-chord.ts'
import { isBareModifier } from './key-names.ts'
import type { BoundKey } from './key-table.ts'

/** Why a table must not be traded with, one sentence each; empty when it may. */
export function tableProblems(rows: readonly BoundKey[], allowsChordTrades: boolean): readonly string[] {
  return [
    ...rows.flatMap(row => rowProblems(row, allowsChordTrades)),
    ...contradictions(rows),
    ...hiddenExits(rows),
    ...NEEDED.flatMap(need => missing(rows, ...need)),
  ]
}

/** Without these a trader could not get out. A modifier by itself does not count: few terminals report it. */
const NEEDED: readonly [KeyAction, BoundKey['context']][] = [
  ['flatten', 'trading'],
  ['quit', 'trading'],
  ['yes', 'question'],
  ['no', 'question'],
]

function missing(rows: readonly BoundKey[], action: KeyAction, context: BoundKey['context']): readonly string[] {
  const keys = rows.filter(row => row.action === action && row.context === context)
  if (keys.some(({ chord }) => !isBareModifier(chord))) return []
  const but = keys.length === 0 ? 'it has none' : 'it has only modifiers, which few terminals report'
  return [`expected a key for ${action} that works in every terminal, but ${but}; bind one, or leave its own alone`]
}

/** What terminals, shells and desktops do on these; and Escape, which is also how every sequence begins. */
const COMMON_CHORDS: ReadonlySet<string> = new Set([
  ...[...'cdlqsvxz\\'].map(letter => `ctrl+${letter}`),
  'alt+tab',
  'super+tab',
  'escape',
])

function rowProblems({ context, chord, action, fires }: BoundKey, allowsChordTrades: boolean): readonly string[] {
  const { kind, danger } = factsOf(action)
  const key = chordName(chord)
  const problems: string[] = []
  const isAnswer = action === 'yes' || action === 'no'
  const isAtHome = context === (isAnswer ? 'question' : 'trading')
  // What does nothing at the broker may also be had while something is typed.
  if (kind !== 'exit' && !isAtHome && !(context === 'text' && danger === 'none' && !isAnswer))
    problems.push(
      `${key}: expected ${action} while ${isAnswer ? 'a question is asked' : 'trading'}, but got ${context}; leave its context out`,
    )
  if (kind === 'exit' && context !== 'trading')
    problems.push(`${key}: expected ${action} once for every context, but got ${context}; leave its context out`)
  if (context === 'text' && !isBareModifier(chord) && !chordOf(chord).modifiers.some(name => name !== 'shift'))
    problems.push(`${key}: expected a key that types nothing, but it is for typing there; use a chord such as Ctrl+X`)
  if (fires === 'press' && isBareModifier(chord) && danger !== 'none' && !allowsChordTrades)
    problems.push(
      `${key}: expected ${action} on a tap, but it fires on press, so that every chord with it would trade, Ctrl+C too; leave fires out, or set allowsChordTrades`,
    )
  if (kind === 'entry' && COMMON_CHORDS.has(chord))
    problems.push(
      `${key}: expected a key of its own for ${action}, but everybody presses it for other things; use another`,
    )
  else if (kind === 'entry' && hasModifier(chord) && !allowsChordTrades)
    problems.push(
      `${key}: expected one key for ${action}, but it is several at once, which a slip presses too; use one, or set allowsChordTrades`,
    )
  return problems
}

/** A key that answers a question cannot be an exit as well: one of them would not act. */
function contradictions(rows: readonly BoundKey[]): readonly string[] {
  const answers = rows.filter(({ context }) => context === 'question')
  return rows
    .filter(({ action, context }) => context === 'trading' && factsOf(action).kind === 'exit')
    .flatMap(({ chord, action }) => {
      const answer = answers.find(row => row.chord === chord)
      return answer
        ? [
            `${chordName(chord)}: expected one meaning, but it is ${action} and answers ${answer.action}; use another key`,
          ]
        : []
    })
}

/** Keys such as Space close whatever is held with them: an entry on Ctrl+Space would take that away. */
function hiddenExits(rows: readonly BoundKey[]): readonly string[] {
  const exits = rows.filter(({ action }) => factsOf(action).kind === 'exit')
  return rows
    .filter(({ action, chord }) => factsOf(action).kind === 'entry' && hasModifier(chord))
    .flatMap(({ chord, action }) => {
      const exit = exits.find(row => row.chord === chordOf(chord).key && isNamedKey(row.chord))
      return exit
        ? [
            `${chordName(chord)}: expected ${exit.action}, as ${chordName(exit.chord)} is, but it is ${action}; use another key`,
          ]
        : []
    })
}
