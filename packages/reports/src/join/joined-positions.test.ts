import { expect, it } from 'vitest'
import { reportOf } from '../report-of.ts'
import { aBooking, aDay, anActivity, aResult, deeds, MARKETS, partsText, rows } from '../testing/hand-made.ts'

/** Which rows of the broker are one deal. */

it('counts a row once that is told twice, and two rows that say the same twice', () => {
  const alike = aBooking('10:00:00', '-1.00', { instrumentName: 'Commission' })
  const twice = rows(alike, alike)
  expect(partsText(reportOf(aDay({ transactions: [...twice, ...twice] })).bridge.parts)).toEqual(['commission -2'])
})

it('guesses by levels, size and times where no reference helps, and says that it did', () => {
  const transactions = rows(
    aResult({
      opened: '09:30:00',
      closed: '09:31:00',
      from: '24500',
      to: '24510',
      size: '+1',
      amount: '10.00',
      reference: 'NOTTHISS',
    }),
  )
  const activities = deeds(
    anActivity({
      time: '09:30:01',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00001',
      size: '1',
      level: '24500',
      side: 'BUY',
      stop: '24490',
    }),
    anActivity({
      time: '09:31:01',
      did: 'position-closed',
      deal: 'DIAAAAxCLOSE001',
      of: 'DIAAAAOPEN00001',
      size: '1',
      level: '24510',
      side: 'SELL',
    }),
  )
  const { trades, findings } = reportOf(aDay({ transactions, activities, markets: MARKETS }))
  expect(trades).toHaveLength(1)
  expect([trades[0]!.id, String(trades[0]!.r)]).toEqual(['DIAAAAOPEN00001', '1'])
  expect(findings.find(({ kind }) => kind === 'guessed-match')?.rows).toEqual([transactions[0]!.id])
})

it('does not follow a reference against what both rows say', () => {
  const transactions = rows(
    aResult({
      opened: '09:30:00',
      closed: '09:31:00',
      from: '24500',
      to: '24510',
      size: '+1',
      amount: '10.00',
      reference: 'CLOSE001',
    }),
  )
  const activities = deeds(
    anActivity({
      time: '15:30:00',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00001',
      size: '1',
      level: '24700',
      side: 'BUY',
    }),
    anActivity({
      time: '15:31:00',
      did: 'position-closed',
      deal: 'DIAAAAxCLOSE001',
      of: 'DIAAAAOPEN00001',
      size: '1',
      level: '24701',
      side: 'SELL',
    }),
  )
  const { trades } = reportOf(aDay({ transactions, activities, markets: MARKETS }))
  expect(trades.map(({ result }) => result?.toFixed() ?? null)).toEqual(['10', null])
})

it('builds a trade of what a deal in the other direction took off', () => {
  // Sold 3 against 2 and 2 that were held: the first whole, of the second one; 1 stays.
  const transactions = rows(
    aResult({
      opened: '09:30:00',
      closed: '09:40:00',
      from: '24500',
      to: '24510',
      size: '+2',
      amount: '20.00',
      reference: 'NETOFF01',
    }),
    aResult({
      opened: '09:35:00',
      closed: '09:40:00',
      from: '24502',
      to: '24510',
      size: '+1',
      amount: '8.00',
      reference: 'NETOFF02',
    }),
  )
  const activities = deeds(
    anActivity({
      time: '09:30:00',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00001',
      size: '2',
      level: '24500',
      side: 'BUY',
    }),
    anActivity({
      time: '09:35:00',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00002',
      size: '2',
      level: '24502',
      side: 'BUY',
    }),
    anActivity({
      time: '09:40:00',
      did: 'position-closed',
      deal: 'DIAAAANETOFF01',
      of: 'DIAAAAOPEN00001',
      size: '2',
      level: '24510',
      side: 'SELL',
      reference: 'SDSELL3',
    }),
    anActivity({
      time: '09:40:00',
      did: 'position-partially-closed',
      deal: 'DIAAAANETOFF02',
      of: 'DIAAAAOPEN00002',
      size: '1',
      level: '24510',
      side: 'SELL',
      reference: 'SDSELL3',
    }),
  )
  const { trades, bridge } = reportOf(aDay({ transactions, activities, markets: MARKETS }))
  expect(trades).toHaveLength(1)
  expect(trades[0]).toMatchObject({ closedAtMs: null, heldMs: null, r: null, points: null })
  expect([trades[0]!.size, trades[0]!.result].map(String)).toEqual(['4', '28'])
  expect(partsText(bridge.parts)).toEqual(['result 28'])
})
