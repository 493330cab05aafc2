/** The keys as data: the dispatcher, the hint bar and the README read these rows. */
export interface KeyBinding {
  readonly context: 'trading' | 'question'
  /** A key's name as the decoder gives it. */
  readonly chord: string
  readonly action: KeyAction
  /** What the hint bar and the README call it. */
  readonly label: string
  /** Entries open something and are guarded; exits always act, whatever modifiers are held with them. */
  readonly kind: 'entry' | 'exit' | 'other'
  /** `tap`: pressed and released with nothing between, so that a chord such as Ctrl+C never trades. */
  readonly fires: 'press' | 'tap'
}

export type KeyAction = 'buy' | 'sell' | 'flatten' | 'quit' | 'yes' | 'no'

export const KEY_TABLE: readonly KeyBinding[] = [
  { context: 'trading', chord: 'b', action: 'buy', label: 'buy', kind: 'entry', fires: 'press' },
  { context: 'trading', chord: 's', action: 'sell', label: 'sell', kind: 'entry', fires: 'press' },
  { context: 'trading', chord: 'right-ctrl', action: 'buy', label: 'buy', kind: 'entry', fires: 'tap' },
  { context: 'trading', chord: 'left-ctrl', action: 'sell', label: 'sell', kind: 'entry', fires: 'tap' },
  { context: 'trading', chord: 'space', action: 'flatten', label: 'close everything', kind: 'exit', fires: 'press' },
  { context: 'trading', chord: 'q', action: 'quit', label: 'quit', kind: 'other', fires: 'press' },
  { context: 'trading', chord: 'ctrl+c', action: 'quit', label: 'quit', kind: 'other', fires: 'press' },
  // A question never takes the exit away: Space still closes everything while one is asked.
  { context: 'question', chord: 'space', action: 'flatten', label: 'close everything', kind: 'exit', fires: 'press' },
  { context: 'question', chord: 'y', action: 'yes', label: 'yes', kind: 'other', fires: 'press' },
  { context: 'question', chord: 'n', action: 'no', label: 'no', kind: 'other', fires: 'press' },
]

export function bindingOf(context: KeyBinding['context'], chord: string): KeyBinding | undefined {
  const rows = KEY_TABLE.filter(row => row.context === context)
  return (
    rows.find(row => row.chord === chord) ?? rows.find(row => row.kind === 'exit' && chord.endsWith(`+${row.chord}`))
  )
}

const CHORD_NAMES: Readonly<Record<string, string>> = {
  space: 'Space',
  'right-ctrl': 'Right Ctrl',
  'left-ctrl': 'Left Ctrl',
  'ctrl+c': 'Ctrl+C',
}

export const chordName = (chord: string): string => CHORD_NAMES[chord] ?? chord

/** Rows for the hint bar: one per action, its chords joined; bare Ctrl keys only where the terminal tells them apart. */
export function keyHints(context: KeyBinding['context'], hasBareCtrl: boolean) {
  const rows = KEY_TABLE.filter(row => row.context === context && (hasBareCtrl || row.fires === 'press'))
  return [...new Set(rows.map(row => row.action))].map(action => {
    const same = rows.filter(row => row.action === action)
    const [first] = same
    return {
      chord: same.map(row => chordName(row.chord)).join(' / '),
      label: first?.label ?? action,
      kind: first?.kind ?? 'other',
    }
  })
}
