import { expect, it } from 'vitest'
import { clockTime, hoursProblems, isWithin, type TradingHours } from './trading-hours.ts'

const ZONE = 'Europe/London'
const at = (text: string): number => Date.parse(text)
const day: TradingHours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', until: '16:30' }]
const night: TradingHours = [{ days: ['fri', 'sun'], from: '22:00', until: '02:00' }]

it.each([
  ['before it opens', day, '2026-01-05T07:59:59.999Z', false],
  ['from its first moment', day, '2026-01-05T08:00:00Z', true],
  ['to its last', day, '2026-01-05T16:29:59.999Z', true],
  ['no more at its end', day, '2026-01-05T16:30:00Z', false],
  ['not on a Saturday', day, '2026-01-03T12:00:00Z', false],
  // In summer London is an hour ahead of UTC.
  ['by the clock of the zone in summer', day, '2026-07-06T07:00:00Z', true],
  ['by the clock of the zone in summer, at the end', day, '2026-07-06T15:30:00Z', false],
  ['over midnight, before it', night, '2026-01-02T23:00:00Z', true],
  ['over midnight, after it, of the day that it began on', night, '2026-01-03T01:59:00Z', true],
  ['not over the midnight of another day', night, '2026-01-04T01:00:00Z', false],
  // The night to 29 March 2026: 01:00 is 02:00 at once, so the span is an hour shorter.
  [
    'in a night whose hour is skipped',
    [{ days: ['sat'], from: '23:00', until: '02:00' }],
    '2026-03-29T00:59:00Z',
    true,
  ],
  [
    'no longer, in a night whose hour is skipped',
    [{ days: ['sat'], from: '23:00', until: '02:00' }],
    '2026-03-29T01:00:00Z',
    false,
  ],
  // The night to 25 October 2026: 01:00 to 02:00 comes twice.
  [
    'both times, in a night whose hour comes twice',
    [{ days: ['sun'], from: '01:30', until: '02:00' }],
    '2026-10-25T00:30:00Z',
    true,
  ],
  [
    'both times, in a night whose hour comes twice (second)',
    [{ days: ['sun'], from: '01:30', until: '02:00' }],
    '2026-10-25T01:30:00Z',
    true,
  ],
  ['not between them', [{ days: ['sun'], from: '01:30', until: '02:00' }], '2026-10-25T01:00:00Z', false],
  ['to the end of the day', [{ days: ['mon'], from: '00:00', until: '24:00' }], '2026-01-05T23:59:59Z', true],
  ['all round the clock', [{ days: ['mon'], from: '06:00', until: '06:00' }], '2026-01-06T05:59:00Z', true],
] as const)('is within the hours %s', (_, hours, when, isIn) => {
  expect(isWithin(hours, at(when), ZONE)).toBe(isIn)
})

it('reads an offset where IG gave no zone', () => {
  const two = { offsetHours: 2 }
  expect([isWithin(day, at('2026-01-05T06:00:00Z'), two), isWithin(day, at('2026-01-05T05:59:00Z'), two)]).toEqual([
    true,
    false,
  ])
  expect(clockTime(at('2026-01-05T22:30:00Z'), two)).toEqual({ day: 'tue', time: '00:30' })
})

it('says what is wrong with hours that somebody wrote', () => {
  expect(hoursProblems(day)).toEqual([])
  expect(hoursProblems([{ days: [], from: '9:00', until: '24:01' }])).toEqual([
    'expected at least one day for trading hours, but got none; name them as mon, tue …',
    'expected a time such as 09:30, but got "9:00"; correct it',
    'expected a time such as 09:30, but got "24:01"; correct it',
  ])
})
