import { describe, expect, it } from 'vitest'
import { dealReference } from '../ids.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import { confirmsOver } from './confirms.ts'

// Shape: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}; figures are made up.

const CONFIRM = {
  dealStatus: 'ACCEPTED',
  status: 'OPEN',
  reason: 'SUCCESS',
  dealReference: 'REF-1',
  dealId: 'DI1',
  epic: 'CS.D.EURUSD.MINI.IP',
  direction: 'BUY',
}

function find(status: number, body: string) {
  const response: HttpResponse = { status, headers: new Map(), body }
  const rest = fakeRest([response])
  return { rest, found: confirmsOver(rest).find(dealReference('REF-1')) }
}

describe('a confirm', () => {
  it('is asked for by its reference', async () => {
    const { rest, found } = find(200, JSON.stringify(CONFIRM))
    expect(await found).toMatchObject({ reference: 'REF-1', dealId: 'DI1', outcome: { kind: 'accepted' } })
    expect(rest.asked).toEqual(['GET /confirms/REF-1 v1'])
  })

  it.each([
    [404, '{"errorCode":"error.confirms.deal-not-found"}'],
    [405, ''],
    [500, '{"errorCode":null}'],
  ])('that is not there, which IG says with %i, is null', async (status, body) => {
    expect(await find(status, body).found).toBeNull()
  })

  it('of somebody else is none', async () => {
    const other = find(200, JSON.stringify({ ...CONFIRM, dealReference: 'REF-2' }))
    await expect(other.found).rejects.toMatchObject({ code: 'other-confirm' })
  })

  it.each([
    [200, '', 'not-json'],
    [200, '<html>maintenance</html>', 'not-json'],
    [200, '{"dealStatus":"ACCEPTED"}', 'decode'],
    [403, '{"errorCode":"error.public-api.exceeded-account-allowance"}', 'error.public-api.exceeded-account-allowance'],
    [503, '', 'http-503'],
  ])('that cannot be told (%i %s) is a failure, not an absence', async (status, body, code) => {
    await expect(find(status, body).found).rejects.toMatchObject({ code })
  })
})
