import { expect, it } from 'vitest'
import { type KeyContext, type KeyTable, keyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import { helpOf, keyboardWords, keyHints } from './help-rows.ts'

const BARE: Keyboard = { bareModifiers: true, eventTypes: true, isMultiplexed: false }
const LETTERS: Keyboard = { bareModifiers: false, eventTypes: false, isMultiplexed: false }

type Own = NonNullable<NonNullable<Parameters<typeof keyTable>[0]>['own']>

function tableOf(own: Own = []): KeyTable {
  const made = keyTable({ profile: 'scalper', own })
  if (made.kind === 'problems') throw new Error(made.problems.join('\n'))
  return made.table
}

const SWAPPED: Own = [
  { chord: 'Left Ctrl', action: 'buy' },
  { chord: 'Right Ctrl', action: 'sell' },
]
const NO_BARE: Own = [
  { chord: 'Left Ctrl', action: null },
  { chord: 'Right Ctrl', action: null },
]

it.each<[what: string, own: Own, keyboard: Keyboard | null, words: string]>([
  ['the usual bare keys', [], BARE, 'Right Ctrl buys, Left Ctrl sells: bare modifier keys trade'],
  ['bare keys that were swapped', SWAPPED, BARE, 'Left Ctrl buys, Right Ctrl sells: bare modifier keys trade'],
  ['bare keys that were taken away', NO_BARE, BARE, 'b buys, s sells; no bare modifier key enters'],
  ['letters', [], LETTERS, 'b buys, s sells; this terminal does not tell bare Ctrl keys'],
  [
    'keys of their own',
    [
      { chord: 'b', action: null },
      { chord: 'F5', action: 'buy' },
    ],
    LETTERS,
    'F5 buys, s sells; this terminal does not tell bare Ctrl keys',
  ],
  [
    'no key for a side',
    [{ chord: 'b', action: null }],
    LETTERS,
    'no key buys, s sells; this terminal does not tell bare Ctrl keys',
  ],
  [
    'tmux',
    [],
    { ...LETTERS, isMultiplexed: true },
    'b buys, s sells; inside tmux or screen bare Ctrl keys are not told',
  ],
  ['a terminal that has not answered', [], null, 'asking the terminal which keys it can tell'],
])('which keys are live is said as they are bound: %s', (_what, own, keyboard, words) => {
  expect(keyboardWords(tableOf(own), keyboard, false, ENGLISH)).toBe(words)
})

it('says above all that a lost focus took the entries away', () => {
  expect(keyboardWords(tableOf(), BARE, true, ENGLISH)).toBe(ENGLISH.keyboard.focusLost)
})

it.each([
  ['English', ENGLISH, 'when asked'],
  ['French', FRENCH, 'à une question'],
])('%s: the help says when a key holds only where that is not always', (_language, texts, words) => {
  const { rows } = helpOf(tableOf(), LETTERS, texts)
  const contexts = new Map(rows.map(({ chords, context }) => [chords, context]))
  expect(contexts.get('b')).toBe('')
  expect(contexts.get('Space')).toBe('')
  expect(contexts.get('y')).toBe(words)
})

it('the help names the key that turns its pages, as it is bound', () => {
  expect(helpOf(tableOf(), LETTERS, ENGLISH)).toMatchObject({ page: 0, turn: 'PgDn' })
  expect(helpOf(tableOf([{ chord: 'PgDn', action: null }]), LETTERS, ENGLISH)).toMatchObject({ turn: null })
})

it('lists nine sizes as one row, unless one of them has keys of its own', () => {
  const sizes = (own: Own) =>
    helpOf(tableOf(own), LETTERS, ENGLISH).rows.filter(({ label }) => label.startsWith('size'))
  expect(sizes([])).toEqual([{ chords: '1 … 9', label: 'size 1 to 9', kind: 'other', danger: 'none', context: '' }])
  expect(sizes([{ chord: 'F9', action: 'size-9' }])).toHaveLength(9)
})

it('says of each key what it does at the broker', () => {
  const { rows } = helpOf(tableOf(), LETTERS, ENGLISH)
  const dangers = new Map(rows.map(({ chords, danger }) => [chords, danger]))
  expect(['b', 'Space', 'u', 'm'].map(chord => dangers.get(chord))).toEqual(['sends', 'changes', 'changes', 'none'])
})

it.each<[context: KeyContext, own: Own, hints: string]>([
  ['trading', [], 'b buy, s sell, Space close everything, a arm / disarm, ? help, e stop to breakeven'],
  ['question', [], 'Space close everything, y yes, n / Esc no'],
  ['help', [], 'Space close everything, any key back'],
  ['text', [], 'Ctrl+Space close everything, Enter take it, Esc leave, ↑ ↓ choose, Ctrl+C quit'],
  [
    'text',
    [
      { chord: 'Space', action: null },
      { chord: 'F2', action: 'flatten' },
    ],
    'Ctrl+F2 close everything, Enter take it',
  ],
])('hints at the keys that work in the context %s', (context, own, hints) => {
  const shown = keyHints(tableOf(own), context, false, ENGLISH).map(({ chord, label }) => `${chord} ${label}`)
  expect(shown.join(', ').slice(0, hints.length)).toBe(hints)
})
