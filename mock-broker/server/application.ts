import type { ApplicationJson } from '@scalpdesk/wire'
import type { Allowances } from './allowances.ts'
import { API_KEY } from './users.ts'
import { wireDate } from './wire-date.ts'

/** The one key, its state and its allowances (IG Labs, REST API reference, "Application"). */
export interface Application {
  status(): 'ENABLED' | 'DISABLED'
  json(): ApplicationJson
  /** As on IG's side, nothing of the API enables a key again. */
  disable(): void
}

export function application(allowances: Allowances, createdMs: number): Application {
  let status: 'ENABLED' | 'DISABLED' = 'ENABLED'
  return {
    status: () => status,
    json: () => ({
      name: 'mock',
      apiKey: API_KEY,
      status,
      allowanceApplicationOverall: allowances.limits.perKey,
      allowanceAccountTrading: allowances.limits.trading,
      allowanceAccountOverall: allowances.limits.nonTrading,
      allowanceAccountHistoricalData: allowances.limits.points,
      concurrentSubscriptionsLimit: MOST_SUBSCRIPTIONS,
      allowEquities: false,
      allowQuoteOrders: false,
      createdDate: wireDate.iso(createdMs).slice(0, 10),
    }),
    disable() {
      status = 'DISABLED'
    },
  }
}

const MOST_SUBSCRIPTIONS = 40
