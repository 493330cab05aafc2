import { describe, expect, it } from 'vitest'
import { epic } from '../ids.ts'
import { DAX, EURUSD, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

describe('watchlists', () => {
  it('are made, filled, emptied and deleted', async () => {
    await using contract = await startContract()
    const { watchlists } = contract.ig
    const { id, added } = await watchlists.create({ name: 'Été "1".', epics: [EURUSD] })
    expect([id, added]).toEqual([expect.stringMatching(/^\d+$/), 'all'])
    expect(await watchlists.list()).toContainEqual({
      id,
      name: 'Été "1".',
      isEditable: true,
      isDeletable: true,
      isSystemDefault: false,
    })
    await watchlists.add(id, DAX)
    const markets = await watchlists.markets(id)
    expect(markets.map(market => market.epic)).toEqual([EURUSD, DAX])
    expect(markets[0]).toMatchObject({ name: 'EUR/USD', state: 'tradeable', isStreamable: true })
    expect([markets[1]?.bid?.toFixed(), markets[1]?.lotSize?.toFixed()]).toEqual(['18500', '1'])
    await watchlists.remove(id, EURUSD)
    expect((await watchlists.markets(id)).map(market => market.epic)).toEqual([DAX])
    await watchlists.delete(id)
    expect((await watchlists.list()).map(list => list.id)).not.toContain(id)
    await expect(watchlists.markets(id)).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'error.invalid.watchlist',
    })
  })

  it('say that a market could not be put on a new one', async () => {
    await using contract = await startContract()
    const { watchlists } = contract.ig
    const { id, added } = await watchlists.create({ name: 'Half', epics: [EURUSD, epic('CS.D.NOPE.CFD.IP')] })
    expect(added).toBe('not-all')
    expect((await watchlists.markets(id)).map(market => market.epic)).toEqual([EURUSD])
  })

  it('of IG have a name with a space for an id, and cannot be changed', async () => {
    await using contract = await startContract()
    const { watchlists } = contract.ig
    const system = (await watchlists.list()).find(list => list.isSystemDefault)
    expect(system).toMatchObject({ id: 'Popular Markets', isEditable: false, isDeletable: false })
    expect((await watchlists.markets('Popular Markets')).map(market => market.epic)).toContain(EURUSD)
    await expect(watchlists.add('Popular Markets', DAX)).rejects.toMatchObject({ name: 'RefusedError' })
    await expect(watchlists.delete('Popular Markets')).rejects.toMatchObject({
      code: 'error.watchlists.management.cannot-delete-watchlist',
    })
  })

  it('are refused a name that is in use, and a market that is none', async () => {
    await using contract = await startContract()
    const { watchlists } = contract.ig
    const { id } = await watchlists.create({ name: 'Mine' })
    expect(await watchlists.markets(id)).toEqual([])
    await expect(watchlists.create({ name: 'Mine' })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'error.watchlists.management.duplicate-name',
    })
    await expect(watchlists.add(id, epic('CS.D.NOPE.CFD.IP'))).rejects.toMatchObject({
      code: 'error.service.watchlists.add-instrument.invalid-epic',
    })
  })
})

it('exercises every route of watchlists', () => {
  expect(notExercised('watchlists')).toEqual([])
})
