import { Decimal, dealId, epic } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { averageLevels } from './average-level.ts'
import { afterPrice, type Day, dealOf, emptyDay, nextDay } from './day.ts'
import { dayTotals } from './day-totals.ts'
import { dealFigures } from './deal-figures.ts'
import { openAccountCents, openProfit } from './open-profit.ts'
import { roundTrips } from './round-trip.ts'
import { after, anOpened, aPrice, aReduced, dayOf, EURUSD, pricesOf } from './testing/day-fixtures.ts'

const figuresOf = (day: Day, deal = 'DI1', price = aPrice(108_418), atMs = 5_000) =>
  dealFigures(day, dealOf(day, dealId(deal))!, price, atMs)

const text = (value: Decimal | null | undefined) => value?.toFixed() ?? null

describe('the result of a close', () => {
  it("is the broker's own where it tells one", () => {
    const day = dayOf(anOpened(), aReduced('DI1', { profit: new Decimal('9.98'), profitCurrency: 'USD' }))
    expect(text(dayTotals(day).realised)).toBe('9.98')
    expect(day.ended[0]?.parts[0]).toMatchObject({ source: 'broker', bookedBy: 'broker' })
  })

  it('is computed from the levels otherwise, and says so', () => {
    const day = dayOf(anOpened(), aReduced())
    expect(text(dayTotals(day).realised)).toBe('10')
    expect(dayTotals(day).results).toEqual({ told: 0, computed: 1, unknown: 0 })
  })

  it('is unknown without a level, and so is the sum of the day', () => {
    const day = dayOf(anOpened(), aReduced('DI1', { level: null }), anOpened('DI2'), aReduced('DI2'))
    expect(dayTotals(day)).toMatchObject({ realised: null, results: { told: 0, computed: 1, unknown: 1 } })
    expect(text(dayTotals(day).realisedKnown)).toBe('10')
  })

  it('counts once however often it is told, and what was not known is filled in', () => {
    const known = { profit: new Decimal('9.98'), profitCurrency: 'USD' }
    const day = dayOf(anOpened(), aReduced('DI1', { level: null }), aReduced(), aReduced('DI1', known), aReduced())
    expect(day.ended).toHaveLength(1)
    expect(day.ended[0]?.parts).toHaveLength(1)
    expect(text(dayTotals(day).realised)).toBe('9.98')
  })

  it("is converted with the market's rate, to the cent, and the broker's booking replaces that", () => {
    const rate = { kind: 'rate', currency: 'USD', perBase: new Decimal('1.08'), atMs: 0 } as const
    const day = after(emptyDay('EUR'), rate, anOpened(), aReduced())
    expect(text(dayTotals(day).realised)).toBe('9.26')
    expect(dayTotals(day).converted).toBe(1)
    const booked = after(day, { kind: 'booked', id: 'close-of-DI1', amount: new Decimal('9.21'), atMs: 2 })
    expect(text(dayTotals(booked).realised)).toBe('9.21')
    expect(dayTotals(booked).converted).toBe(0)
  })

  it('is converted from the exact result where the broker shows it rounded', () => {
    const rate = { kind: 'rate', currency: 'USD', perBase: new Decimal('0.5'), atMs: 0 } as const
    const close = {
      size: new Decimal('0.01'),
      level: new Decimal('1.08425'),
      profit: new Decimal('0.01'),
      profitCurrency: 'USD',
    }
    const day = after(emptyDay('EUR'), rate, anOpened('DI1', { size: new Decimal('0.01') }), aReduced('DI1', close))
    // 0.007 dollars, shown as 0.01, are 0.014 euros; 0.01 dollars would be 0.02.
    expect(text(dayTotals(day).realised)).toBe('0.01')
  })

  it('waits for a rate that is not known yet', () => {
    const day = after(emptyDay('EUR'), anOpened(), aReduced())
    expect(dayTotals(day)).toMatchObject({ realised: null })
    expect(text(dayTotals(day).byCurrency.get('USD'))).toBe('10')
    const told = after(day, { kind: 'rate', currency: 'USD', perBase: new Decimal('1.25'), atMs: 2 })
    expect(text(dayTotals(told).realised)).toBe('8')
    const moved = after(told, { kind: 'rate', currency: 'USD', perBase: new Decimal('1.5'), atMs: 3 })
    expect(text(dayTotals(moved).realised)).toBe('8')
  })

  it('is kept of a deal that was never seen open', () => {
    const profit = { profit: new Decimal('-3.2'), profitCurrency: 'USD' }
    const day = dayOf(aReduced('DIX', { ...profit, id: 'one' }), aReduced('DIX', { ...profit, id: 'two' }))
    expect(text(dayTotals(day).realised)).toBe('-6.4')
    expect(day.ended).toHaveLength(1)
  })

  it('is taken for a position that was seen to be gone before its close was told', () => {
    const gone = aReduced('DI1', { id: 'gone-DI1', level: null, by: 'book' })
    const half = aReduced('DI1', { id: 'half', size: new Decimal(1) })
    const day = dayOf(anOpened(), gone, half)
    expect(dayTotals(day)).toMatchObject({ realised: null, results: { told: 0, computed: 1, unknown: 1 } })
    const whole = after(day, { ...half, id: 'other half' })
    expect([text(dayTotals(whole).realised), whole.ended.length, whole.ended[0]?.parts.length]).toEqual(['10', 1, 2])
  })

  it('is taken back where the broker shows the position after all', () => {
    const gone = aReduced('DI1', { id: 'gone-DI1', level: null, by: 'book' })
    const back = dayOf(anOpened(), gone, anOpened())
    expect([back.open.length, back.ended.length, text(openProfit(back, pricesOf(aPrice(108_428))).account)]).toEqual([
      1,
      0,
      '2',
    ])
    expect(dayOf(anOpened(), aReduced(), anOpened()).open).toEqual([])
  })

  it('is never of more than was held', () => {
    const day = dayOf(anOpened(), aReduced('DI1', { size: new Decimal(5) }), aReduced('DI1', { id: 'late' }))
    expect(text(dayTotals(day).realised)).toBe('10')
  })
})

describe('what is open', () => {
  it('is marked at the side that closes, in the currencies of the deals and of the account', () => {
    const rate = { kind: 'rate', currency: 'USD', perBase: new Decimal('1.08'), atMs: 0 } as const
    const day = after(emptyDay('EUR'), rate, anOpened(), anOpened('DI2', { direction: 'SELL' }))
    const { account, byCurrency } = openProfit(day, pricesOf(aPrice(108_502, 108_510)))
    expect([text(account), text(byCurrency.get('USD'))]).toEqual(['-1.48', '-1.6'])
  })

  it('is not known in the account without a rate, but in its own currency', () => {
    const { account, byCurrency, unknown } = openProfit(after(emptyDay('EUR'), anOpened()), pricesOf(aPrice(108_502)))
    expect([account, text(byCurrency.get('USD')), unknown]).toEqual([null, '16.8', 1])
  })

  it('is not known without a price or a level', () => {
    expect(openProfit(dayOf(anOpened()), pricesOf()).account).toBeNull()
    expect(openProfit(dayOf(anOpened()), pricesOf(aPrice(null))).account).toBeNull()
    const day = dayOf(anOpened('DI1', { level: null }))
    expect(openProfit(day, pricesOf(aPrice(1))).account).toBeNull()
    expect(text(openProfit(after(day, anOpened()), pricesOf(aPrice(108_419))).account)).toBe('0.2')
  })

  it('is whole cents at once where everything is known and fits', () => {
    const day = dayOf(anOpened(), anOpened('DI2', { direction: 'SELL' }))
    const short = dayOf(anOpened('DI2', { direction: 'SELL' }))
    expect(openAccountCents(day, pricesOf(aPrice(108_502, 108_510)))).toBe(-160)
    expect(openAccountCents(dayOf(), pricesOf())).toBe(0)
    expect(openAccountCents(day, pricesOf())).toBeNull()
    expect(openAccountCents(short, pricesOf(aPrice(108_502, null)))).toBeNull()
    expect(openAccountCents(short, pricesOf(aPrice(1_085_020, 1_085_020, 6)))).toBeNull()
    expect(openAccountCents(short, pricesOf(aPrice(0, Number.MAX_SAFE_INTEGER)))).toBeNull()
  })

  it('has an average level per market and side, by what is left', () => {
    const day = dayOf(
      anOpened(),
      anOpened('DI2', { level: new Decimal('1.08448'), size: new Decimal(4) }),
      anOpened('DI3', { direction: 'SELL' }),
      aReduced('DI1', { size: new Decimal(1) }),
    )
    expect(
      averageLevels(day).map(({ direction, deals, size, level }) => [direction, deals, text(size), text(level)]),
    ).toEqual([
      ['BUY', 2, '5', '1.08442'],
      ['SELL', 1, '2', '1.08418'],
    ])
  })
})

describe('the figures of a deal', () => {
  it('count in risks from the level to its first stop, wherever the stop is now', () => {
    const moved = { kind: 'stop', dealId: dealId('DI1'), stop: new Decimal('1.08418'), atMs: 1 } as const
    const { risk, r } = figuresOf(dayOf(anOpened(), moved), 'DI1', aPrice(108_468))
    expect([text(risk), text(r)]).toEqual(['20', '0.5'])
  })

  it('have no risk without a stop, nor with one that risks nothing', () => {
    expect(figuresOf(dayOf(anOpened('DI1', { stop: null })))).toMatchObject({ risk: null, r: null })
    expect(figuresOf(dayOf(anOpened('DI1', { stop: new Decimal('1.085') })))).toMatchObject({ risk: null, r: null })
  })

  it('take the first stop that is told later as the risk', () => {
    const stop = { kind: 'stop', dealId: dealId('DI1'), stop: new Decimal('1.08398'), atMs: 1 } as const
    expect(text(figuresOf(dayOf(anOpened('DI1', { stop: null }), stop)).risk)).toBe('4')
  })

  it('say how far the stop is, in points and money, and what it would bring', () => {
    const { toStop } = figuresOf(dayOf(anOpened()), 'DI1', aPrice(108_428))
    expect([text(toStop?.points), text(toStop?.money), text(toStop?.atStop)]).toEqual(['11', '22', '-20'])
    const short = anOpened('DI1', { direction: 'SELL', stop: new Decimal('1.08408') })
    const other = figuresOf(dayOf(short), 'DI1', aPrice(108_390, 108_400)).toStop
    expect([text(other?.points), text(other?.money), text(other?.atStop)]).toEqual(['0.8', '1.6', '2'])
  })

  it('say the furthest against it and for it in points, money and risks, from the price at its opening on', () => {
    let day = dayOf(anOpened('DI1', { price: aPrice(108_410, 108_418) }))
    for (const bid of [108_400, 108_450, 108_440]) day = afterPrice(day, aPrice(bid, bid + 8))
    const { against, inFavour } = figuresOf(day)
    expect([against, inFavour].map(({ points, money, r }) => [text(points), text(money), text(r)])).toEqual([
      ['-1.8', '-3.6', '-0.18'],
      ['3.2', '6.4', '0.32'],
    ])
  })

  it('count in what was realised of a deal before it went further', () => {
    let day = dayOf(anOpened())
    day = afterPrice(day, aPrice(108_518))
    day = after(day, aReduced('DI1', { size: new Decimal(1), level: new Decimal('1.08518') }))
    day = afterPrice(day, aPrice(108_618))
    const { inFavour } = figuresOf(day)
    // A half at 10 points, the other half at 20: not 40, which it never stood at.
    expect([text(inFavour.points), text(inFavour.money)]).toEqual(['20', '30'])
  })

  it('count the level of a close that was worse than any price seen', () => {
    const { against } = figuresOf(dayOf(anOpened(), aReduced('DI1', { level: new Decimal('1.08318') })))
    expect([text(against.points), text(against.money), text(against.r)]).toEqual(['-10', '-20', '-1'])
  })

  it('say nothing of money that depends on a result that is not known', () => {
    const day = dayOf(anOpened(), aReduced('DI1', { size: new Decimal(1), level: null }))
    const { inFavour } = figuresOf(afterPrice(day, aPrice(108_518)))
    expect([text(inFavour.points), text(inFavour.money)]).toEqual(['10', null])
  })

  it('say how long it was held, also before it was first seen, or that nobody knows', () => {
    expect(figuresOf(dayOf(anOpened(), aReduced())).heldMs).toBe(1_000)
    expect(figuresOf(dayOf(anOpened('DI1', { heldBeforeMs: 60_000 }))).heldMs).toBe(65_000)
    expect(figuresOf(dayOf(anOpened('DI1', { heldBeforeMs: null }))).heldMs).toBeNull()
  })

  it('hold its fees and its funding, each told once', () => {
    const funding = {
      kind: 'charge',
      id: 'F1',
      dealId: dealId('DI1'),
      epic: EURUSD,
      cause: 'funding',
      currency: 'USD',
    } as const
    const charge = { ...funding, amount: new Decimal('-0.15'), atMs: 3 }
    const day = dayOf(anOpened(), charge, charge, { ...charge, id: 'F2', dealId: null })
    expect(text(figuresOf(day).charges.get('USD'))).toBe('-0.15')
    expect(text(dayTotals(day).charges)).toBe('-0.3')
  })
})

describe('a price', () => {
  it('leaves the very same day unless it went further than before', () => {
    const day = afterPrice(afterPrice(dayOf(anOpened()), aPrice(108_400)), aPrice(108_450))
    expect(afterPrice(day, aPrice(108_400))).toBe(day)
    expect(afterPrice(day, aPrice(108_449, 200_000))).toBe(day)
    expect(afterPrice(day, { ...aPrice(1), epic: 'CS.D.OTHER.MINI.IP' })).toBe(day)
    expect(afterPrice(day, aPrice(null))).toBe(day)
    expect(afterPrice(day, aPrice(108_451))).not.toBe(day)
  })

  it('with more or fewer decimals than before is the same price', () => {
    let day = afterPrice(dayOf(anOpened()), aPrice(108_400))
    day = afterPrice(day, aPrice(1_084_505, null, 6))
    day = afterPrice(day, aPrice(10_841, null, 4))
    const { against, inFavour } = figuresOf(day, 'DI1', aPrice(1_084_505, null, 6))
    expect([text(against.points), text(inFavour.points)]).toEqual(['-1.8', '3.25'])
    expect(text(openProfit(day, pricesOf(aPrice(1_084_505, null, 6))).account)).toBe('6.5')
    expect(text(openProfit(day, pricesOf(aPrice(10_841, null, 4))).account)).toBe('-1.6')
  })
})

it('says of a deal whether prices were missed while it was held', () => {
  const missed = { kind: 'prices-missed', epic: null, atMs: 3 } as const
  expect(figuresOf(dayOf(anOpened())).hasAllMarks).toBe(true)
  expect(figuresOf(dayOf(anOpened(), { ...missed, epic: EURUSD })).hasAllMarks).toBe(false)
  expect(figuresOf(dayOf(anOpened('DI1', { heldBeforeMs: 9 }))).hasAllMarks).toBe(false)
  const day = dayOf(missed, anOpened())
  expect(figuresOf(day).hasAllMarks).toBe(true)
  expect(after(day, { ...missed, epic: epic('CS.D.OTHER.MINI.IP') })).toBe(day)
})

describe('round trips', () => {
  it('hold the deals of one side that were open together, with all their closes', () => {
    const day = dayOf(
      anOpened('DI1', { atMs: 0 }),
      anOpened('DI2', { atMs: 500, level: new Decimal('1.08428') }),
      aReduced('DI1', { id: 'a', size: new Decimal(1), atMs: 800 }),
      aReduced('DI1', { id: 'b', size: new Decimal(1), atMs: 1_000 }),
      aReduced('DI2', { id: 'c', atMs: 1_500 }),
      anOpened('DI3', { atMs: 2_000 }),
    )
    const shown = roundTrips(day).map(trip => [
      trip.deals.length,
      trip.closes,
      text(trip.entryLevel),
      text(trip.exitLevel),
      text(trip.realised),
      text(trip.r),
      trip.heldMs,
    ])
    expect(shown).toEqual([
      [2, 3, '1.08423', '1.08468', '18', '0.4286', 1_500],
      [1, 0, '1.08418', null, '0', null, null],
    ])
  })
})

it('begins the next day with what is open, without what it brought before', () => {
  const part = aReduced('DI1', { size: new Decimal(1) })
  const day = nextDay(dayOf(anOpened(), part, anOpened('DI2'), aReduced('DI2')))
  expect([day.open.length, day.ended.length, text(dayTotals(day).realised)]).toEqual([1, 0, '0'])
  expect(text(figuresOf(day, 'DI1', aPrice(108_428)).result)).toBe('6')
  expect(after(day, part)).toBe(day)
})
