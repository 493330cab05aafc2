import { describe, expect, it } from 'vitest'
import { RefusedError } from '../errors.ts'
import { dealId } from '../ids.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { positionsOver } from './positions.ts'

// Shape: IG Labs, REST API reference, "Positions"; figures are made up.

const ROW = {
  position: { dealId: 'DI1', direction: 'BUY', size: 0.5, level: 1.0842, currency: 'USD', contractSize: 10000 },
  market: { epic: 'CS.D.EURUSD.MINI.IP', instrumentName: 'EUR/USD Mini' },
}
const nobody = {
  open: () => Promise.reject(new Error('nothing is sent here')),
  close: () => Promise.reject(new Error('nothing is sent here')),
  amend: () => Promise.reject(new Error('nothing is sent here')),
}

describe('positions', () => {
  it('are listed', async () => {
    const rest = fakeRest([{ positions: [ROW] }, { positions: [] }])
    const positions = positionsOver(rest, nobody)
    expect(await positions.list()).toMatchObject([{ dealId: 'DI1', marketName: 'EUR/USD Mini' }])
    expect(await positions.list()).toEqual([])
    expect(rest.asked).toEqual(['GET /positions v2', 'GET /positions v2'])
  })

  it('are read one by one, and one that is not there is null', async () => {
    const request = { method: 'GET', path: '/positions/DI1' }
    const gone = new RefusedError('error.position.notfound', 404, request, 'x')
    const broken = new RefusedError('invalid.url', 404, request, 'x')
    const rest = fakeRest([ROW, gone, broken])
    const positions = positionsOver(rest, nobody)
    expect(await positions.get(dealId('DI/1'))).toMatchObject({ dealId: 'DI1', epic: 'CS.D.EURUSD.MINI.IP' })
    expect(await positions.get(dealId('DI1'))).toBeNull()
    await expect(positions.get(dealId('DI1'))).rejects.toBe(broken)
    expect(rest.asked[0]).toBe('GET /positions/DI%2F1 v2')
  })
})
