import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { marketsOver } from './markets.ts'

// Shapes: IG Labs, REST API reference, "Markets", categories; figures are made up.

const row = (index: number) => ({
  epic: `XX.D.ROW${String(index).padStart(4, '0')}.IP`,
  instrumentName: `Row ${index}`,
  expiry: '-',
  instrumentType: 'INDICES',
  lotSize: 1,
  otcTradeable: true,
  marketStatus: 'DEAL_NO_EDIT',
  delayTime: 0,
  bid: 100.5,
  offer: 101,
  high: null,
  low: null,
  netChange: 0,
  percentageChange: 0,
  updateTime: '10:00:00',
  scalingFactor: 1,
})
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => row(from + index))
const page = (instruments: readonly unknown[], pageNumber: number, pageSize: number) => ({
  instruments,
  metadata: { pageNumber, pageSize },
})

async function namesOf(rest: ReturnType<typeof fakeRest>, pageSize?: number): Promise<readonly string[]> {
  const names: string[] = []
  const options = pageSize === undefined ? {} : { pageSize }
  for await (const { name } of marketsOver(rest).instruments('INDICES 1', options)) names.push(name)
  return names
}
const namesFrom = (from: number, to: number) => rows(from, to).map(each => each.instrumentName)

describe('categories', () => {
  it('are listed', async () => {
    const rest = fakeRest([
      { categories: [{ code: 'FX', nonTradeable: false }, { code: 'OLD', nonTradeable: true }, { code: 'X' }] },
    ])
    expect(await marketsOver(rest).categories()).toEqual([
      { id: 'FX', isTradeable: true },
      { id: 'OLD', isTradeable: false },
      { id: 'X', isTradeable: null },
    ])
    expect(rest.asked).toEqual(['GET /categories v1'])
  })
})

describe('the instruments of a category', () => {
  it('come from the first page on, until one is not full', async () => {
    const rest = fakeRest([page(rows(0, 3), 0, 3), page(rows(3, 6), 1, 3), page(rows(6, 7), 2, 3)])
    expect(await namesOf(rest, 3)).toEqual(namesFrom(0, 7))
    expect(rest.asked).toEqual([
      'GET /categories/INDICES%201/instruments?pageNumber=0&pageSize=3 v1',
      'GET /categories/INDICES%201/instruments?pageNumber=1&pageSize=3 v1',
      'GET /categories/INDICES%201/instruments?pageNumber=2&pageSize=3 v1',
    ])
  })

  it('are read as what they are', async () => {
    const found = []
    const rest = fakeRest([page([row(1)], 0, 1000)])
    for await (const each of marketsOver(rest).instruments('FX')) found.push(each)
    expect(found[0]).toMatchObject({
      instrumentType: 'indices',
      state: 'deal-no-edit',
      isOtcTradeable: true,
      high: null,
    })
    expect(found[0]?.lotSize?.toFixed()).toBe('1')
    expect(rest.asked).toEqual(['GET /categories/FX/instruments?pageNumber=0&pageSize=1000 v1'])
  })

  it('end with an empty page when the last one was full', async () => {
    expect(await namesOf(fakeRest([page(rows(0, 2), 0, 2), page([], 1, 2)]), 2)).toEqual(namesFrom(0, 2))
    expect(await namesOf(fakeRest([page([], 0, 2)]), 2)).toEqual([])
  })

  it('are not cut off where IG makes smaller pages than asked for', async () => {
    const rest = fakeRest([page(rows(0, 2), 0, 2), page(rows(2, 3), 1, 2)])
    expect(await namesOf(rest)).toEqual(namesFrom(0, 3))
  })

  it('come once each, when a new one pushed the others on', async () => {
    const rest = fakeRest([page(rows(0, 3), 0, 3), page(rows(2, 5), 1, 3), page(rows(5, 6), 2, 3)])
    expect(await namesOf(rest, 3)).toEqual(namesFrom(0, 6))
  })

  it('come once each within a page too', async () => {
    expect(await namesOf(fakeRest([page([row(0), row(0)], 0, 3)]), 3)).toEqual(['Row 0'])
  })

  it('come where the answer does not say which page it is', async () => {
    expect(await namesOf(fakeRest([{ instruments: rows(0, 2) }, { instruments: rows(2, 3) }]), 2)).toEqual(
      namesFrom(0, 3),
    )
  })

  it.each([
    ['the same page again', page(rows(0, 2), 1, 2)],
    ['another page than asked for', page(rows(0, 2), 0, 2)],
  ])('do not end quietly on %s', async (_what, second) => {
    await expect(namesOf(fakeRest([page(rows(0, 2), 0, 2), second]), 2)).rejects.toMatchObject({ code: 'paging-stuck' })
  })

  it('are asked for only as far as they are read', async () => {
    const rest = fakeRest([page(rows(0, 2), 0, 2)])
    for await (const each of marketsOver(rest).instruments('FX', { pageSize: 2 })) {
      expect(each.name).toBe('Row 0')
      break
    }
    expect(rest.asked).toHaveLength(1)
  })

  it.each([
    ['', 10],
    ['..', 10],
    ['FX', 0],
    ['FX', 1001],
    ['FX', 1.5],
  ])('of %o by %o are refused at the call', (id, pageSize) => {
    const rest = fakeRest([])
    expect(() => marketsOver(rest).instruments(id, { pageSize })).toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })
})
