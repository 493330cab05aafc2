import { describe, expect, it } from 'vitest'
import { brokerTimeLine, freshnessLine, priceLine, spreadLine } from './quote-lines.ts'
import { FLAT_VIEW } from './test/sample-view.ts'
import type { Freshness } from './view.ts'

const text = (line: readonly { text: string }[]) => line.map(piece => piece.text).join('')

describe('a price', () => {
  it.each<[Freshness, string]>([
    ['live', 'price'],
    ['stale', 'stale'],
    ['crossed', 'stale'],
    ['closed', 'stale'],
    ['none', 'stale'],
  ])('that is %s looks like a %s one', (freshness, look) => {
    expect(priceLine('1.08512', freshness)).toEqual([{ text: '1.08512', look }])
  })

  it('that the broker does not give is a dash, never an old one', () => {
    expect(text(priceLine(null, 'live'))).toBe('–')
  })
})

describe('what lies between the prices', () => {
  it.each<[Freshness, number | null, string]>([
    ['live', 312, '0.3 s'],
    ['live', null, ''],
    ['stale', 4200, ' STALE  4.2 s'],
    ['crossed', 100, ' CROSSED  0.1 s'],
    ['closed', 65_000, ' CLOSED  1 min 05 s'],
    ['none', null, ' NO PRICE '],
  ])('for a %s quote of %s ms says %j', (freshness, ageMs, words) => {
    expect(text(freshnessLine(freshness, ageMs))).toBe(words)
  })

  it('has a spread only when there is one to show', () => {
    expect(text(spreadLine(FLAT_VIEW.quote))).toBe('spread 0.9 points')
    expect(text(spreadLine({ ...FLAT_VIEW.quote, freshness: 'crossed', spread: null }))).toBe('spread –')
  })

  it('has the broker’s time when there is one', () => {
    expect([text(brokerTimeLine('12:30:05')), text(brokerTimeLine(null))]).toEqual(['12:30:05 UTC', ''])
  })
})
