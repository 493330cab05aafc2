import { describe, expect, it } from 'vitest'
import { dayProfitLine, exposureLine, latencyLine, notUpdatedLine, outcomeLine } from './state-lines.ts'

const text = (line: readonly { text: string }[]) => line.map(piece => piece.text).join('')

describe('what is open', () => {
  it.each([
    ['flat', 0, ' FLAT '],
    ['open', 0, ' OPEN '],
    ['checking', 0, ' CHECKING '],
    ['unknown', null, ' UNKNOWN   working orders not known'],
    ['open', 1, ' OPEN   1 working order at the broker'],
    ['open', 3, ' OPEN   3 working orders at the broker'],
  ] as const)('%s with %s working orders is read as %j', (exposure, orders, words) => {
    expect(text(exposureLine(exposure, orders))).toBe(words)
  })

  it('has a look of its own for each word', () => {
    const looks = (['flat', 'open', 'checking', 'unknown'] as const).map(word => exposureLine(word, 0)[0]?.look)
    expect(new Set(looks).size).toBe(4)
  })
})

describe('an outcome', () => {
  it.each(['good', 'bad', 'wait', 'info'] as const)('that is %s keeps its words', tone => {
    expect(text(outcomeLine({ tone, text: 'Rejected: market closed' }))).toMatch(/^. Rejected: market closed$/)
  })

  it('is told from another without colour by its mark', () => {
    const marks = (['good', 'bad', 'wait', 'info'] as const).map(tone => text(outcomeLine({ tone, text: '' })))
    expect(new Set(marks).size).toBe(4)
  })

  it('gives way to how long nothing was heard', () => {
    expect(text(notUpdatedLine(1999))).toBe(' NOT UPDATED for 1 s: prices below are old ')
  })
})

it('splits the latency of the last order into its parts', () => {
  const latency = { keyToWireMs: 0.42, wireToAcknowledgedMs: 23.4, acknowledgedToConfirmedMs: null }
  expect(text(latencyLine(latency))).toBe('key→wire 0.4 ms · wire→ack 23 ms · ack→confirm –')
  expect(latencyLine(null)).toEqual([])
})

it('shows a dash for a day that is not known yet', () => {
  expect([text(dayProfitLine(null)), text(dayProfitLine({ text: '-3.10 EUR', tone: 'down' }))]).toEqual([
    'day P/L –',
    'day P/L -3.10 EUR',
  ])
})
