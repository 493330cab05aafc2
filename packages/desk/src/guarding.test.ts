import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { GuardLimits } from './guard/limits.ts'
import { aCloseConfirm } from './testing/confirm-fixtures.ts'
import { aContract, aGoldContract, aHolding, aQuote, EURUSD, GOLD, someFigures } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, confirmClose, DrivenDesk, LOST, WALL_MS } from './testing/driven-desk.ts'

/** What the desk hands to the guard, and what it makes of its word. The checks themselves are tested beside them. */

const SITUATIONS: Readonly<Record<string, () => DrivenDesk>> = {
  'not-armed': () => aReadyDesk({ isArmed: false }),
  'market-not-allowed': () => aReadyDesk({ contracts: [aGoldContract()] }),
  'book-unknown': () => {
    const desk = new DrivenDesk()
    desk.stream('new')
    desk.quote()
    return desk
  },
  flattening: () => {
    const desk = aReadyDesk()
    desk.press('flatten')
    return desk
  },
  'in-flight': () => {
    const desk = aReadyDesk()
    desk.press('SELL')
    return desk
  },
  'outcome-unknown': () => {
    const desk = aReadyDesk()
    desk.loseReply(desk.press('SELL'))
    return desk
  },
  'no-price': () => {
    const desk = aReadyDesk()
    desk.quote({ offer: null })
    return desk
  },
  'stream-down': () => {
    const desk = aReadyDesk()
    desk.stream(LOST)
    return desk
  },
  'stale-price': () => {
    const desk = aReadyDesk()
    desk.pass(10_001)
    return desk
  },
  'crossed-price': () => {
    const desk = aReadyDesk()
    desk.quote({ bid: '1.2', offer: '1.1' })
    return desk
  },
  'market-closed': () => {
    const desk = aReadyDesk()
    desk.quote({ state: 'edits-only' })
    return desk
  },
  preset: () => aReadyDesk({ contracts: [aContract({}, { allowsMarketOrders: false })] }),
  'order-size': () =>
    limited({ everyMarket: { maxOrderSize: new Decimal('0.5'), maxHeldSize: null, maxSpreadPoints: null } }),
  positions: () => limited({ maxOpenPositions: 0 }),
  margin: () => {
    const desk = aReadyDesk({ limits: { minMarginLeft: new Decimal(1) } })
    return desk
  },
  'day-locked': () => {
    const desk = aReadyDesk()
    desk.want({ kind: 'lock-day' })
    return desk
  },
}

function limited(limits: Partial<GuardLimits>, desk = aReadyDesk): DrivenDesk {
  return desk({ limits: { duplicateWindowMs: 0, ...limits } })
}

it.each(Object.entries(SITUATIONS))('sends nothing, and says why, when the guard denies with %s', (code, situation) => {
  const desk = situation()
  const before = desk.sent('open').length
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(before)
  const denied = desk.recorded('denied').at(-1)
  expect(denied?.code).toBe(code === 'margin' ? 'margin-unknown' : code)
  expect(desk.words).toBe(`DENIED BUY: ${denied?.words}`)
})

it.each(Object.entries(SITUATIONS))(
  'never asks about an exit: closes also when entries are denied with %s',
  (_, situation) => {
    const desk = situation()
    desk.feed({ kind: 'book-read', ask: desk.state.book.asks, book: { positions: [], workingOrders: [] } })
    const holding = aHolding()
    desk.state = { ...desk.state, holdings: new Map([[holding.dealId, holding]]) }
    desk.press('flatten')
    expect(desk.sent('close')).toHaveLength(1)
  },
)

it('sends what was judged, and nobody can change it on the way', () => {
  const desk = aReadyDesk()
  desk.press('BUY')
  const { order } = desk.sent('open')[0]!
  expect(Object.isFrozen(order)).toBe(true)
  expect(order).toMatchObject({ size: new Decimal(1), stop: { distancePoints: new Decimal(10) } })
})

it('refuses a second identical press within the window, shows it, and sends the one after it', () => {
  const desk = limited({ duplicateWindowMs: 250 })
  const pressAt = (ms: number) => {
    desk.pass(ms)
    desk.quote()
    const id = buy(desk, `DI${desk.nowMs}`)
    return desk.recorded('denied').some(record => record.code === 'duplicate') ? [id, desk.words] : [id, 'sent']
  }
  pressAt(0)
  expect(pressAt(100)[1]).toMatch(/^DENIED BUY: pressed again 100 ms after the same order/)
  expect(desk.sent('open')).toHaveLength(1)
  desk.pass(300)
  desk.quote()
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
})

const EUR = (equity: string) => someFigures({ equity: new Decimal(equity) })

it('counts entries of all markets and every path against the pace', () => {
  const desk = limited({ maxEntriesPerMinute: 2 })
  buy(desk, 'DI1')
  desk.want({ kind: 'join', epic: EURUSD, direction: 'SELL' })
  desk.feed({
    kind: 'quote',
    quote: aQuote({ market: GOLD, decimals: 2, bid: '2000', offer: '2001', receivedAtMs: desk.nowMs }),
  })
  desk.want({ kind: 'enter', epic: GOLD, direction: 'BUY' })
  expect(desk.recorded('denied').map(({ code }) => code)).toEqual(['pace'])
})

/** A long of 10,000 EUR in a market whose currency is the account's: a point is 1 USD. */
function longWithLimit(limits: Partial<GuardLimits>): DrivenDesk {
  const desk = aLongDesk({ accountCurrency: 'USD', limits: { duplicateWindowMs: 0, ...limits } })
  desk.quote()
  return desk
}

it('locks the day at the tick at which realised and open result together reach the loss that is allowed', () => {
  const desk = longWithLimit({ maxDayLoss: new Decimal(20) })
  desk.quote({ bid: '1.08219', offer: '1.08227' })
  expect(desk.state.memory.lock).toBeNull()
  const effects = desk.feed({
    kind: 'quote',
    quote: aQuote({ bid: '1.08218', offer: '1.08226', receivedAtMs: desk.nowMs }),
  })
  expect(effects).toMatchObject([{ kind: 'journal', record: { kind: 'guard', fact: { kind: 'locked' } } }])
  expect(desk.words).toMatch(/^DAY LOCKED: lost 20\.00 of 20\.00 allowed; entries are refused/)
  desk.quote()
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('day-locked')
  desk.press('flatten')
  expect(desk.sent('close')).toHaveLength(1)
})

it('does nothing about a quote while no loss locks the day', () => {
  const desk = longWithLimit({ maxDayLoss: new Decimal(20) })
  expect(desk.feed({ kind: 'quote', quote: aQuote({ receivedAtMs: desk.nowMs }) })).toEqual([])
})

it('counts what a close brought, by the broker’s own figure', () => {
  const desk = longWithLimit({ maxDayLoss: new Decimal(5) })
  desk.press('flatten')
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('-5.00') }))
  expect(desk.state.memory.realised.toFixed()).toBe('-5')
  expect(desk.state.memory.lock?.reason).toBe('day-loss')
})

it('knows that the result of a deal which the broker closed is unknown, and takes the change of the equity for it', () => {
  const desk = longWithLimit({ maxDayLoss: new Decimal(5) })
  desk.feed({ kind: 'account', figures: EUR('1000') })
  desk.streamPosition('DI1', 'deleted')
  desk.list()
  if (desk.state.book.reading) desk.list()
  desk.quote()
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(2)
  desk.feed({ kind: 'account', figures: EUR('995') })
  expect(desk.state.memory.lock?.reason).toBe('day-loss')
})

it('learns the result of a close that the list settled when its confirm comes after all', () => {
  const desk = longWithLimit({})
  desk.press('flatten')
  desk.loseReply(desk.sent('close')[0]!.id)
  desk.list()
  expect(desk.state.memory.results).toMatchObject([{ profit: null }])
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('3.5') }))
  expect(desk.state.memory.realised.toFixed()).toBe('3.5')
})

it('lets limits be tightened within the day, and not loosened', () => {
  const desk = limited({ maxOpenPositions: 2 })
  const tell = (maxOpenPositions: number | null) => {
    const limits = { ...desk.state.memory.limits.configured, maxOpenPositions }
    desk.feed({ kind: 'limits', limits })
    return desk.state.memory.limits.inForce.maxOpenPositions
  }
  expect([tell(1), tell(5), tell(null)]).toEqual([1, 1, 1])
  expect(desk.recorded('guard').at(-1)?.fact.kind).toBe('limits')
})

it('gives up a reversal when the day is locked by its close', () => {
  const desk = longWithLimit({ maxDayLoss: new Decimal(5) })
  desk.want({ kind: 'reverse', epic: EURUSD })
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { profit: new Decimal('-9') }))
  expect([desk.sent('open').length, desk.state.reversals]).toEqual([1, []])
})

it('remembers nothing of what the day lost in other desks: a day begins with its first facts', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  expect(desk.state.memory.results).toHaveLength(1)
  expect(aReadyDesk().state.memory.results).toEqual([])
})

/** The driver says that the last record of the guard could not be written. */
const failToWrite = (desk: DrivenDesk) =>
  desk.feed({ kind: 'journal-failed', id: 'guard', cause: new Error('disk full') })

const factsOf = (desk: DrivenDesk) => desk.recorded('guard').map(({ fact }) => fact.kind)

it('holds a lock that could not be written, and writes it down as soon as that can be done, with what the day brought', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  confirmClose(desk)
  desk.want({ kind: 'lock-day' })
  failToWrite(desk)
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('day-locked')
  for (let second = 0; second < 3; second++) {
    const before = factsOf(desk).length
    desk.pass(1_000)
    // One record is tried, and nothing else while it fails.
    expect(factsOf(desk).slice(before)).toEqual(['locked'])
    failToWrite(desk)
  }
  const before = factsOf(desk).length
  desk.pass(60_000)
  expect(factsOf(desk).slice(before)).toEqual(['locked', 'locked', 'limits', 'limits', 'deal-closed'])
  expect(desk.state.unwritten).toBeNull()
})

it('does not write the lock of a day that is over into the next one', () => {
  const desk = aLongDesk()
  desk.want({ kind: 'lock-day' })
  failToWrite(desk)
  desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS })
  desk.feed({ kind: 'account', figures: someFigures({ equity: new Decimal(1_000) }) })
  const before = factsOf(desk).length
  desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS + 86_400_000 })
  desk.pass(5_000)
  expect(factsOf(desk).slice(before)).not.toContain('locked')
  expect(desk.state.memory.lock).toBeNull()
})
