import { expect, it } from 'vitest'
import { fakeRest } from '../testing/fake-rest.ts'
import { ordersOver } from './orders.ts'

const nobody = {
  place: () => Promise.reject(new Error('nothing is sent here')),
  amendWorkingOrder: () => Promise.reject(new Error('nothing is sent here')),
  cancel: () => Promise.reject(new Error('nothing is sent here')),
}

it('working orders are listed', async () => {
  // Shape: IG Labs, REST API reference, "Working Orders"; figures are made up.
  const workingOrderData = {
    dealId: 'DI1',
    epic: 'CS.D.EURUSD.MINI.IP',
    direction: 'BUY',
    orderSize: 1,
    orderType: 'STOP',
  }
  const rest = fakeRest([{ workingOrders: [{ workingOrderData, marketData: null }] }])
  expect(await ordersOver(rest, nobody).list()).toMatchObject([{ dealId: 'DI1', kind: 'stop' }])
  expect(rest.asked).toEqual(['GET /workingorders v2'])
})
