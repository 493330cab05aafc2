import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { accountId } from '../ids.ts'
import { EURUSD, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

describe('accounts', () => {
  it('lists all of the login, each with its money in its own currency', async () => {
    await using contract = await startContract({ broker: { cash: '12345.67' } })
    const accounts = await contract.ig.accounts.list()
    expect(
      accounts.map(({ id, type, currency, isPreferred, balance }) => [
        `${id} ${type} ${currency} ${isPreferred}`,
        balance?.cash.toFixed(2),
      ]),
    ).toEqual([
      ['MOCK1 cfd EUR true', '12345.67'],
      ['MOCK2 spread-bet GBP false', '50000.00'],
      ['MOCK3 cfd EUR false', '20000.00'],
    ])
    expect(accounts[0]).toMatchObject({ name: 'Mock-CFD', alias: null, status: 'enabled', canTransferTo: true })
  })

  it('shows what is open in the money: margin, result, and what is left of it', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const size = new Decimal(2)
    await contract.dealt(ig.positions.open(await contract.terms({ size })))
    broker.injectTick(EURUSD, '1.08523', '1.08529')
    const [account] = await ig.accounts.list()
    const balance = account?.balance
    if (!balance) throw new Error('expected the balance of the first account')
    // 10 points of 10 dollars and 2 contracts, and the margin of 3.33 percent, at 1.08 dollars for a euro.
    const euros = (dollars: Decimal): string => dollars.div('1.08').toFixed(2)
    expect(balance.cash.toFixed(2)).toBe('100000.00')
    expect(balance.profitLoss.toFixed(2)).toBe(euros(new Decimal(200)))
    expect(balance.deposit.toFixed(2)).toBe(euros(size.times(100_000).times('1.08423').times('0.0333')))
    expect(balance.available.toFixed(2)).toBe(balance.cash.plus(balance.profitLoss).minus(balance.deposit).toFixed(2))
  })

  it('tells which may deal', async () => {
    await using contract = await startContract()
    const { apiKey } = contract.broker
    const second = await contract.connect({ credentials: { apiKey, identifier: 'second', password: 'mock' } })
    expect((await second.accounts.list()).map(({ id, status }) => [id, status])).toEqual([
      ['OTHER1', 'enabled'],
      ['OTHER2', 'enabled'],
      ['OTHER3', 'suspended-from-dealing'],
    ])
  })

  it('keeps the preference for trailing stops, of each account its own', async () => {
    await using contract = await startContract()
    const { ig } = contract
    expect(await ig.accounts.preferences()).toEqual({ trailingStopsEnabled: true })
    await ig.accounts.setPreferences({ trailingStopsEnabled: false })
    expect(await ig.accounts.preferences()).toEqual({ trailingStopsEnabled: false })
    await ig.session.switchAccount(accountId('MOCK3'))
    expect(await ig.accounts.preferences()).toEqual({ trailingStopsEnabled: true })
  })

  it('a trailing stop is refused while they are off', async () => {
    await using contract = await startContract()
    const { ig } = contract
    await ig.accounts.setPreferences({ trailingStopsEnabled: false })
    const stop = { distancePoints: new Decimal(10), stepPoints: new Decimal(1) }
    const sent = ig.positions.open({ ...(await contract.terms()), stop })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'rejected', reason: 'TRAILING_STOP_NOT_ALLOWED' })
  })
})

it('exercises every route of accounts', () => {
  expect(notExercised('accounts')).toEqual([])
})
