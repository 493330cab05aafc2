import { Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { exposure } from './book/exposure.ts'
import type { RecoveredOrder } from './desk-setup.ts'
import type { OrderPurpose } from './orders/order.ts'
import { aConfirm, aRejection } from './testing/confirm-fixtures.ts'
import { aPastDeal, aPosition, aWorkingOrder, EURUSD } from './testing/desk-fixtures.ts'
import { DrivenDesk, WALL_MS } from './testing/driven-desk.ts'

const size = new Decimal(1)
const dealt = dealId('DI1')
const epic = EURUSD
const OPEN: OrderPurpose = { kind: 'open', epic, direction: 'BUY', size, seenLevel: null, stopPoints: null }
const CLOSE: OrderPurpose = { kind: 'close', epic, dealId: dealt, direction: 'BUY', size, heldSize: size }
const CANCEL: OrderPurpose = { kind: 'cancel', epic, dealId: dealId('DO1') }

/** A desk whose run before left these questions open. */
function restarted(purpose: OrderPurpose, change: Partial<RecoveredOrder> = {}, adopted: string[] = []): DrivenDesk {
  const reference = purpose.kind === 'open' ? dealReference('OLD') : null
  const order: RecoveredOrder = { id: 'OLD', purpose, reference, sentWallMs: 1_000, question: 'open', ...change }
  const deals = adopted.map(deal => ({ dealId: dealId(deal), origin: 'adopted' as const }))
  const usedReferences = [dealReference('OLD')]
  const recovered = { orders: [order], usedReferences, deals, facts: [], openingEquity: null, day: null }
  const desk = new DrivenDesk({ recovered, start: { atMs: 1_000, wallMs: WALL_MS } })
  desk.stream('new')
  desk.trades('listening')
  return desk
}

function list(desk: DrivenDesk, ...answer: Parameters<DrivenDesk['list']>): void {
  desk.list(...answer)
  if (desk.state.book.reading) desk.list(...answer)
}

it('asks at once for the order that the run before left open, and sends nothing again', () => {
  const desk = restarted(OPEN)
  expect([desk.stage('OLD'), exposure(desk.state)]).toEqual(['checking', 'checking'])
  expect(desk.sent('find-confirm')).toMatchObject([{ reference: 'OLD' }])
  expect(desk.state.book.reading).not.toBeNull()
  desk.pass(90_000)
  expect([desk.sent('open'), desk.sent('close')]).toEqual([[], []])
})

it.each([
  ['a confirm', 'done', (desk: DrivenDesk) => desk.streamConfirm(aConfirm('OLD', 'DI1'))],
  ['a rejection', 'rejected', (desk: DrivenDesk) => desk.streamConfirm(aRejection('OLD', 'UNKNOWN'))],
  ['the list', 'done', (desk: DrivenDesk) => list(desk, [aPosition('DI1', { dealReference: dealReference('OLD') })])],
  [
    'the history',
    'done',
    (desk: DrivenDesk) => {
      desk.pass(10_000)
      desk.tellHistory([aPastDeal({ reference: dealReference('OLD') })])
    },
  ],
])('settles it by %s, as if its answer had been lost now', (_, stage, tell) => {
  const desk = restarted(OPEN)
  tell(desk)
  expect(desk.stage('OLD')).toBe(stage)
})

it('asks the history since the order was sent, in the run before', () => {
  const desk = restarted(OPEN)
  desk.pass(10_000)
  expect(desk.sent('find-deals')).toMatchObject([{ sinceMs: 1_000 - 5_000 }])
})

it('denies entries on its market until it is settled; exits do not wait', () => {
  const desk = restarted(OPEN)
  list(desk, [aPosition('DI7')])
  desk.quote()
  desk.press('BUY')
  expect(desk.recorded('denied').at(-1)?.code).toBe('outcome-unknown')
  desk.press('flatten')
  expect(desk.sent('close')).toMatchObject([{ order: { dealId: 'DI7' } }])
})

it('settles a close or a cancellation of the run before by the list', () => {
  const closed = restarted(CLOSE)
  list(closed)
  expect(closed.stage('OLD')).toBe('done')
  const cancelled = restarted(CANCEL)
  list(cancelled)
  expect(cancelled.stage('OLD')).toBe('done')
  const still = restarted(CANCEL)
  still.pass(6_000)
  list(still, [], [aWorkingOrder('DO1')])
  still.pass(6_000)
  if (still.state.book.reading) still.list([], [aWorkingOrder('DO1')])
  expect(still.stage('OLD')).toBe('unresolved')
})

it('leaves unresolved what was unresolved, until the truth comes or the trader accepts it', () => {
  const desk = restarted(OPEN, { question: 'unresolved' })
  list(desk)
  desk.pass(90_000)
  if (desk.state.book.reading) desk.list()
  expect([desk.stage('OLD'), exposure(desk.state)]).toEqual(['unresolved', 'unknown'])
  desk.want({ kind: 'accept-unknown', id: 'OLD' })
  expect(exposure(desk.state)).toBe('flat')
})

it('knows its own positions of the run before, and those that were adopted', () => {
  const desk = restarted(CANCEL, {}, ['DI2'])
  list(desk, [
    aPosition('DI1', { dealReference: dealReference('OLD') }),
    aPosition('DI2'),
    aPosition('DI3', { dealReference: null }),
  ])
  expect([...desk.state.holdings.values()].map(({ origin }) => origin)).toEqual(['ours', 'adopted', 'elsewhere'])
})

it('says which order of the run before is asked for, and not that nothing is open', () => {
  const desk = restarted(OPEN)
  list(desk)
  expect(desk.words).toBe('UNKNOWN, CHECKING: BUY 1, sent before the restart and not sent again; nothing is listed yet')
})

it('gets out at the first press, though a close of the run before has no outcome', () => {
  const desk = restarted(CLOSE)
  list(desk, [aPosition('DI1')])
  desk.press('flatten')
  expect(desk.sent('close')).toMatchObject([{ order: { dealId: 'DI1' } }])
})

/** A deal of its own in the journal of the run before, written so long before this start. */
function restartedAfter(ms: number | null): DrivenDesk {
  const record = { kind: 'position-adopted', atMs: 0, dealId: 'DI1', epic } as const
  const entries = ms === null ? [] : [{ record, wallMs: WALL_MS - ms }]
  const deals = [{ dealId: dealt, origin: 'adopted' as const }]
  const recovered = { orders: [], usedReferences: [], deals, facts: [], openingEquity: null, day: null, entries }
  const desk = new DrivenDesk({ recovered, start: { atMs: 1_000, wallMs: WALL_MS } })
  desk.stream('new')
  desk.trades('listening')
  return desk
}

it('is ready with the first reading when a deal of the run before was told of long ago: it would be listed', () => {
  const desk = restartedAfter(60_000)
  list(desk)
  expect([desk.words, exposure(desk.state)]).toEqual(['READY: nothing is open', 'flat'])
})

it.each([
  ['just before the start', 1_000],
  ['at a time after it, by a clock that was set back', -60_000],
  ['nobody knows when', null],
])('waits for the lists where the deal was told of %s', (_, ms) => {
  const desk = restartedAfter(ms)
  list(desk)
  expect([desk.news, exposure(desk.state)]).toEqual([[], 'unknown'])
  desk.pass(6_000)
  list(desk)
  desk.pass(1_000)
  list(desk)
  expect(desk.words).toBe('READY: nothing is open')
})

it('does not take a cancellation for done because the list does not show yet what was placed just before', () => {
  const desk = restarted(CANCEL, { sentWallMs: WALL_MS - 500 })
  list(desk)
  expect(desk.stage('OLD')).toBe('checking')
  list(desk, [], [aWorkingOrder('DO1')])
  expect(desk.stage('OLD')).toBe('checking')
  desk.pass(6_000)
  list(desk)
  expect(desk.stage('OLD')).toBe('done')
})
