import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '../secret.ts'
import { EURUSD, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

describe('the keys of the login', () => {
  it('are listed with their limits, and without showing a key', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const applications = await ig.applications.list()
    expect(applications).toMatchObject([
      {
        name: 'mock',
        status: 'enabled',
        limits: {
          keyPerMinute: 60,
          tradingPerMinute: 100,
          dataPerMinute: 30,
          pointsPerWeek: 10_000,
          concurrentSubscriptions: 40,
        },
        allowsEquities: false,
        allowsQuoteOrders: false,
        createdOn: '2026-06-17',
      },
    ])
    expect(applications[0]?.apiKey.reveal()).toBe(broker.apiKey)
    expect(inspect(applications, { depth: 9, showHidden: true })).not.toContain(broker.apiKey)
  })

  it('get other limits, which IG then keeps to', async () => {
    await using contract = await startContract({ broker: { allowances: 'ig' } })
    const { ig, broker } = contract
    const apiKey = new Secret(broker.apiKey)
    const update = { apiKey, status: 'enabled', tradingPerMinute: 7, dataPerMinute: 5 } as const
    expect((await ig.applications.update(update)).limits).toMatchObject({ tradingPerMinute: 7, dataPerMinute: 5 })
    // Two calls counted before this one: the list of accounts and the update.
    for (let call = 0; call < 3; call++) await ig.markets.get(EURUSD)
    await expect(ig.markets.get(EURUSD, { waitWithinMs: 0 })).rejects.toMatchObject({
      name: 'AllowanceError',
      code: 'error.public-api.exceeded-account-allowance',
    })
  })

  it('that are somebody else’s cannot be changed', async () => {
    await using contract = await startContract()
    const update = { status: 'enabled', tradingPerMinute: 7, dataPerMinute: 5 } as const
    const attempt = contract.ig.applications.update({ ...update, apiKey: new Secret('another-key') })
    await expect(attempt).rejects.toMatchObject({ code: 'error.security.api-key-invalid' })
  })

  it('are disabled for good: nothing is taken any more, an order neither', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const order = await contract.terms()
    expect(await ig.applications.disable()).toMatchObject({ status: 'disabled' })
    const disabled = { name: 'SignInError', code: 'error.security.api-key-disabled' }
    await expect(ig.markets.get(EURUSD)).rejects.toMatchObject(disabled)
    await expect(contract.connect()).rejects.toMatchObject(disabled)
    expect(await ig.positions.open(order)).toMatchObject({ kind: 'rejected', code: disabled.code, httpStatus: 403 })
    expect(broker.positions()).toEqual([])
  })
})

it('exercises every route of applications', () => {
  expect(notExercised('applications')).toEqual([])
})
