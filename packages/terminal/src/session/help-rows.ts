import { factsOf, type KeyAction } from '../keys/key-action.ts'
import { chordName } from '../keys/key-chord.ts'
import { actionKeys } from '../keys/key-hints.ts'
import { isBareModifier } from '../keys/key-names.ts'
import type { KeyContext, KeyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import type { HelpRow, KeyHint } from '../screen/view.ts'
import type { Texts } from '../texts/texts.ts'
import type { Help } from './dialogue.ts'

/** Every key of the desk, from the first page on. */
export function helpOf(table: KeyTable, keyboard: Keyboard | null, texts: Texts): Help {
  return { kind: 'help', rows: helpRows(table, keyboard, texts), page: 0, turn: pageKey(table) }
}

function helpRows(table: KeyTable, keyboard: Keyboard | null, texts: Texts): readonly HelpRow[] {
  const listed = (['trading', 'question'] as const).flatMap(context =>
    actionKeys(table, context, keyboard?.bareModifiers ?? false)
      // Exits act everywhere: they stand in the list once.
      .filter(({ kind }) => context === 'trading' || kind !== 'exit')
      // The trading table is what always holds.
      .map(row => ({ ...row, context: context === 'trading' ? '' : texts.panes.whenAsked })),
  )
  const sizes = listed.filter(({ action }) => isSize(action))
  const areTogether = sizes.length === 9 && sizes.every(({ chords }) => chords.length === 1)
  return listed.flatMap(({ action, kind, chords, context }): readonly HelpRow[] => {
    const { danger } = factsOf(action)
    if (!areTogether || !isSize(action))
      return [{ chords: chords.join(' / '), label: texts.actions[action], kind, danger, context }]
    // Nine keys of one kind are one line.
    const between = [sizes[0], sizes[8]].map(row => row?.chords[0]).join(' … ')
    return action === 'size-1' ? [{ chords: between, label: texts.panes.allSizes, kind, danger, context }] : []
  })
}

const isSize = (action: KeyAction): boolean => action.startsWith('size-')

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
  'help',
  'breakeven',
  'next-market',
  'pick-market',
  'quit',
]

export function keyHints(
  table: KeyTable,
  context: KeyContext,
  hasBareModifiers: boolean,
  texts: Texts,
): readonly KeyHint[] {
  const rows = actionKeys(table, context, hasBareModifiers)
  const hints = HINTED.flatMap(action => {
    const row = rows.find(of => of.action === action)
    return row ? [{ chord: row.chords.join(' / '), label: texts.actions[action], kind: row.kind }] : []
  })
  const { typing } = texts
  switch (context) {
    case 'text':
      return [
        ...chordedExit(table, texts),
        { chord: 'Enter', label: typing.enter, kind: 'other' },
        { chord: 'Esc', label: typing.escape, kind: 'other' },
        { chord: '↑ ↓', label: typing.arrows, kind: 'other' },
        ...hints,
      ]
    case 'help':
      return [...hints, { chord: typing.anyKey, label: typing.back, kind: 'other' }]
    default:
      return hints
  }
}

/** Closing everything while letters are text: the key that does it, with Ctrl. */
function chordedExit(table: KeyTable, { actions }: Texts): readonly KeyHint[] {
  const keys = table.bindings.filter(of => of.action === 'flatten' && of.context === 'trading')
  const chord = keys.map(of => `ctrl+${of.chord}`).find(one => table.bindingOf('text', one)?.action === 'flatten')
  return chord ? [{ chord: chordName(chord), label: actions.flatten, kind: 'exit' }] : []
}

/** Which keys are live on this terminal, in words: by the table, so that nobody is told the wrong side. */
export function keyboardWords(
  table: KeyTable,
  keyboard: Keyboard | null,
  isOffByFocus: boolean,
  { keyboard: words }: Texts,
): string {
  if (isOffByFocus) return words.focusLost
  if (keyboard === null) return words.asking
  const bare = sidesOf(table, isBareModifier)
  if (keyboard.bareModifiers && (bare.buy ?? bare.sell) !== null)
    return words.bareModifiers(words.sides(bare.buy, bare.sell))
  const { buy, sell } = sidesOf(table, chord => !isBareModifier(chord))
  const sides = words.sides(buy, sell)
  if (keyboard.bareModifiers) return words.noneBare(sides)
  return keyboard.isMultiplexed ? words.multiplexed(sides) : words.lettersOnly(sides)
}

/** The first key of each side that fits. */
function sidesOf(table: KeyTable, fits: (chord: string) => boolean): Record<'buy' | 'sell', string | null> {
  const keyOf = (action: KeyAction): string | null => {
    const row = table.bindings.find(of => of.action === action && of.context === 'trading' && fits(of.chord))
    return row ? chordName(row.chord) : null
  }
  return { buy: keyOf('buy'), sell: keyOf('sell') }
}

/** The key that turns the pages of the help; null where none is bound. */
function pageKey(table: KeyTable): string | null {
  const row = table.bindings.find(({ action, context }) => action === 'next-selection' && context === 'trading')
  return row ? chordName(row.chord) : null
}
