import { expect, it } from 'vitest'
import { isMultiplexed, keyboardOf } from './keyboard.ts'

it.each([
  [0, false, false],
  [1, false, false],
  [3, false, true],
  [8, false, false],
  [31, true, true],
])('flags %d report bare modifiers: %s, presses apart from repeats: %s', (flags, bareModifiers, eventTypes) => {
  expect(keyboardOf(flags, false)).toEqual({ bareModifiers, eventTypes, isMultiplexed: false })
})

it.each([
  [{ TERM: 'xterm-kitty' }, false],
  [{ TERM: 'tmux-256color' }, true],
  [{ TERM: 'screen' }, true],
  [{ TERM: 'xterm-256color', TMUX: '/tmp/tmux-0/default,1,0' }, true],
  [{ TERM: 'xterm', STY: '123.pts-0' }, true],
  [{}, false],
])('%j is multiplexed: %s', (env, expected) => {
  expect(isMultiplexed(env)).toBe(expected)
})
