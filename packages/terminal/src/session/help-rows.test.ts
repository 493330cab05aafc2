import { expect, it } from 'vitest'
import { type KeyTable, keyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import { ENGLISH } from '../texts/english.ts'
import { FRENCH } from '../texts/french.ts'
import { helpOf, keyboardWords } from './help-rows.ts'

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
  ['the usual bare keys', [], BARE, 'bare modifier keys trade: Right Ctrl buys, Left Ctrl sells'],
  ['bare keys that were swapped', SWAPPED, BARE, 'bare modifier keys trade: Left Ctrl buys, Right Ctrl sells'],
  ['bare keys that were taken away', NO_BARE, BARE, 'no bare modifier key enters: b buys, s sells'],
  ['letters', [], LETTERS, 'this terminal does not tell bare Ctrl keys: b buys, s sells'],
  [
    'keys of their own',
    [
      { chord: 'b', action: null },
      { chord: 'F5', action: 'buy' },
    ],
    LETTERS,
    'this terminal does not tell bare Ctrl keys: F5 buys, s sells',
  ],
  [
    'no key for a side',
    [{ chord: 'b', action: null }],
    LETTERS,
    'this terminal does not tell bare Ctrl keys: no key buys, s sells',
  ],
  [
    'tmux',
    [],
    { ...LETTERS, isMultiplexed: true },
    'inside tmux or screen bare Ctrl keys are not told: b buys, s sells',
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
