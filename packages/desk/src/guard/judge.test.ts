import { dealId } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { CHECKS, judge } from './judge.ts'
import { remember } from './memory/remember.ts'
import { DENIED, day, down, known } from './testing/denied.ts'
import {
  AT,
  aDay,
  anEntry,
  aQuestion,
  aQuote,
  d,
  EURUSD,
  fact,
  GOLD,
  held,
  someKnown,
  someTerms,
} from './testing/guard-fixtures.ts'

it('has nothing against an ordinary entry', () => {
  expect(judge(aQuestion())).toBeNull()
})

it.each(DENIED)('denies with %s: %s', (code, words, situation) => {
  expect(judge(aQuestion(situation))).toMatchObject({ code, words })
})

it.each(DENIED)('lets what is just inside pass: %s, %s', (_code, _words, __, inside) => {
  expect(judge(aQuestion(inside))).toBeNull()
})

it('counts what the market holds to the lower bands of its margin', () => {
  const bands = [
    { fromSize: d(0), toSize: d(1), marginPercentage: d(1), currency: 'USD' },
    { fromSize: d(1), toSize: null, marginPercentage: d(10), currency: 'USD' },
  ]
  const terms = someTerms({ marginBands: bands, currency: 'EUR' })
  const words = (positions: Parameters<typeof held>[0][]) =>
    judge(aQuestion(known({ terms, positions: positions.map(held), availableMargin: d(0) })))?.words
  expect(words([])).toContain('108.42 EUR')
  expect(words([{ size: d('0.5') }])).toContain('596.30 EUR')
  expect(words([{ size: d(1), epic: GOLD }])).toContain('108.42 EUR')
})

it('says the first of what speaks against an entry, in the order of the list', () => {
  const question = aQuestion({ ...known({ isArmed: false, isBookKnown: false }), ...day({ allowedMarkets: [] }) })
  expect(judge(question)?.code).toBe('not-armed')
})

it('has a name of its own for each check', () => {
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length)
})

it('asks less of moving a stop away: no price, no size, no pace', () => {
  const loosen = { kind: 'loosen', epic: EURUSD, dealId: dealId('DIHELD') } as const
  const change = {
    ...day({ maxEntriesPerMinute: 0, maxOpenPositions: 0 }),
    ask: loosen,
    known: someKnown({ quote: null }),
  }
  expect(judge(aQuestion(change))).toBeNull()
  const locked = remember(aDay(), fact({ kind: 'locked', reason: 'trader', words: 'enough', loss: null }))
  expect(judge(aQuestion({ ...change, memory: locked }))?.code).toBe('day-locked')
})

it('places a working order at a level of its own on an old price', () => {
  const ask = anEntry({ kind: 'place', followsPrice: false, level: d('1.08') })
  expect(judge(aQuestion({ ask, ...known({ health: down, quote: aQuote({ receivedAtMs: 0 }) }) }))).toBeNull()
  const join = { ...ask, followsPrice: true }
  expect(judge(aQuestion({ ask: join, ...known({ health: down }) }))?.code).toBe('stream-down')
})

it('forgets the lock of yesterday as soon as the broker’s own time is past it', () => {
  const memory = aDay({}, { kind: 'locked', reason: 'trader', words: 'enough', loss: null })
  const midnight = Date.UTC(2026, 0, 6)
  const at = (brokerMs: number | null) => judge(aQuestion({ memory, now: { atMs: AT, brokerMs } }))?.code
  expect([at(null), at(midnight - 1), at(midnight)]).toEqual(['day-locked', 'day-locked', undefined])
  expect(judge(aQuestion({ memory, now: { atMs: AT + 3 * 86_400_000, brokerMs: null } }))?.code).toBe('day-locked')
})
