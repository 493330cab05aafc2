import { Decimal, dealReference } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { process } from '../desk.ts'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskSetup } from '../desk-setup.ts'
import type { Effect } from '../effect.ts'
import { isApproved } from '../guard/approved.ts'
import { WEEKDAYS } from '../guard/trading-hours.ts'
import { aContract, aQuote, EURUSD } from '../testing/desk-fixtures.ts'
import { aReadyDesk, buy, type DrivenDesk, LOST, WALL_MS } from '../testing/driven-desk.ts'
import { foresee, readyEntry, tracked } from './foreseeing.ts'

const ENTER = { kind: 'enter', epic: EURUSD, direction: 'BUY' } as const

function aPress(desk: DrivenDesk, change: Partial<IntentEvent> = {}): IntentEvent {
  const reference = dealReference('PRESS')
  const moment = { pressedAtMs: desk.nowMs, atMs: desk.nowMs, wallMs: WALL_MS + desk.nowMs }
  return { kind: 'intent', intent: ENTER, reference, ...moment, ...change }
}

function foreseen(desk: DrivenDesk) {
  return foresee(desk.state, EURUSD, 'BUY', desk.nowMs)!
}

it('is approved by the guard, under the reference of its own press', () => {
  const desk = aReadyDesk()
  const ready = readyEntry(foreseen(desk), desk.state, aPress(desk))!
  expect(isApproved(ready.order)).toBe(true)
  expect(ready.order.reference).toBe('PRESS')
  expect(ready.announcement).toMatchObject({ id: 'PRESS', seenLevel: '1.08418', size: '1' })
})

it.each<[string, (desk: DrivenDesk) => void]>([
  ['the desk is disarmed', desk => desk.want({ kind: 'disarm' })],
  ['an order went out', desk => buy(desk, 'DI1')],
  ['a flatten began', desk => desk.press('flatten')],
  ['the day was locked', desk => desk.want({ kind: 'lock-day' })],
  ['the stream is down', desk => desk.stream(LOST)],
  ['the limits changed', desk => desk.feed({ kind: 'limits', limits: { ...desk.state.memory.limits.inForce } })],
  [
    'the price has grown old',
    desk => {
      desk.nowMs += 10_001
    },
  ],
  ['the price is far away', desk => desk.quote({ bid: '1.20000', offer: '1.20008' })],
  ['the spread is three times as wide', desk => desk.quote({ bid: '1.08410', offer: '1.08440' })],
  ['the price is crossed', desk => desk.quote({ bid: '1.08418', offer: '1.08410' })],
  ['there is only half a price', desk => desk.quote({ bid: null })],
  ['the market closed', desk => desk.quote({ state: 'closed' })],
  ['prices are delayed', desk => desk.quote({ isDelayed: true })],
  [
    'its reference was used',
    desk => {
      desk.state = { ...desk.state, usedReferences: new Set([dealReference('PRESS')]) }
    },
  ],
])('is judged by itself once %s', (_, happens) => {
  const desk = aReadyDesk()
  const before = foreseen(desk)
  happens(desk)
  expect(readyEntry(before, desk.state, aPress(desk))).toBeNull()
})

it.each<[string, Partial<IntentEvent>]>([
  ['another direction', { intent: { ...ENTER, direction: 'SELL' } }],
  ['a size of its own', { intent: { ...ENTER, size: new Decimal(1) } }],
  ['an exit', { intent: { kind: 'flatten', scope: { kind: 'account' } } }],
  ['a press from before', { pressedAtMs: 0 }],
])('does not stand for %s', (_, change) => {
  const desk = aReadyDesk()
  expect(readyEntry(foreseen(desk), desk.state, aPress(desk, change))).toBeNull()
})

it.each<[string, Partial<DeskSetup>, (desk: DrivenDesk) => void]>([
  ['a position is held', {}, desk => buy(desk, 'DI1')],
  [
    'the guard would deny it',
    { limits: { everyMarket: { maxOrderSize: new Decimal('0.5'), maxHeldSize: null, maxSpreadPoints: null } } },
    () => {},
  ],
  [
    'an identical press was just now',
    { limits: { duplicateWindowMs: 250 } },
    desk => {
      desk.refuse(desk.press('BUY'))
    },
  ],
])('foresees nothing while %s', (_, setup, happens) => {
  const desk = aReadyDesk(setup)
  happens(desk)
  expect(foresee(desk.state, EURUSD, 'BUY', desk.nowMs)).toBeNull()
})

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const decimals = (min: number, max: number) => fc.integer({ min, max }).map(value => new Decimal(value).div(10))

const worlds = fc.record({
  size: fc.oneof(
    decimals(5, 30).map(size => ({ kind: 'fixed', size }) as const),
    decimals(10, 900).map(amount => ({ kind: 'risk', risk: { kind: 'money', amount } }) as const),
  ),
  stop: fc.constantFrom<'normal' | 'guaranteed'>('normal', 'guaranteed'),
  stopPoints: fc.oneof(decimals(50, 400), decimals(20, 4_000)),
  premium: decimals(0, 30),
  percentOfStop: decimals(1, 30),
  maxSpreadPoints: orNull(decimals(5, 40)),
  minMarginLeft: orNull(decimals(0, 500)),
  available: decimals(3_000, 12_000),
  from: fc.constantFrom('00:00', '12:00', '12:01'),
  hasHours: fc.boolean(),
  waitMs: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 70_000 })),
  bid: fc.integer({ min: 107_900, max: 108_900 }),
  spread: fc.integer({ min: -1, max: 18 }),
  quoteAgeMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 11_000 })),
  brokerMs: fc.oneof(
    fc.constant(null),
    fc.integer({ min: WALL_MS - 1_000, max: WALL_MS + 90_000 }),
    fc.integer({ min: WALL_MS, max: WALL_MS + 15 * 3_600_000 }),
  ),
})

it('sends what judging the press by itself sends, and leaves the same state behind', () => {
  let stood = 0
  fc.assert(
    fc.property(worlds, world => {
      const market = {
        minGuaranteedStopDistance: { unit: 'PERCENTAGE', value: world.percentOfStop.div(10) },
        minStopDistance: { unit: 'PERCENTAGE', value: world.percentOfStop.div(100) },
        marginFactor: { unit: 'PERCENTAGE', value: new Decimal(5) },
      } as const
      const preset = { sizes: { 1: world.size }, stop: { kind: world.stop, distancePoints: world.stopPoints } }
      const contract = aContract({ limitPoints: null }, market)
      const { chosen, terms } = contract
      const guaranteePremium = { unit: 'PERCENTAGE', value: world.premium.div(100) } as const
      const desk = aReadyDesk({
        contracts: [
          {
            ...contract,
            terms: {
              ...terms,
              guaranteePremium,
              sizeStep: new Decimal('0.1'),
              currencyPerBase: new Decimal('1.1'),
              marginFactor: market.marginFactor,
            },
            chosen: { ...chosen, ...preset },
          },
        ],
        accountCurrency: 'USD',
        limits: {
          everyMarket: { maxOrderSize: null, maxHeldSize: null, maxSpreadPoints: world.maxSpreadPoints },
          minMarginLeft: world.minMarginLeft,
          tradingHours: world.hasHours ? [[{ days: WEEKDAYS, from: world.from, until: '12:02' }]] : [],
        },
      })
      desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS + desk.nowMs })
      desk.feed({ kind: 'account', figures: figures(world.available) })
      desk.quote()
      const before = foresee(desk.state, EURUSD, 'BUY', desk.nowMs)
      if (!before) return
      desk.nowMs += world.waitMs
      const digits = (units: number) => new Decimal(units).div(100_000).toFixed(5)
      const prices = { bid: digits(world.bid), offer: digits(world.bid + world.spread) }
      const receivedAtMs = Math.max(1_000, desk.nowMs - world.quoteAgeMs)
      desk.feed({ kind: 'quote', quote: aQuote({ ...prices, receivedAtMs, brokerTimeMs: world.brokerMs }) })
      const press = aPress(desk)
      const ready = readyEntry(before, desk.state, press)
      if (!ready) return
      stood += 1
      const slow = process(desk.state, press)
      const { order, press: name } = ready
      const { atMs, pressedAtMs } = press
      const quick = process(tracked(desk.state, ready, press), {
        kind: 'entered',
        order,
        press: name,
        pressedAtMs,
        atMs,
      })
      const effects: Effect[] = [
        { kind: 'journal', record: ready.announcement, entry: order.reference },
        { kind: 'open', id: order.reference, order },
        ...quick.effects,
      ]
      const after = { kind: 'clock', atMs } as const
      const [slowLater, quickLater] = [process(slow.state, after), process(quick.state, after)]
      expect([...effects, ...quickLater.effects]).toEqual([...slow.effects, ...slowLater.effects])
      expect({ ...quickLater.state, watchDueMs: null }).toEqual({ ...slowLater.state, watchDueMs: null })
    }),
    { numRuns: 3_000 },
  )
  expect(stood).toBeGreaterThan(50)
})

function figures(available: Decimal) {
  const none = { profitLoss: null, profitLossLimitedRisk: null, profitLossNormalRisk: null, funds: null }
  const unknown = { equityUsedPercent: null, deposit: null, availableCash: null, margin: null }
  const margins = { marginLimitedRisk: null, marginNormalRisk: null, receivedAtMs: 0 }
  return { ...none, ...unknown, ...margins, equity: new Decimal(10_000), available }
}

it('foresees nothing where the band would go below a price of zero, at which a rule in percent forbids nothing', () => {
  const half = { unit: 'PERCENTAGE', value: new Decimal(50) } as const
  const market = { decimals: 0, pointsPerUnit: 1, maxStopDistance: half, bid: new Decimal(60), offer: new Decimal(61) }
  const desk = aReadyDesk({ contracts: [aContract({ stopPoints: new Decimal(20) }, market)] })
  desk.quote({ decimals: 0, bid: '60', offer: '61' })
  const before = foresee(desk.state, EURUSD, 'BUY', desk.nowMs)
  desk.quote({ decimals: 0, bid: '30', offer: '31' })
  // Half of 30 points is less than the stop's 20.
  expect(process(desk.state, aPress(desk)).state.outcome.text).toMatch(/^DENIED.*15/)
  expect(before && readyEntry(before, desk.state, aPress(desk))).toBeNull()
})
