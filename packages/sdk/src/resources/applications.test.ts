import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ApplicationUpdate } from '../application.ts'
import { DecodeError, InvalidInputError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { applicationsOver } from './applications.ts'

// Shape: IG Labs, REST API reference, "Operations"; key and figures are made up.

const APPLICATION = {
  name: 'desk',
  apiKey: 'canary0key0canary0key0canary0key0canary0',
  status: 'ENABLED',
  allowanceApplicationOverall: 60,
  allowanceAccountTrading: 100,
  allowanceAccountOverall: 30,
  allowanceAccountHistoricalData: 10000,
  concurrentSubscriptionsLimit: 40,
  allowEquities: false,
  allowQuoteOrders: true,
  createdDate: '2024-02-11',
}

describe('applications', () => {
  it('are listed with what IG allows them, from a bare list', async () => {
    const rest = fakeRest([[APPLICATION]])
    const [application] = await applicationsOver(rest).list()
    expect(rest.asked).toEqual(['GET /operations/application v1'])
    expect(application).toMatchObject({ name: 'desk', status: 'enabled', createdOn: '2024-02-11' })
    expect(application).toMatchObject({ allowsEquities: false, allowsQuoteOrders: true })
    expect(application?.limits).toEqual({
      keyPerMinute: 60,
      tradingPerMinute: 100,
      dataPerMinute: 30,
      pointsPerWeek: 10_000,
      concurrentSubscriptions: 40,
    })
  })

  it('do not show their key', async () => {
    const list = await applicationsOver(fakeRest([[APPLICATION]])).list()
    expect(inspect(list, { depth: 9 }) + JSON.stringify(list)).not.toContain('canary')
    expect(list[0]?.apiKey.reveal()).toBe(APPLICATION.apiKey)
  })

  it.each([[90210090210], [{ key: 'canary' }], [null]])(
    'do not show a key that is odd (%#) in an error',
    async apiKey => {
      const failure = await applicationsOver(fakeRest([[{ ...APPLICATION, apiKey }]]))
        .list()
        .catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(DecodeError)
      expect(inspect(failure)).not.toMatch(/canary|90210/)
    },
  )

  it.each([
    [1707609600000, '2024-02-11'],
    [null, null],
    [false, null],
  ])('made at %o were made on the day %o', async (createdDate, createdOn) => {
    const [application] = await applicationsOver(fakeRest([[{ ...APPLICATION, createdDate }]])).list()
    expect(application?.createdOn).toBe(createdOn)
  })

  it('keep a status that is new, and lack a limit that is missing', async () => {
    const odd = { ...APPLICATION, status: 'PAUSED', allowanceAccountTrading: null, allowanceAccountOverall: 'many' }
    const [application] = await applicationsOver(fakeRest([[odd]])).list()
    expect(application?.status).toEqual({ other: 'PAUSED' })
    expect(application?.limits).toMatchObject({ tradingPerMinute: null, dataPerMinute: null, keyPerMinute: 60 })
  })

  it('are updated with everything said', async () => {
    const rest = fakeRest([{ ...APPLICATION, status: 'DISABLED' }])
    const apiKey = new Secret(APPLICATION.apiKey)
    const update: ApplicationUpdate = { apiKey, status: 'disabled', tradingPerMinute: 90, dataPerMinute: 25 }
    expect(await applicationsOver(rest).update(update)).toMatchObject({ status: 'disabled' })
    expect(rest.asked).toEqual(['PUT /operations/application v1'])
    const { apiKey: key } = APPLICATION
    expect(rest.bodies).toEqual([
      { apiKey: key, status: 'DISABLED', allowanceAccountOverall: 25, allowanceAccountTrading: 90 },
    ])
  })

  it('are disabled without a body', async () => {
    const rest = fakeRest([{ ...APPLICATION, status: 'DISABLED' }])
    expect(await applicationsOver(rest).disable()).toMatchObject({ status: 'disabled' })
    expect(rest.asked).toEqual(['PUT /operations/application/disable v1'])
    expect(rest.bodies).toEqual([undefined])
  })

  it.each([
    ['a half call', { tradingPerMinute: 1.5 }],
    ['no call', { dataPerMinute: 0 }],
    ['no number', { dataPerMinute: Number.NaN }],
    ['a status of IG’s making', { status: 'revoked' }],
    ['a bare key', { apiKey: 'canary' }],
  ])('are not updated to %s', async (_what, wrong) => {
    const rest = fakeRest([])
    const right = { apiKey: new Secret('canary'), status: 'enabled', tradingPerMinute: 1, dataPerMinute: 1 }
    const failure = await applicationsOver(rest)
      .update({ ...right, ...wrong } as ApplicationUpdate)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(InvalidInputError)
    expect(inspect(failure)).not.toContain('canary')
    expect(rest.asked).toEqual([])
  })

  it('are not revoked by us, by type', () => {
    expectTypeOf<ApplicationUpdate['status']>().toEqualTypeOf<'enabled' | 'disabled'>()
  })
})
