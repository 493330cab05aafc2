import { expect, it } from 'vitest'
import { lineWidth } from '../line.ts'
import { FULL_VIEW } from '../test/full-view.ts'
import { said } from '../test/said.ts'
import { FLAT_VIEW } from '../test/sample-view.ts'
import { hintLine, questionLine } from './hint-line.ts'

it.each([
  [80, 'b  BUY   s  SELL  │  Space  FLATTEN  │  q  quit   ?  help'],
  [55, 'b  BUY   s  SELL  │  Space  FLATTEN  │  q  quit'],
  [45, 'b  BUY   s  SELL  │  Space  FLATTEN'],
  [30, 'b BUY  s SELL │ Space FLATTEN'],
  [28, 'b BUY s SELL │ Space FLATTEN'],
  [27, 'Space  FLATTEN'],
  [8, 'Space'],
])('in %d columns the hints that stay are %s', (width, words) => {
  expect(said(hintLine(FLAT_VIEW.keys, width)).trim()).toBe(words)
})

it.each([
  [
    120,
    'b / Right Ctrl  buy   s / Left Ctrl  sell  │  Space  close everything   h  close half  │  e  stop to breakeven',
  ],
  [70, 'b  buy   s  sell  │  Space  close everything   h  close half'],
  [50, 'b  buy   s  sell  │  Space  close everything'],
  [40, 'b buy  s sell │ Space close everything'],
  [37, 'b buy s sell │ Space close everything'],
  [36, 'Space  close everything'],
])('in %d columns chords of two forms and several exits come down to %s', (width, words) => {
  expect(said(hintLine(FULL_VIEW.keys, width)).trim()).toBe(words)
})

it('never takes more than its width, and keeps the first exit in whatever there is', () => {
  for (let width = 7; width < 220; width += 1) {
    const line = hintLine(FULL_VIEW.keys, width)
    expect(lineWidth(line)).toBeLessThanOrEqual(width)
    expect(said(line)).toContain('Space')
  }
})

it('keeps entries, exits and the rest apart, whatever their order', () => {
  expect(said(hintLine(FLAT_VIEW.keys.toReversed(), 80)).trim()).toBe(
    's  SELL   b  BUY  │  Space  FLATTEN  │  ?  help   q  quit',
  )
})

it('is empty without keys', () => {
  expect(lineWidth(hintLine([], 80))).toBe(0)
})

it('keeps the exit beside a question where there is room', () => {
  expect(said(questionLine('Quit? y / n', FULL_VIEW.keys, 60)).trim()).toBe(
    'Quit? y / n   Space  close everything   h  close half',
  )
  expect(said(questionLine('Quit? y / n', FULL_VIEW.keys, 24)).trim()).toBe('Quit? y / n   Space')
  expect(said(questionLine('Quit? y / n', FULL_VIEW.keys, 14)).trim()).toBe('Quit? y / n')
})

it('keeps both sides in words longer than they are in English, before any further entry', () => {
  const keys = [
    { chord: 'b', label: 'acheter', kind: 'entry' },
    { chord: 's', label: 'vendre', kind: 'entry' },
    { chord: 'Space', label: 'tout clôturer', kind: 'exit' },
    { chord: 'v', label: 'inverser', kind: 'entry' },
    { chord: 'q', label: 'quitter', kind: 'other' },
  ] as const
  expect(said(hintLine(keys, 60)).trim()).toBe('b  acheter   s  vendre  │  Space  tout clôturer')
  expect(said(hintLine(keys, 40)).trim()).toBe('b acheter s vendre │ Space tout clôturer')
  expect(said(hintLine(keys, 38)).trim()).toBe('Space  tout clôturer')
})
