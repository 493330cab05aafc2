import { describe, expect, it } from 'vitest'
import { reasonCases } from '../testing/reason-cases.ts'
import { reasonIn, tradingScript } from '../testing/trading-script.ts'
import { reasons } from './reason.ts'

it('has the 62 reasons of the reference', () => {
  expect(new Set(reasons).size).toBe(62)
})

describe.each(reasons.map(reason => [reason, reasonCases[reason]] as const))('%s', (reason, known) => {
  if (known.by === 'play') {
    it('is given', () => {
      expect(reasonIn(known.play())).toBe(reason)
    })
    return
  }
  it(`is only given when a test asks for it: ${known.because}`, () => {
    const script = tradingScript()
    const [order] = script.open().flatMap(event => (event.kind === 'confirm' ? [event.order] : []))
    expect(order && reasonIn(script.engine.process({ kind: 'refuse', order, reason }))).toBe(reason)
  })
})
