import { expect, it } from 'vitest'
import { manyTrades } from '../../testing/many-trades.ts'
import { SAMPLE_REPORT } from '../../testing/sample-report.ts'
import { blockBar } from './block-bar.ts'
import { brailleCurve } from './braille-curve.ts'
import { screenText } from './report-screen.ts'
import { fitted, padded, textWidth } from './text-width.ts'

const SGR = /\u001b\[[0-9;]*m/g

it.each([80, 100, 132, 200])('keeps every line within %d columns', columns => {
  for (const report of [SAMPLE_REPORT, manyTrades(120, 6)])
    for (const line of screenText(report, { columns, hasColour: false }).split('\n'))
      expect(textWidth(line)).toBeLessThanOrEqual(columns)
})

it('says the same with colour and without, and steers nothing but colour', () => {
  const plain = screenText(SAMPLE_REPORT, { columns: 100, hasColour: false })
  const coloured = screenText(SAMPLE_REPORT, { columns: 100, hasColour: true })
  expect(coloured.replace(SGR, '')).toBe(plain)
  expect(coloured).not.toBe(plain)
  expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
})

it('begins with the result and what does not agree', () => {
  const lines = screenText(SAMPLE_REPORT, { columns: 80, hasColour: false }).split('\n')
  expect(lines.slice(1, 5)).toEqual([
    'Net +18.52 EUR of 8 trades',
    '',
    'DOES NOT AGREE (2)',
    '  -0.07 EUR  The rows reach 10167.20, the broker told 10167.13.',
  ])
})

it('shows entry and exit at 80 columns, and all there is when it is wide', () => {
  const narrow = screenText(SAMPLE_REPORT, { columns: 80, hasColour: false })
  const wide = screenText(SAMPLE_REPORT, { columns: 160, hasColour: false })
  expect(narrow).toMatch(/Opened +Trade +Side +Size +Entry +Exit +Points +Net\n/)
  expect(wide).toMatch(/Opened +Held +Trade +Side +Size +Entry +Exit +Points +Net +R\n/)
})

it('ends with the desk: what was denied and rejected, how long each step took, and what the guard did', () => {
  const screen = screenText(SAMPLE_REPORT, { columns: 100, hasColour: false })
  expect(screen).toMatch(/Denied by the guard +too-soon +2\n/)
  expect(screen).toMatch(/Rejected by the broker +MARKET_CLOSED_WITH_EDITS +1\n/)
  expect(screen).toMatch(/acknowledged +38\.2 +71 +120\.25\n/)
  expect(screen).toMatch(/Guard\n {2}2026-01-05 16:20:01 day-loss: Half of the day's loss is used/)
})

it('says from when to when the drawdown was, and which kinds of trades there are', () => {
  const screen = screenText(SAMPLE_REPORT, { columns: 100, hasColour: false })
  expect(screen).toContain('  Drawdown from 2026-01-05 15:33:20 to 2026-01-05 17:05:00, not made good\n')
  expect(screen.match(/^By .*?(?= {2})/gm)).toEqual([
    ...['By hour', 'By market', 'By preset', 'By side', 'By holding time', 'By tag'],
  ])
})

it('counts the trades that it does not list', () => {
  expect(screenText(manyTrades(40, 2), { columns: 80, hasColour: false, mostTrades: 5 })).toContain('The last 5 of 40.')
})

it('draws a rising line from the lower left to the upper right', () => {
  expect(brailleCurve([0, 1, 2, 3, 4, 5, 6, 7], 4, 2).rows).toEqual(['⠀⠀⣠⠞', '⣠⠞⠁⠀'])
})

it.each([
  [4, 4, '    │████'],
  [-2, 4, '  ██│    '],
  [1.5, 4, '    │█▌  '],
  [0, 4, '    │    '],
  [1, 0, '    │    '],
])('draws a bar of %d of %d', (value, most, drawn) => {
  expect(blockBar(value, most, 9)).toBe(drawn)
})

it('measures wide, joined and marked characters as a terminal does', () => {
  expect(['日本', 'e\u0301', '👩‍👩‍👧', 'abc'].map(textWidth)).toEqual([4, 1, 2, 3])
  expect(fitted('日本語', 4)).toBe('日…')
  expect(padded('日', 4, true)).toBe('  日')
})
