import type { CloseOrder } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { Approved, CancelOrder } from '../guard/approved.ts'
import { aLongDesk } from '../testing/driven-desk.ts'
import { unapproved } from './unapproved.ts'

it('lets every order that the guard approved go', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const orders = [...desk.sent('open'), ...desk.sent('close')]
  expect(orders.map(unapproved)).toEqual([null, null])
})

it('keeps an order back that was changed after it was approved, or made by hand', () => {
  const desk = aLongDesk()
  desk.press('flatten')
  const [close] = desk.sent('close')
  const larger = { ...close!.order, size: close!.order.size.times(2) } as Approved<CloseOrder>
  expect(unapproved({ ...close!, order: larger })).toMatchObject({ kind: 'unsent' })
  const order = { dealId: close!.order.dealId } as Approved<CancelOrder>
  expect(unapproved({ kind: 'cancel', id: 'X', order, isExit: true })).toMatchObject({ kind: 'unsent' })
})
