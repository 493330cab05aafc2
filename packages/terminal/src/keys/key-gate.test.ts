import { expect, it } from 'vitest'
import { createKeyDecoder } from './key-decoder.ts'
import { OPEN_GATE, passKeys } from './key-gate.ts'
import type { KeyAction } from './key-table.ts'

/** A terminal in which keys arrive as bytes at stated times; collects what got through. */
function keyboard(context: 'trading' | 'question' = 'trading') {
  const decoder = createKeyDecoder()
  let gate = OPEN_GATE
  const actions: KeyAction[] = []
  const notices: string[] = []
  return {
    actions,
    notices,
    read(text: string, atMs = 0) {
      const passed = passKeys(gate, decoder.decode(Buffer.from(text), atMs), context, atMs)
      gate = passed.gate
      actions.push(...passed.actions)
      notices.push(...passed.notices)
      return this
    },
  }
}

const KITTY = '\x1b[?11u'

it.each([
  ['b', ['buy']],
  ['s', ['sell']],
  [' ', ['flatten']],
  ['q', ['quit']],
  ['\x03', ['quit']],
  ['x', []],
  ['B', []],
  ['\x1bb', []],
] as const)('takes %j for %j', (text, expected) => {
  expect(keyboard().read(text).actions).toEqual(expected)
})

it('sends a held key once where the terminal repeats bytes', () => {
  const keys = keyboard().read('b', 0)
  for (let atMs = 500; atMs < 3_000; atMs += 33) keys.read('b', atMs)
  expect(keys.actions).toEqual(['buy'])
  expect(keys.notices[0]).toContain('held key')
})

it('sends a held key once where the terminal reports repeats', () => {
  const keys = keyboard().read(KITTY).read('\x1b[98u', 0)
  for (let atMs = 500; atMs < 2_000; atMs += 33) keys.read('\x1b[98;1:2u', atMs)
  expect(keys.read('\x1b[98;1:3u', 2_000).actions).toEqual(['buy'])
})

it('takes a second press at once where the terminal tells it from a repeat', () => {
  const keys = keyboard().read(KITTY)
  keys.read('\x1b[98u\x1b[98;1:3u', 0).read('\x1b[98u\x1b[98;1:3u', 150)
  expect(keys.actions).toEqual(['buy', 'buy'])
})

it('sends a held key once on a keyboard that waits a second before it repeats, and through a stalled loop', () => {
  const slow = keyboard().read('b', 0)
  for (let atMs = 1_000; atMs < 2_000; atMs += 33) slow.read('b', atMs)
  const stalled = keyboard().read('b', 0).read('b', 500).read('bbb', 4_000)
  expect([slow.actions, stalled.actions]).toEqual([['buy'], ['buy']])
})

it('takes the same entry again at once when another key came between: a key is not held through another', () => {
  expect(keyboard().read('b', 0).read(' ', 150).read('b', 300).actions).toEqual(['buy', 'flatten', 'buy'])
})

it('takes the other side right after an entry: only the same key can be held', () => {
  expect(keyboard().read('b', 0).read('s', 100).actions).toEqual(['buy', 'sell'])
})

it('takes a new press after a pause', () => {
  expect(keyboard().read('b', 0).read('b', 2_100).actions).toEqual(['buy', 'buy'])
})

it('closes again on a second tap, but not thirty times a second while Space is held', () => {
  const keys = keyboard().read(' ', 0).read(' ', 200)
  for (let atMs = 233; atMs < 1_000; atMs += 33) keys.read(' ', atMs)
  expect(keys.actions).toEqual(['flatten', 'flatten'])
})

it('takes b and Space that a busy loop merged into one read, in their order', () => {
  expect(keyboard().read('b ').actions).toEqual(['buy', 'flatten'])
})

it('takes at most one entry of a read', () => {
  const keys = keyboard().read('bs')
  expect(keys.actions).toEqual(['buy'])
  expect(keys.notices).toHaveLength(1)
})

it('sends nothing from a burst of eight, and says so', () => {
  const keys = keyboard().read('bbbbbbbb')
  expect(keys.actions).toEqual([])
  expect(keys.notices[0]).toContain('8 keys at once')
})

it('sends nothing from a burst in the kitty protocol either; releases do not count as keys', () => {
  const press = '\x1b[98u\x1b[98;1:3u'
  expect(keyboard().read(KITTY).read(press.repeat(8)).actions).toEqual([])
  expect(keyboard().read(KITTY).read(`${press}\x1b[32u\x1b[32;1:3u`).actions).toEqual(['buy', 'flatten'])
})

it('closes once when a run of Spaces comes in one read: a person held the exit while the loop was busy', () => {
  expect(keyboard().read('       ').actions).toEqual(['flatten'])
  expect(keyboard().read(KITTY).read('\x1b[32u\x1b[32;1:3u'.repeat(5)).actions).toEqual(['flatten'])
})

it('does not close from a burst in which Space is only a part', () => {
  expect(keyboard().read('b  sell').actions).toEqual([])
})

it.each([
  ['Ctrl+Space as a byte', '\x00'],
  ['Esc and Space in one read', '\x1b '],
  ['Ctrl+Space', '\x1b[57442u\x1b[32;5u'],
  ['Shift+Space', '\x1b[32;2u'],
])('closes on %s: an exit is an exit whatever is held with it', (_what, text) => {
  expect(keyboard().read(KITTY).read(text).actions).toEqual(['flatten'])
})

it.each([
  ['Ctrl+b', '\x02'],
  ['Alt+b', '\x1bb'],
  ['Ctrl+b, kitty', '\x1b[98;5u'],
])('never enters on %s: an entry is exactly its key', (_what, text) => {
  expect(keyboard().read(KITTY).read(text).actions).toEqual([])
})

it('sends nothing from the tail of a paste that stalled', () => {
  const keys = keyboard().read('\x1b[200~hello', 0).read('b\x1b[201~', 1_200)
  expect(keys.actions).toEqual([])
  expect(keys.notices.join()).toContain('pasted text')
})

it('sends nothing from a marked paste, and says so', () => {
  const keys = keyboard().read('\x1b[200~bbb\x1b[201~')
  expect(keys.actions).toEqual([])
  expect(keys.notices[0]).toContain('pasted text')
})

it('buys on a tap of Right Ctrl and sells on a tap of Left Ctrl', () => {
  const keys = keyboard().read(KITTY)
  keys.read('\x1b[57448;5u', 0).read('\x1b[57448;5:3u', 80)
  keys.read('\x1b[57442u', 500).read('\x1b[57442;5:3u', 580)
  expect(keys.actions).toEqual(['buy', 'sell'])
})

it('never trades on a chord: Ctrl+C quits, whichever is let go first', () => {
  const letterFirst = keyboard().read(KITTY).read('\x1b[57442u\x1b[99;5u').read('\x1b[99;5:3u\x1b[57442;5:3u')
  const ctrlFirst = keyboard().read(KITTY).read('\x1b[57442u\x1b[99;5u').read('\x1b[57442;5:3u\x1b[99;1:3u')
  expect([letterFirst.actions, ctrlFirst.actions]).toEqual([['quit'], ['quit']])
})

it('does not take Ctrl for a tap when it was held for long, when both were down, or when only its release came', () => {
  const long = keyboard().read(KITTY).read('\x1b[57442u', 0).read('\x1b[57442;5:3u', 900)
  const both = keyboard().read(KITTY).read('\x1b[57442u\x1b[57448;5u\x1b[57448;5:3u\x1b[57442;5:3u')
  const release = keyboard().read(KITTY).read('\x1b[57442;5:3u')
  expect([...long.actions, ...both.actions, ...release.actions]).toEqual([])
})

it('keeps the exit alive while a question is asked, and trades on nothing else', () => {
  expect(keyboard('question').read('b').read('s').read(' ').read('y').actions).toEqual(['flatten', 'yes'])
})
