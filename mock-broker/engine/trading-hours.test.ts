import { describe, expect, it } from 'vitest'
import { alwaysOpen, session, spellAt, type TradingHours, weekdays } from './trading-hours.ts'

const ms = (text: string) => Date.parse(`${text}Z`)
const nasdaq = session('14:30', '21:00')

/** 2024-06-14 is a Friday. */
it.each<[string, TradingHours, string, string, string, string]>([
  ['a currency', weekdays, '2024-06-14T21:59:59.999', 'open', '2024-06-09T22:00', '2024-06-14T22:00'],
  ['a currency', weekdays, '2024-06-14T22:00', 'closed', '2024-06-14T22:00', '2024-06-16T22:00'],
  ['a currency', weekdays, '2024-06-16T21:59', 'closed', '2024-06-14T22:00', '2024-06-16T22:00'],
  ['a currency', weekdays, '2024-06-16T22:00', 'open', '2024-06-16T22:00', '2024-06-21T22:00'],
  ['a currency', weekdays, '2024-06-17T00:00', 'open', '2024-06-16T22:00', '2024-06-21T22:00'],
  ['a share', nasdaq, '2024-06-14T14:29', 'closed', '2024-06-13T21:00', '2024-06-14T14:30'],
  ['a share', nasdaq, '2024-06-14T14:30', 'open', '2024-06-14T14:30', '2024-06-14T21:00'],
  ['a share', nasdaq, '2024-06-15T12:00', 'closed', '2024-06-14T21:00', '2024-06-17T14:30'],
  ['a share', nasdaq, '2024-06-17T09:00', 'closed', '2024-06-14T21:00', '2024-06-17T14:30'],
])('%s %o at %s is %s', (_what, hours, at, state, from, until) => {
  expect(spellAt(hours, ms(at))).toEqual({ isOpen: state === 'open', fromMs: ms(from), untilMs: ms(until) })
})

describe('a market that never closes', () => {
  it('is open for ever', () => {
    expect(spellAt(alwaysOpen, 0)).toMatchObject({ isOpen: true, untilMs: Number.POSITIVE_INFINITY })
  })
})

it('spells follow on from each other without a gap', () => {
  for (const hours of [weekdays, nasdaq, session('08:00', '24:00')]) {
    let spell = spellAt(hours, ms('2024-06-12T12:00'))
    for (let count = 0; count < 30; count++) {
      const next = spellAt(hours, spell.untilMs)
      expect(next).toMatchObject({ fromMs: spell.untilMs, isOpen: !spell.isOpen })
      expect(spellAt(hours, next.untilMs - 1)).toEqual(next)
      spell = next
    }
  }
})
