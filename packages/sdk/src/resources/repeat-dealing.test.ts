import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { type Epic, epic } from '../ids.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { repeatDealingOver } from './repeat-dealing.ts'

// Shape: IG Labs, REST API reference, "Repeat deal window"; figures are made up.

const EURUSD = epic('CS.D.EURUSD.MINI.IP')
const AT = Date.UTC(2024, 5, 14, 10, 6, 44)

describe('the window of repeated deals', () => {
  it('has what still counts, per market, currency and direction', async () => {
    const rest = fakeRest([
      {
        accountId: 'XY7Q2',
        requestStartTime: AT,
        repeatDealingEntryList: [
          {
            instrumentSource: 'E',
            instrumentValue: EURUSD,
            currencyList: [{ currency: 'USD', buy: [{ size: 2.5, expiry: AT + 12_000 }], sell: null }],
          },
        ],
      },
    ])
    const window = await repeatDealingOver(rest).window(EURUSD)
    expect(rest.asked).toEqual([`GET /repeat-dealing-window?epic=${EURUSD} v1`])
    expect(window).toMatchObject({ accountId: 'XY7Q2', atMs: AT })
    const [currency] = window.entries[0]?.currencies ?? []
    expect(window.entries[0]).toMatchObject({ instrument: EURUSD, source: 'E' })
    expect(currency).toMatchObject({ currency: 'USD', sells: [] })
    expect(currency?.buys[0]?.size.toFixed()).toBe('2.5')
    expect(currency?.buys[0]?.countsUntilMs).toBe(AT + 12_000)
  })

  it('of all markets may be empty', async () => {
    const rest = fakeRest([{ accountId: 'XY7Q2', requestStartTime: AT, repeatDealingEntryList: [] }])
    expect((await repeatDealingOver(rest).window()).entries).toEqual([])
    expect(rest.asked).toEqual(['GET /repeat-dealing-window v1'])
  })

  it.each([30, 1_718_359_604, null, 'soon'])('does not guess what an expiry of %o means', async expiry => {
    const currencyList = [{ currency: 'USD', buy: [], sell: [{ size: 1, expiry }] }]
    const repeatDealingEntryList = [{ instrumentSource: 'E', instrumentValue: EURUSD, currencyList }]
    const rest = fakeRest([{ accountId: 'XY7Q2', requestStartTime: AT, repeatDealingEntryList }])
    const { entries } = await repeatDealingOver(rest).window()
    expect(entries[0]?.currencies[0]?.sells[0]?.countsUntilMs).toBeNull()
  })

  it('of no epic is not asked for', async () => {
    const rest = fakeRest([])
    await expect(repeatDealingOver(rest).window('x' as Epic)).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })
})
