import type { AccountPreferences, Balance, ListedAccount } from '../account.ts'
import { accountId } from '../ids.ts'
import { JsonNode } from './json-node.ts'

const TYPES = { CFD: 'cfd', SPREADBET: 'spread-bet', PHYSICAL: 'physical' } as const
const STATUSES = { ENABLED: 'enabled', DISABLED: 'disabled', SUSPENDED_FROM_DEALING: 'suspended-from-dealing' } as const

/** @throws {DecodeError} */
export function decodeAccounts(json: unknown): readonly ListedAccount[] {
  return new JsonNode(json, '').get('accounts').list().map(decodeAccount)
}

/** @throws {DecodeError} */
export function decodePreferences(json: unknown): AccountPreferences {
  const enabled = new JsonNode(json, '').get('trailingStopsEnabled')
  if (enabled.isAbsent) throw enabled.wrong('true or false')
  return { trailingStopsEnabled: enabled.flag() }
}

/** Only the id must be there: an account that is not even acted on must not cost the login. */
function decodeAccount(account: JsonNode): ListedAccount {
  return {
    id: account.get('accountId').as(accountId, 'an account id'),
    name: account.get('accountName').orNull(name => name.text()),
    alias: account.get('accountAlias').orNull(alias => alias.text()),
    status: account.get('status').orNull(status => status.word(STATUSES)) ?? { other: '' },
    type: account.get('accountType').orNull(type => type.word(TYPES)) ?? { other: '' },
    currency: account.get('currency').orNull(currency => currency.text()) || null,
    isPreferred: flagOrFalse(account.get('preferred')),
    canTransferFrom: flagOrFalse(account.get('canTransferFrom')),
    canTransferTo: flagOrFalse(account.get('canTransferTo')),
    balance: account.get('balance').orNull(decodeBalance),
  }
}

/** Nothing that a deal depends on: an odd one must not cost the account. */
function flagOrFalse(node: JsonNode): boolean {
  return node.orNull(flag => flag.flag()) ?? false
}

/** All four figures or none: a balance with holes could be taken for money that is not there. */
function decodeBalance(balance: JsonNode): Balance | null {
  const cash = balance.get('balance').decimalOrNull()
  const deposit = balance.get('deposit').decimalOrNull()
  const profitLoss = balance.get('profitLoss').decimalOrNull()
  const available = balance.get('available').decimalOrNull()
  if (cash === null || deposit === null || profitLoss === null || available === null) return null
  return { cash, deposit, profitLoss, available }
}
