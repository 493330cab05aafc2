import type { AccountJson, AccountsJson, PreferencesJson, StatusJson } from '@scalpdesk/wire'
import type { AccountTerms } from '../../engine/index.ts'
import { type Answer, ok } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'
import { moneyJson } from './session-routes.ts'

/** GET /accounts, version 1: every account of the user (IG Labs, REST API reference, "Accounts"). */
export function listAccounts({ login }: SignedInRequest, { state, logins }: RestBroker): Answer {
  const preferred = logins.preferred(login.user)
  const answer: AccountsJson = {
    accounts: login.user.accounts.map(terms => ({
      accountId: terms.id,
      accountName: terms.name,
      accountAlias: null,
      status: statuses[terms.dealing],
      accountType: terms.type,
      preferred: terms.id === preferred,
      balance: moneyJson(state.engine.account(terms.id)),
      currency: terms.currency,
      canTransferFrom: true,
      canTransferTo: true,
    })),
  }
  return ok(answer)
}

/** IG has no status for an account that may only close: it shows as enabled. */
const statuses: Readonly<Record<AccountTerms['dealing'], AccountJson['status']>> = {
  enabled: 'ENABLED',
  'closings-only': 'ENABLED',
  suspended: 'SUSPENDED_FROM_DEALING',
}

/** GET /accounts/preferences, version 1. */
export function readPreferences({ login }: SignedInRequest, { state }: RestBroker): Answer {
  const answer: PreferencesJson = { trailingStopsEnabled: state.engine.allowsTrailing(login.accountId) }
  return ok(answer)
}

/** PUT /accounts/preferences, version 1. IG shows the change some seconds later; here it shows at once. */
export function writePreferences({ login, body }: SignedInRequest, { state, clock }: RestBroker): Answer {
  const fields = bodyFields(body)
  fields.requireAll(['trailingStopsEnabled'])
  const allowsTrailing = fields.flag('trailingStopsEnabled') ?? false
  state.process({ kind: 'preference', atMs: clock.nowMs(), account: login.accountId, allowsTrailing })
  const answer: StatusJson = { status: 'SUCCESS' }
  return ok(answer)
}
