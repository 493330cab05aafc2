import { type AmendOrder, type CloseOrder, dealId, type OpenOrder } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Approved,
  approveAmend,
  approveCancel,
  approveClose,
  approveOpen,
  approvePlace,
  isApproved,
} from './approved.ts'
import { NO_LIMITS } from './limits.ts'
import { remember } from './memory/remember.ts'
import {
  AT,
  aDay,
  anOpenOrder,
  aQuote,
  byDeal,
  d,
  fact,
  GOLD,
  held,
  pendingOrder,
  someCircumstances,
  someKnown,
  someTerms,
} from './testing/guard-fixtures.ts'

const limited = (size: number) =>
  someCircumstances({ memory: aDay({ everyMarket: { ...NO_LIMITS.everyMarket, maxOrderSize: d(size) } }) })

const { reference, market } = anOpenOrder()
const BARE = { reference, market, direction: 'BUY', size: d(1) } as const

function approved(order: OpenOrder): Approved<OpenOrder> {
  const verdict = approveOpen(order, someCircumstances())
  if (verdict.kind === 'denied') throw new Error(verdict.denial.words)
  return verdict.order
}

/** The port of the broker, as far as the types go. */
const send = (order: Approved<OpenOrder>): boolean => isApproved(order)

it('approves the order itself: what is judged is what is sent', () => {
  expect(approved(anOpenOrder())).toEqual(anOpenOrder())
  expect(send(approved(anOpenOrder()))).toBe(true)
  expect(approveOpen(anOpenOrder(d(3)), limited(2))).toMatchObject({ kind: 'denied', denial: { code: 'order-size' } })
})

it('refuses an order that was never judged', () => {
  // @ts-expect-error An order that the guard has not seen.
  expect(send(anOpenOrder())).toBe(false)
  expect(send(anOpenOrder() as Approved<OpenOrder>)).toBe(false)
})

it('refuses a copy of an approved order with another size', () => {
  // @ts-expect-error A copy is not what was approved.
  expect(send({ ...approved(anOpenOrder()), size: d(100) })).toBe(false)
})

it('cannot be changed after it was approved, and does not follow the object it was made of', () => {
  const order = { ...anOpenOrder() }
  const verdict = approveOpen(order, limited(2))
  Object.assign(order, { size: d(100) })
  expect(verdict).toMatchObject({ kind: 'approved', order: { size: d(1) } })
  expect(Object.isFrozen(order.market)).toBe(false)
  const passed = approved(anOpenOrder())
  expect(() => Object.assign(passed, { size: d(100) })).toThrow()
  expect(() => Object.assign(passed.stop ?? {}, { distancePoints: d(0) })).toThrow()
})

it('is not taken for an open by the types when it is a close', () => {
  const close = approveClose(dealId('DIHELD'), 'all', byDeal(held()), null)
  if (close.kind === 'denied') throw new Error(close.denial.words)
  // @ts-expect-error A close is not an open.
  const asOpen: Approved<OpenOrder> = close.order
  expect(isApproved(asOpen)).toBe(true)
})

it.each([
  [
    'a stop by its level that is too near',
    { level: d('1.08410') },
    'expected a stop at least 2 points away for EUR/USD Mini, but got 0.8; move it away',
  ],
  [
    'a stop by its level on the wrong side',
    { level: d('1.09') },
    'expected a stop at least 2 points away for EUR/USD Mini, but got -58.2; move it away',
  ],
  [
    'a guaranteed stop that is too near',
    { distancePoints: d(7), isGuaranteed: true },
    'expected a stop at least 8 points away for EUR/USD Mini, but got 7; move it away',
  ],
  [
    'a trailing step that is too small',
    { distancePoints: d(7), stepPoints: d('0.5') },
    'expected a trailing step of at least 1 points for EUR/USD Mini, but got 0.5; raise it',
  ],
])('checks %s on every path, with a preset or without', (_, stop, words) => {
  expect(approveOpen({ ...BARE, stop }, someCircumstances())).toMatchObject({
    kind: 'denied',
    denial: { code: 'dealing-rules', words },
  })
})

it('judges a working order from its own level', () => {
  const order = {
    ...BARE,
    kind: 'limit',
    level: d('1.08'),
    goodTill: 'cancelled',
  } as const
  const place = (stop: { level: ReturnType<typeof d> }) => approvePlace({ ...order, stop }, false, someCircumstances())
  expect(place({ level: d('1.0798') })).toMatchObject({ kind: 'approved' })
  expect(place({ level: d('1.0799') })).toMatchObject({ kind: 'denied', denial: { code: 'dealing-rules' } })
})

const worst = someCircumstances({
  known: someKnown({
    isArmed: false,
    isBookKnown: false,
    isFlattening: true,
    terms: null,
    quote: null,
    workingOrders: null,
    pending: [pendingOrder({ stage: 'unresolved' })],
  }),
  memory: remember(
    aDay({ allowedMarkets: [], maxDayLoss: d(1) }),
    fact({ kind: 'locked', reason: 'day-loss', words: 'lost', loss: null }),
  ),
})
const guarded = { ...held(), isGuaranteed: false }
const amend = (change: Partial<AmendOrder>) =>
  ({ dealId: dealId('DIHELD'), stopLevel: d('1.083'), limitLevel: null, ...change }) as AmendOrder

it.each([
  ['a close', () => approveClose(dealId('DIHELD'), 'half', byDeal(held()), null).kind],
  ['a cancellation', () => (isApproved(approveCancel(dealId('DIWORKING'))) ? 'approved' : 'denied')],
  ['a stop that comes nearer', () => approveAmend(amend({ stopLevel: d('1.084') }), byDeal(guarded), worst).kind],
  ['a stop that stays while the limit is removed', () => approveAmend(amend({}), byDeal(guarded), worst).kind],
  ['a stop where none was', () => approveAmend(amend({}), byDeal({ ...guarded, stopLevel: null }), worst).kind],
])('lets %s pass when everything speaks against an entry', (_, exit) => {
  expect(exit()).toBe('approved')
})

it.each([
  ['moving a stop away', amend({ stopLevel: d('1.0829') }), guarded],
  ['moving a short’s stop away', amend({ stopLevel: d('1.0831') }), { ...guarded, direction: 'SELL' } as const],
  ['removing a stop', amend({ stopLevel: null }), guarded],
  ['giving up a guarantee', amend({}), { ...guarded, isGuaranteed: true }],
])('asks the guard about %s', (_, order, deal) => {
  expect(approveAmend(order, byDeal(deal), worst)).toMatchObject({ kind: 'denied', denial: { code: 'not-armed' } })
  expect(approveAmend(order, byDeal(deal), someCircumstances()).kind).toBe('approved')
})

it('closes only what is held: the other way, and at most its size', () => {
  const size = fc.integer({ min: 1, max: 500 }).map(units => d(units).div(10))
  fc.assert(
    fc.property(size, size, fc.constantFrom('BUY' as const, 'SELL' as const), (heldSize, asked, direction) => {
      const deal = held({ size: heldSize, direction })
      const verdict = approveClose(deal.dealId, { size: asked }, byDeal(deal), {
        minSize: d('0.5'),
        sizeStep: d('0.1'),
      })
      if (verdict.kind === 'denied') throw new Error(verdict.denial.words)
      const order: CloseOrder = verdict.order
      expect(order.dealId).toBe(deal.dealId)
      expect(order.direction).not.toBe(direction)
      expect(order.size.gt(0) && order.size.lte(heldSize)).toBe(true)
    }),
  )
})

it('closes the part that was asked for', () => {
  const half = approveClose(dealId('DIHELD'), 'half', byDeal(held({ size: d(3) })), {
    minSize: d('0.5'),
    sizeStep: null,
  })
  expect(half).toEqual({ kind: 'approved', order: { dealId: 'DIHELD', direction: 'SELL', size: d('1.5') } })
  expect(approveClose(dealId('DIHELD'), { size: d(0) }, byDeal(held()), null)).toMatchObject({
    kind: 'denied',
    denial: { code: 'not-a-part', words: 'expected a part of the 1 held, but got none; give a size above 0' },
  })
})

it('refuses to close or to amend a deal that is not held', () => {
  const words = 'expected a deal that is held, but DIOTHER is not; look at the positions'
  const denied = { kind: 'denied', denial: { code: 'not-held', words } }
  expect(approveClose(dealId('DIOTHER'), 'all', byDeal(held()), null)).toMatchObject(denied)
  expect(approveAmend(amend({ dealId: dealId('DIOTHER') }), byDeal(guarded), someCircumstances())).toMatchObject(denied)
})

it('refuses an order for a market that goes round the desk’s own list', () => {
  const elsewhere = someCircumstances({ known: someKnown({ terms: null }) })
  expect(approveOpen(anOpenOrder(), elsewhere)).toMatchObject({ denial: { code: 'market-not-allowed' } })
  const ofAnother = someCircumstances({ known: someKnown({ terms: someTerms({ epic: GOLD }) }) })
  expect(approveOpen(anOpenOrder(), ofAnother)).toMatchObject({ denial: { code: 'market-not-allowed' } })
})

it('refuses an order that shows the price of another market', () => {
  const ofAnother = someCircumstances({ known: someKnown({ quote: aQuote({ epic: GOLD }) }) })
  expect(approveOpen(anOpenOrder(), ofAnother)).toMatchObject({ denial: { code: 'no-price' } })
})

it('judges a limit order that deals at once as an entry like any other', () => {
  const order = { ...BARE, kind: 'limit', level: d('1.0842') } as const
  expect(approveOpen(order, someCircumstances()).kind).toBe('approved')
  expect(
    approveOpen(order, someCircumstances({ known: someKnown({ quote: aQuote({ receivedAtMs: AT - 11_000 }) }) })),
  ).toMatchObject({ denial: { code: 'stale-price' } })
})
