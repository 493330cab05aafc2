import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FRAME_MS } from './candle-history.ts'
import { axisText } from './chart-axis.ts'
import { TIME_FRAMES } from './view.ts'

const NOON = Date.UTC(2026, 0, 5, 12)

describe('the time axis', () => {
  it.each([
    ['ticks', '┴12:00:00──────┴12:00:30──────┴12:01:00─'],
    ['5s', '┴12:00──────┴12:01──────┴12:02──────┴12:'],
    ['1m', '┴12:00────┴12:10────┴12:20────┴12:30────'],
    ['5m', '┴12:00──────┴13:00──────┴14:00──────┴15:'],
  ] as const)('of %s has the times at their columns', (timeFrame, text) => {
    expect(axisText({ timeFrame, columns: 40, first: NOON / FRAME_MS[timeFrame] })).toBe(
      text.endsWith(':') ? text.replace(/┴\d\d:$/, '────') : text,
    )
  })

  it('has whole times only, in the columns that they may take', () => {
    expect(axisText({ timeFrame: '1m', columns: 40, first: NOON / 60_000 }, 3, 25)).toBe(
      '──────────┴12:10────────────────────────',
    )
  })

  it('is as wide as the chart, wherever it begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIME_FRAMES), fc.nat(500), fc.nat(2_000_000), (timeFrame, columns, first) => {
        expect(axisText({ timeFrame, columns, first: first - 1000 })).toHaveLength(columns)
      }),
    )
  })
})
