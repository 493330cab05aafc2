import { expect, it } from 'vitest'
import { hintLine } from './hint-line.ts'
import { lineWidth } from './line.ts'
import { FLAT_VIEW } from './test/sample-view.ts'
import type { KeyHint } from './view.ts'

const text = (keys: readonly KeyHint[], width: number) =>
  hintLine(keys, width)
    .map(piece => piece.text)
    .join('')
    .trim()

it.each([
  [80, 'b  BUY   s  SELL  │  Space  FLATTEN  │  q  quit   ?  help'],
  [55, 'b  BUY   s  SELL  │  Space  FLATTEN  │  q  quit'],
  [45, 'b  BUY   s  SELL  │  Space  FLATTEN'],
  [30, 'Space  FLATTEN'],
  [3, 'Space  FLATTEN'],
])('in %d columns the hints that stay are %s', (width, words) => {
  expect(text(FLAT_VIEW.keys, width)).toBe(words)
})

it('keeps entries, exits and the rest apart, whatever their order', () => {
  expect(text(FLAT_VIEW.keys.toReversed(), 80)).toBe('s  SELL   b  BUY  │  Space  FLATTEN  │  ?  help   q  quit')
})

it('is empty without keys', () => {
  expect(lineWidth(hintLine([], 80))).toBe(0)
})
