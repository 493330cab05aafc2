import { factsOf, type KeyAction, type KeyKind } from './key-action.ts'
import { chordName } from './key-chord.ts'
import { isBareModifier } from './key-names.ts'
import type { KeyContext, KeyTable } from './key-table.ts'

/** The keys of one action, for hint bar, help and README. */
export interface ActionKeys {
  readonly action: KeyAction
  readonly kind: KeyKind
  /** As people write them. */
  readonly chords: readonly string[]
}

/** One for each action of a context, in the order of the actions; bare modifiers only where the terminal reports them. */
export function actionKeys(table: KeyTable, context: KeyContext, hasBareModifiers: boolean): readonly ActionKeys[] {
  const rows = table.bindings.filter(row => row.context === context)
  return [...new Set(rows.map(row => row.action))].flatMap(action => {
    const chords = rows
      .filter(row => row.action === action && (hasBareModifiers || !isBareModifier(row.chord)))
      .map(row => chordName(row.chord))
    return chords.length === 0 ? [] : [{ action, kind: factsOf(action).kind, chords }]
  })
}
