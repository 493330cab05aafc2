import { Decimal } from 'decimal.js'
import { type AccountTerms, type CurrencyCode, cashAccount } from '../engine/index.ts'

/** Somebody who can sign in, and the accounts that are theirs. */
export interface MockUser {
  readonly username: string
  readonly password: string
  readonly clientId: string
  /** The first is the preferred one until another is chosen. */
  readonly accounts: readonly [AccountTerms, ...AccountTerms[]]
}

/** Two users: one with a CFD account in euros and a spread-bet account in pounds, one who may not hedge. */
export function defaultUsers(cash: string): readonly [MockUser, ...MockUser[]] {
  return [
    {
      username: 'mock',
      password: 'mock',
      clientId: '100000001',
      accounts: [
        terms('MOCK1', 'Mock-CFD', 'CFD', 'EUR', cash),
        terms('MOCK2', 'Mock-SpreadBet', 'SPREADBET', 'GBP', '50000', { allowsHedging: false }),
        terms('MOCK3', 'Mock-Limited-Risk', 'CFD', 'EUR', '20000', { isLimitedRisk: true }),
      ],
    },
    {
      username: 'second',
      password: 'mock',
      clientId: '100000002',
      accounts: [
        terms('OTHER1', 'Second-CFD', 'CFD', 'GBP', '80000', { allowsHedging: false }),
        terms('OTHER2', 'Second-Closing', 'CFD', 'EUR', '1000', { dealing: 'closings-only' }),
        terms('OTHER3', 'Second-Suspended', 'CFD', 'EUR', '1000', { dealing: 'suspended' }),
      ],
    },
  ]
}

function terms(
  id: string,
  name: string,
  type: AccountTerms['type'],
  currency: CurrencyCode,
  cash: string,
  changes: Partial<AccountTerms> = {},
): AccountTerms {
  return cashAccount(new Decimal(cash), { id, name, type, currency, ...changes })
}

/** One key, as for a user of his own. */
export const API_KEY = 'mock-api-key'
