import { describe, expect, it } from 'vitest'
import { reportOf } from '../report-of.ts'
import { dayProblems } from '../testing/day-checks.ts'
import { engineYear } from '../testing/engine-year.ts'
import { aDay, anActivity, aResult, DAX, d, deeds, MARKETS, quotes, rows } from '../testing/hand-made.ts'
import { whatIf } from './what-if.ts'

/** Bought 2 at 24500, fell to 24488, rose to 24515, sold by hand at 24508; then sold 1 at 24510, stopped at 24520. */
const FACTS = aDay({
  markets: MARKETS,
  transactions: rows(
    aResult({
      opened: '09:30:00',
      closed: '09:40:00',
      from: '24500',
      to: '24508',
      size: '+2',
      amount: '16.00',
      reference: 'CLOSE001',
    }),
    aResult({
      opened: '10:00:00',
      closed: '10:05:00',
      from: '24510',
      to: '24520',
      size: '-1',
      amount: '-10.00',
      reference: 'CLOSE002',
    }),
  ),
  activities: deeds(
    anActivity({
      time: '09:30:00',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00001',
      size: '2',
      level: '24500',
      side: 'BUY',
    }),
    anActivity({
      time: '09:40:00',
      did: 'position-closed',
      deal: 'DIAAAAxCLOSE001',
      of: 'DIAAAAOPEN00001',
      size: '2',
      level: '24508',
      side: 'SELL',
    }),
    anActivity({
      time: '10:00:00',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00002',
      size: '1',
      level: '24510',
      side: 'SELL',
      stop: '24520',
    }),
    anActivity({
      time: '10:05:00',
      did: 'position-closed',
      deal: 'DIAAAAxCLOSE002',
      of: 'DIAAAAOPEN00002',
      size: '1',
      level: '24520',
      side: 'BUY',
      channel: 'system',
    }),
  ),
  prices: [
    quotes(DAX, 1, [
      ['09:30:00', '24499', '24500'],
      ['09:33:00', '24488', '24489'],
      ['09:36:00', '24515', '24516'],
      ['09:40:00', '24508', '24509'],
      ['10:00:00', '24510', '24511'],
      ['10:05:00', '24519', '24520'],
      ['10:20:00', '24495', '24496'],
    ]),
  ],
})

const outcomes = (change: Parameters<typeof whatIf>[1]) =>
  whatIf(FACTS, change).changed.trades.map(
    ({ id, how, exitLevel, result }) => `${id.slice(-1)} ${how} ${exitLevel.toFixed()} ${result.toFixed()}`,
  )

it('is part of a report that was asked for it, and changes no other figure of it', () => {
  const change = { stopPoints: d(10) }
  const { hypothesis, ...asked } = reportOf(FACTS, { whatIf: change })
  const { hypothesis: none, ...plain } = reportOf(FACTS)
  expect([hypothesis, none]).toEqual([whatIf(FACTS, change), null])
  expect(asked).toEqual(plain)
})

describe('the day again', () => {
  it('is the day that it was when nothing is changed, at the quotes', () => {
    const { asDealt, changed, difference, label } = whatIf(FACTS, {})
    expect(asDealt.net.toFixed()).toBe('6')
    expect(asDealt.net.toFixed()).toBe(reportOf(FACTS).statistics.all.net.toFixed())
    expect(changed).toEqual(asDealt)
    expect(difference.toFixed()).toBe('0')
    expect(label).toMatch(/^HYPOTHETICAL/)
  })

  it('with a narrow stop ends the winner at the bid that passed it', () => {
    // 10 points from 24500: 24490, passed at 24488: 2 x -12. The short's stop is now 10 from 24510: 24520 as it was.
    expect(outcomes({ stopPoints: d(10) })).toEqual(['1 stop 24488 -24', '2 stop 24520 -10'])
  })

  it('with a wide stop keeps what was stopped out, until the prices end', () => {
    expect(outcomes({ stopPoints: d(50) })).toEqual(['1 by-hand 24508 16', '2 end 24496 14'])
    expect(whatIf(FACTS, { stopPoints: d(50) }).difference.toFixed()).toBe('24')
  })

  it('with a target takes it at the first quote beyond', () => {
    expect(outcomes({ limitPoints: d(12) })).toEqual(['1 limit 24515 30', '2 by-hand 24520 -10'])
  })

  it('with another size scales results and partial closes', () => {
    expect(outcomes({ size: d('0.5') })).toEqual(['1 by-hand 24508 4', '2 by-hand 24520 -5'])
  })

  it('with a daily stop closes out and opens no more on that day', () => {
    const { changed } = whatIf(FACTS, { dayLoss: d(20) })
    // At 24488 the two stood at -24.
    expect(changed.trades.map(({ how, result }) => `${how} ${result.toFixed()}`)).toEqual(['day-loss -24'])
    expect(changed).toMatchObject({ notOpened: 1, won: 0, lost: 1 })
  })

  it('leaves out what cannot be dealt again, and says why', () => {
    const [marks] = FACTS.prices
    const gaps = [{ fromMs: marks!.atMs[4]! - 1_000, toMs: marks!.atMs[4]! + 1_000 }]
    expect(whatIf({ ...FACTS, prices: [{ ...marks!, gaps }] }, {}).leftOut).toEqual([
      { id: 'DIAAAAOPEN00002', words: 'prices were missed when it was opened' },
    ])
    expect(whatIf({ ...FACTS, prices: [] }, {}).leftOut).toHaveLength(2)
  })

  it('refuses a stop, a size or a daily stop of nothing or less', () => {
    expect(() => whatIf(FACTS, { stopPoints: d(0) })).toThrow(
      'expected stopPoints above zero, but got 0; leave it out to keep what was',
    )
  })
})

it('deals whole generated days again, and unchanged they bring what the engine booked but for fees', () => {
  const days = [
    ...engineYear({
      seed: 5,
      deals: 400,
      currency: 'EUR',
      zone: 'Europe/Paris',
      from: '2026-01-05',
      days: 5,
      elsewhere: 0,
    }),
  ]
  let compared = 0
  for (const made of days) {
    expect(dayProblems(made)).toEqual([])
    const { asDealt, leftOut } = whatIf(made.facts, { dayLoss: d('1e6') })
    const out = new Set(leftOut.map(({ id }) => id))
    for (const { entries, exits, closedAtMs } of reportOf(made.facts).trades) {
      const [entry] = entries
      if (
        entries.length > 1 ||
        closedAtMs === null ||
        out.has(entry!.dealId ?? '') ||
        exits.some(({ how }) => how !== 'market')
      )
        continue
      const again = asDealt.trades.find(({ id }) => id === entry!.dealId)
      expect(again?.entryLevel.toFixed()).toBe(entry!.level?.toFixed())
      expect(again?.exitLevel.toFixed()).toBe(exits.at(-1)!.level?.toFixed())
      compared++
    }
  }
  expect(compared).toBeGreaterThan(50)
})
