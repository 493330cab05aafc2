import type { KeyAction } from '../keys/key-action.ts'
import { actionKeys } from '../keys/key-hints.ts'
import type { KeyContext, KeyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import type { HelpRow, KeyHint } from '../screen/view.ts'
import type { Texts } from '../texts/texts.ts'

/** Every key of the desk, for the help. */
export function helpRows(table: KeyTable, keyboard: Keyboard | null, texts: Texts): readonly HelpRow[] {
  return (['trading', 'question'] as const).flatMap(context =>
    actionKeys(table, context, keyboard?.bareModifiers ?? false)
      // Exits act everywhere: they stand in the list once.
      .filter(({ kind }) => context === 'trading' || kind !== 'exit')
      .map(({ action, kind, chords }) => ({
        chords: chords.join(' / '),
        label: texts.actions[action],
        kind,
        context,
      })),
  )
}

/**
 * What the hint bar shows of them, the most wanted first; of the exits the one that always works, because none of them is ever
 * left out for want of room. The rest is a key away.
 */
const HINTED: readonly KeyAction[] = [
  'buy',
  'sell',
  'flatten',
  'yes',
  'no',
  'toggle-armed',
  'breakeven',
  'reverse',
  'next-market',
  'pick-market',
  'help',
  'quit',
]

export function keyHints(
  table: KeyTable,
  context: KeyContext,
  hasBareModifiers: boolean,
  texts: Texts,
): readonly KeyHint[] {
  const rows = actionKeys(table, context, hasBareModifiers)
  return HINTED.flatMap(action => {
    const row = rows.find(of => of.action === action)
    return row ? [{ chord: row.chords.join(' / '), label: texts.actions[action], kind: row.kind }] : []
  })
}

/** Which keys are live on this terminal, in words. */
export function keyboardWords(keyboard: Keyboard | null, isOffByFocus: boolean, { keyboard: words }: Texts): string {
  if (isOffByFocus) return words.focusLost
  if (keyboard === null) return words.asking
  if (keyboard.bareModifiers) return words.bareModifiers
  return keyboard.isMultiplexed ? words.multiplexed : words.lettersOnly
}
