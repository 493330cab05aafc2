import { describe, expect, it } from 'vitest'
import { DecodeError, InvalidInputError, ProtocolError } from '../errors.ts'
import { type Epic, epic } from '../ids.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { type Watchlists, watchlistsOver } from './watchlists.ts'

// Shapes: IG Labs, REST API reference, "Watchlists"; names and figures are made up.

const GOLD = epic('CS.D.CFDGOLD.CFDGC.IP')
const SUCCESS = { status: 'SUCCESS' }

describe('watchlists', () => {
  it('are listed, the user’s own and IG’s', async () => {
    const rest = fakeRest([
      {
        watchlists: [
          { id: '61724', name: 'Mornings', editable: true, deleteable: false, defaultSystemWatchlist: false },
          { id: 'Popular Markets', name: 'Gefragt', editable: false, deleteable: false, defaultSystemWatchlist: true },
        ],
      },
    ])
    expect(await watchlistsOver(rest).list()).toEqual([
      { id: '61724', name: 'Mornings', isEditable: true, isDeletable: false, isSystemDefault: false },
      { id: 'Popular Markets', name: 'Gefragt', isEditable: false, isDeletable: false, isSystemDefault: true },
    ])
    expect(rest.asked).toEqual(['GET /watchlists v1'])
  })

  it('have markets, under an id with a space too', async () => {
    const market = {
      epic: GOLD,
      instrumentName: 'Spot Gold',
      instrumentType: 'CURRENCIES',
      expiry: '-',
      marketStatus: 'TRADEABLE',
      bid: 2331.2,
      offer: 2331.5,
      high: null,
      low: null,
      netChange: -3.4,
      percentageChange: -0.15,
      updateTime: '12:22:04',
      updateTimeUTC: '10:22:04',
      delayTime: 0,
      streamingPricesAvailable: true,
      scalingFactor: 1,
    }
    const rest = fakeRest([{ markets: [{ ...market, lotSize: 100 }, market] }])
    const [withLot, withoutLot] = await watchlistsOver(rest).markets('Popular Markets')
    expect(rest.asked).toEqual(['GET /watchlists/Popular%20Markets v1'])
    expect(withLot).toMatchObject({ epic: GOLD, instrumentType: 'currencies', state: 'tradeable', high: null })
    expect(withLot).toMatchObject({ updateTimeUtc: '10:22:04', delayMinutes: 0, pointsPerUnit: 1, isStreamable: true })
    expect(withLot?.lotSize?.toFixed()).toBe('100')
    expect(withLot?.netChange?.toFixed()).toBe('-3.4')
    expect(withoutLot?.lotSize).toBeNull()
  })

  it.each([
    ['SUCCESS', 'all'],
    ['SUCCESS_NOT_ALL_INSTRUMENTS_ADDED', 'not-all'],
    ['SUCCESS_LATER', { other: 'SUCCESS_LATER' }],
  ])('are created, and %s says what was added', async (status, added) => {
    const rest = fakeRest([{ watchlistId: '61725', status }])
    expect(await watchlistsOver(rest).create({ name: 'Metals', epics: [GOLD] })).toEqual({ id: '61725', added })
    expect(rest.asked).toEqual(['POST /watchlists v1'])
    expect(rest.bodies).toEqual([{ name: 'Metals', epics: [GOLD] }])
  })

  it('are created empty', async () => {
    const rest = fakeRest([{ watchlistId: '1', status: 'SUCCESS' }])
    await watchlistsOver(rest).create({ name: 'Later' })
    expect(rest.bodies).toEqual([{ name: 'Later', epics: [] }])
  })

  it('without an id in the answer are not taken for created', async () => {
    await expect(watchlistsOver(fakeRest([SUCCESS])).create({ name: 'Metals' })).rejects.toThrow(DecodeError)
  })

  it('take markets on and off, and are deleted, whether the answer has a body or not', async () => {
    const rest = fakeRest([SUCCESS, SUCCESS, null])
    const watchlists = watchlistsOver(rest)
    await watchlists.add('61724', GOLD)
    await watchlists.remove('61724', GOLD)
    await watchlists.delete('My list/2')
    expect(rest.asked).toEqual([
      'PUT /watchlists/61724 v1',
      `DELETE /watchlists/61724/${GOLD} v1`,
      'DELETE /watchlists/My%20list%2F2 v1',
    ])
    expect(rest.bodies).toEqual([{ epic: GOLD }, undefined, undefined])
  })

  it('are not taken for changed when IG says another word', async () => {
    const change = watchlistsOver(fakeRest([{ status: 'NOT_YET' }])).add('61724', GOLD)
    await expect(change).rejects.toThrow(ProtocolError)
  })

  const NO_EPIC = '' as Epic
  it.each<[string, (watchlists: Watchlists) => Promise<unknown>]>([
    // Without an epic the path would be that of the whole list.
    ['removing nothing', watchlists => watchlists.remove('61724', NO_EPIC)],
    ['adding nothing', watchlists => watchlists.add('61724', NO_EPIC)],
    ['deleting nothing', watchlists => watchlists.delete('')],
    ['deleting a blank', watchlists => watchlists.delete('  ')],
    ['deleting the path above', watchlists => watchlists.delete('..')],
    ['reading this path', watchlists => watchlists.markets('.')],
    ['a list without a name', watchlists => watchlists.create({ name: ' ' })],
    ['a list of no epics', watchlists => watchlists.create({ name: 'x', epics: ['a b' as Epic] })],
  ])('%s is refused, and nothing is sent', async (_what, act) => {
    const rest = fakeRest([])
    await expect(act(watchlistsOver(rest))).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })
})
