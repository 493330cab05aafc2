import type { Account, AccountPreferences, Balance } from '../account.ts'
import { accountId } from '../ids.ts'
import { JsonNode } from './json-node.ts'

const TYPES = { CFD: 'cfd', SPREADBET: 'spread-bet', PHYSICAL: 'physical' } as const
const STATUSES = { ENABLED: 'enabled', DISABLED: 'disabled', SUSPENDED_FROM_DEALING: 'suspended-from-dealing' } as const

/** @throws {DecodeError} */
export function decodeAccounts(json: unknown): readonly Account[] {
  return new JsonNode(json, '').get('accounts').list().map(decodeAccount)
}

/** @throws {DecodeError} */
export function decodePreferences(json: unknown): AccountPreferences {
  const enabled = new JsonNode(json, '').get('trailingStopsEnabled')
  if (enabled.isAbsent) throw enabled.wrong('true or false')
  return { trailingStopsEnabled: enabled.flag() }
}

function decodeAccount(account: JsonNode): Account {
  return {
    id: account.get('accountId').as(accountId, 'an account id'),
    name: account.get('accountName').text(),
    alias: account.get('accountAlias').orNull(alias => alias.text()),
    status: account.get('status').orNull(status => status.word(STATUSES)) ?? { other: '' },
    type: account.get('accountType').word(TYPES),
    currency: account.get('currency').text(),
    isPreferred: account.get('preferred').flag(),
    canTransferFrom: flagOrFalse(account.get('canTransferFrom')),
    canTransferTo: flagOrFalse(account.get('canTransferTo')),
    balance: decodeBalance(account.get('balance')),
  }
}

/** Nothing that a deal depends on: an odd one must not cost the account. */
function flagOrFalse(node: JsonNode): boolean {
  return node.orNull(flag => flag.flag()) ?? false
}

/** All four figures or none: a balance with holes could be taken for money that is not there. */
function decodeBalance(balance: JsonNode): Balance | null {
  if (balance.isAbsent) return null
  const cash = balance.get('balance').decimalOrNull()
  const deposit = balance.get('deposit').decimalOrNull()
  const profitLoss = balance.get('profitLoss').decimalOrNull()
  const available = balance.get('available').decimalOrNull()
  if (cash === null || deposit === null || profitLoss === null || available === null) return null
  return { cash, deposit, profitLoss, available }
}
