import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Account } from '../account.ts'
import { DecodeError, InvalidInputError, ProtocolError } from '../errors.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { accountsOver } from './accounts.ts'

// Shapes: IG Labs, REST API reference, "Accounts"; figures are made up.

const ACCOUNT = {
  accountId: 'XY7Q2',
  accountName: 'CFD of mine',
  accountAlias: null,
  status: 'ENABLED',
  accountType: 'CFD',
  preferred: true,
  balance: { balance: 2500.25, deposit: 310.4, profitLoss: -12.07, available: 2177.78 },
  currency: 'GBP',
  canTransferFrom: true,
  canTransferTo: false,
}

describe('accounts.list', () => {
  it('reads all accounts, those without figures too', async () => {
    const shares = { ...ACCOUNT, accountId: 'XY7Q3', accountType: 'PHYSICAL', accountAlias: 'Shares', balance: null }
    const rest = fakeRest([{ accounts: [ACCOUNT, shares] }])
    const [first, second] = await accountsOver(rest).list()
    expect(rest.asked).toEqual(['GET /accounts v1'])
    expect(first).toMatchObject({ id: 'XY7Q2', alias: null, status: 'enabled', type: 'cfd', isPreferred: true })
    expect(first).toMatchObject({ canTransferFrom: true, canTransferTo: false })
    expect(first?.balance?.available.toFixed()).toBe('2177.78')
    expect(second).toMatchObject({ alias: 'Shares', type: 'physical', balance: null })
  })

  it.each([
    ['SUSPENDED_FROM_DEALING', 'suspended-from-dealing'],
    ['DORMANT', { other: 'DORMANT' }],
    [undefined, { other: '' }],
    [7, { other: '' }],
  ])('with the status %o is listed', async (status, expected) => {
    const [account] = await accountsOver(fakeRest([{ accounts: [{ ...ACCOUNT, status }] }])).list()
    expect(account?.status).toEqual(expected)
  })

  it('does not lose an account to what no deal depends on', async () => {
    const odd = { ...ACCOUNT, accountAlias: 5, canTransferFrom: 'perhaps', canTransferTo: undefined }
    const [account] = await accountsOver(fakeRest([{ accounts: [odd] }])).list()
    expect(account).toMatchObject({ alias: null, canTransferFrom: false, canTransferTo: false })
  })

  it('shows no balance with a hole in it', async () => {
    const balance = { ...ACCOUNT.balance, deposit: null }
    const [account] = await accountsOver(fakeRest([{ accounts: [{ ...ACCOUNT, balance }] }])).list()
    expect(account?.balance).toBeNull()
  })

  it('does not lose the login to one account that is odd: only its id must be there', async () => {
    const bare = { accountId: 'XY7Q3' }
    const odd = {
      accountId: 'XY7Q4',
      accountName: null,
      accountType: 3,
      preferred: 'perhaps',
      currency: 978,
      balance: 'none',
    }
    const list = await accountsOver(fakeRest([{ accounts: [ACCOUNT, bare, odd] }])).list()
    const nothing = { name: null, alias: null, status: { other: '' }, type: { other: '' }, currency: null }
    const nor = { isPreferred: false, canTransferFrom: false, canTransferTo: false, balance: null }
    expect(list[0]).toMatchObject({ id: 'XY7Q2', name: 'CFD of mine', currency: 'GBP' })
    expect(list.slice(1)).toEqual([
      { id: 'XY7Q3', ...nothing, ...nor },
      { id: 'XY7Q4', ...nothing, ...nor },
    ])
  })

  it('has no currency where the text is empty, and no balance with a figure that cannot be read', async () => {
    const balance = { ...ACCOUNT.balance, deposit: 'a lot' }
    const [account] = await accountsOver(fakeRest([{ accounts: [{ ...ACCOUNT, currency: '', balance }] }])).list()
    expect(account).toMatchObject({ currency: null, balance: null })
  })

  it.each([{}, { accountId: null }, { accountId: 7 }])('refuses an account that cannot be named: %o', async without => {
    const list = accountsOver(fakeRest([{ accounts: [{ ...ACCOUNT, accountId: undefined, ...without }] }])).list()
    await expect(list).rejects.toMatchObject({ code: 'decode', path: 'accounts[0].accountId' })
  })

  it('names a new kind of account as IG does', async () => {
    const [account] = await accountsOver(fakeRest([{ accounts: [{ ...ACCOUNT, accountType: 'OPTIONS' }] }])).list()
    expect(account?.type).toEqual({ other: 'OPTIONS' })
    expectTypeOf<Account['type']>().toEqualTypeOf<'cfd' | 'spread-bet' | 'physical' | { readonly other: string }>()
  })
})

describe('account preferences', () => {
  it('are read', async () => {
    const rest = fakeRest([{ trailingStopsEnabled: true }])
    expect(await accountsOver(rest).preferences()).toEqual({ trailingStopsEnabled: true })
    expect(rest.asked).toEqual(['GET /accounts/preferences v1'])
  })

  it('are not made up where IG says nothing', async () => {
    await expect(accountsOver(fakeRest([{}])).preferences()).rejects.toThrow(DecodeError)
  })

  it('are changed with one request', async () => {
    const rest = fakeRest([{ status: 'SUCCESS' }])
    await accountsOver(rest).setPreferences({ trailingStopsEnabled: false })
    expect(rest.asked).toEqual(['PUT /accounts/preferences v1'])
    expect(rest.bodies).toEqual([{ trailingStopsEnabled: false }])
  })

  it('are not taken for changed when IG says another word', async () => {
    const change = accountsOver(fakeRest([{ status: 'FAILURE' }])).setPreferences({ trailingStopsEnabled: true })
    await expect(change).rejects.toThrow(ProtocolError)
  })

  it('are refused unsent when they are neither true nor false', async () => {
    const rest = fakeRest([])
    // @ts-expect-error a text is no switch
    await expect(accountsOver(rest).setPreferences({ trailingStopsEnabled: 'yes' })).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })
})
