import type { Account, Balance } from '../account.ts'
import { accountId } from '../ids.ts'
import { JsonNode } from './json-node.ts'

const TYPES = { CFD: 'cfd', SPREADBET: 'spread-bet', PHYSICAL: 'physical' } as const

/** @throws {DecodeError} */
export function decodeAccounts(json: unknown): readonly Account[] {
  return new JsonNode(json, '').get('accounts').list().map(decodeAccount)
}

function decodeAccount(account: JsonNode): Account {
  return {
    id: account.get('accountId').as(accountId, 'an account id'),
    name: account.get('accountName').text(),
    type: account.get('accountType').word(TYPES),
    currency: account.get('currency').text(),
    isPreferred: account.get('preferred').flag(),
    balance: decodeBalance(account.get('balance')),
  }
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
