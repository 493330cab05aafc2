import { expect, it } from 'vitest'
import { chordName, readChord } from './key-chord.ts'

it.each([
  ['b', 'b', 'b'],
  ['B', 'B', 'B'],
  ['Shift+b', 'B', 'B'],
  ['é', 'é', 'é'],
  [' ', 'space', 'Space'],
  ['SPACE', 'space', 'Space'],
  ['Left Ctrl', 'left-ctrl', 'Left Ctrl'],
  ['right control', 'right-ctrl', 'Right Ctrl'],
  ['left_cmd', 'left-super', 'Left Super'],
  ['Ctrl+C', 'ctrl+c', 'Ctrl+C'],
  ['control + c', 'ctrl+c', 'Ctrl+C'],
  ['Ctrl+Shift+c', 'shift+ctrl+c', 'Shift+Ctrl+C'],
  ['Shift+Tab', 'shift+tab', 'Shift+Tab'],
  ['PgUp', 'page-up', 'PgUp'],
  ['esc', 'escape', 'Esc'],
  ['←', 'left', '←'],
  ['F12', 'f12', 'F12'],
  ['+', '+', '+'],
  ['Ctrl++', 'ctrl++', 'Ctrl++'],
  ['?', '?', '?'],
])('%j is read as %s and written %s', (text, name, written) => {
  expect(readChord(text)).toEqual({ kind: 'chord', name })
  expect(chordName(name)).toBe(written)
})

it.each([
  ['left-crtl', 'left-crtl', 'left-ctrl'],
  ['F99', 'F99', 'f19'],
  ['strg+c', 'strg', 'ctrl'],
  ['\x07', '\x07', null],
])('%j is no key', (text, part, nearest) => {
  expect(readChord(text)).toEqual({ kind: 'unknown', part, nearest })
})
