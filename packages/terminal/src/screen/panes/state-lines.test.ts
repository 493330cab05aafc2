import { describe, expect, it } from 'vitest'
import { textsOf } from '../../texts/texts.ts'
import { said, saidAll } from '../test/said.ts'
import { dayProfitLine, exposureLine, notUpdatedLine, outcomeLines } from './state-lines.ts'

const TEXTS = textsOf('en')

describe('what is open', () => {
  it.each([
    ['flat', 0, ' FLAT '],
    ['open', 0, ' OPEN '],
    ['checking', 0, ' CHECKING '],
    ['unknown', null, ' UNKNOWN   working orders not known'],
    ['open', 1, ' OPEN   1 working order at the broker'],
    ['open', 3, ' OPEN   3 working orders at the broker'],
  ] as const)('%s with %s working orders is read as %j', (exposure, orders, words) => {
    expect(said(exposureLine(exposure, orders, 60, TEXTS))).toBe(words)
  })

  it('is said in French, where nothing open cannot be taken for anything else', () => {
    expect(said(exposureLine('flat', 0, 60, textsOf('fr')))).toBe(' À PLAT ')
  })

  it('is said more shortly where there is less room', () => {
    expect(said(exposureLine('open', 2, 30, TEXTS))).toBe(' OPEN   2 working orders')
  })

  it('has a look of its own for each word', () => {
    const looks = (['flat', 'open', 'checking', 'unknown'] as const).map(
      word => exposureLine(word, 0, 60, TEXTS)[0]?.look,
    )
    expect(new Set(looks).size).toBe(4)
  })
})

describe('an outcome', () => {
  it.each(['good', 'bad', 'wait', 'info'] as const)('that is %s keeps its words', tone => {
    expect(saidAll(outcomeLines({ tone, text: 'Rejected: market closed' }, { width: 40, height: 1 }, 0))).toEqual([
      expect.stringMatching(/^. Rejected: market closed$/),
    ])
  })

  it('is told from another without colour by its mark', () => {
    const marks = (['good', 'bad', 'wait', 'info'] as const).map(
      tone => saidAll(outcomeLines({ tone, text: '' }, { width: 9, height: 1 }, 0))[0],
    )
    expect(new Set(marks).size).toBe(4)
  })

  it('goes on in a second row where there is one, and cuts no figure', () => {
    const outcome = { tone: 'good', text: 'Filled: bought 1 at 1.08521, stop 1.08371' } as const
    expect(saidAll(outcomeLines(outcome, { width: 32, height: 2 }, 0))).toEqual([
      '■ Filled: bought 1 at 1.08521,',
      '  stop 1.08371',
    ])
    const narrow = { width: 24, height: 1 }
    expect([0, 1, 2, 3].map(turn => saidAll(outcomeLines(outcome, narrow, turn))[0])).toEqual([
      '■ Filled: bought 1 at…',
      '■ …1.08521, stop…',
      '■ …1.08371',
      '■ Filled: bought 1 at…',
    ])
  })

  it('gives way to how long nothing was heard', () => {
    expect(said(notUpdatedLine(1999, 60, TEXTS))).toBe(' NOT UPDATED for 1 s: prices below are old ')
    expect(said(notUpdatedLine(1999, 40, TEXTS))).toBe(' NOT UPDATED ')
  })
})

it('shows the day’s profit in the fullest way that fits, and a dash while it is not known', () => {
  const profit = { text: '-3.10 EUR', tone: 'down' } as const
  expect([26, 15, 10].map(width => said(dayProfitLine(profit, false, width, TEXTS)))).toEqual([
    'day P/L -3.10 EUR',
    'P/L -3.10 EUR',
    '-3.10 EUR',
  ])
  expect(said(dayProfitLine(null, false, 26, TEXTS))).toBe('day P/L –')
  expect(dayProfitLine(profit, true, 26, TEXTS).at(-1)?.look).toBe('stale')
})
