import type { TransactionJson, TransactionsJson, TransactionsV1Json } from '@scalpdesk/wire'
import type { Transaction } from '../../engine/index.ts'
import { transactionJson } from '../json/transaction-json.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { daysOf, periodOf, type Span, spanOf } from './history-span.ts'
import { pageOf } from './query-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /history/transactions, version 2 (IG Labs, REST API reference, "Transaction history"): newest first. */
export function listTransactions(request: SignedInRequest, broker: RestBroker): Answer {
  const { query } = request
  const span = spanOf(query, broker.earliestMs())
  const all = newestFirst(request, broker, query.get('type') ?? 'ALL', span)
  const { items, ...pageData } = pageOf(query, all)
  const answer: TransactionsJson = { transactions: items, metadata: { size: items.length, pageData } }
  return ok(answer)
}

/** GET /history/transactions/{transactionType}/{fromDate}/{toDate}, version 1. */
export function listTransactionsOfDates(request: SignedInRequest, broker: RestBroker): Answer {
  const [type = '', first, last] = request.parameters
  return listOlder(request, broker, type, daysOf(first, last))
}

/** GET /history/transactions/{transactionType}/{lastPeriod}, version 1. */
export function listTransactionsOfPeriod(request: SignedInRequest, broker: RestBroker): Answer {
  const [type = '', period] = request.parameters
  return listOlder(request, broker, type, periodOf(period, broker.earliestMs()))
}

function listOlder(request: SignedInRequest, broker: RestBroker, type: string, span: Span): Answer {
  const answer: TransactionsV1Json = {
    transactions: newestFirst(request, broker, type, span).map(
      ({ dateUtc: _closed, openDateUtc: _opened, ...item }) => item,
    ),
  }
  return ok(answer)
}

function newestFirst(
  { login }: SignedInRequest,
  { state }: RestBroker,
  type: string,
  [fromMs, toMs]: Span,
): readonly TransactionJson[] {
  const isWanted = queries.get(type)
  if (!isWanted) throw new RestRefusal(400, 'invalid.input')
  const { currency } = state.engine.terms(login.accountId)
  return state.engine.history
    .transactions(login.accountId)
    .filter(entry => isWanted(entry) && entry.atMs >= fromMs && Math.floor(entry.atMs / 1000) * 1000 <= toMs)
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.atMs - a.entry.atMs || b.index - a.index)
    .map(({ entry }) => transactionJson(entry, currency))
}

/** What each query type asks for (IG Labs, REST API reference, "Transaction history": `type`). */
const queries = new Map<string, (entry: Transaction) => boolean>([
  ['ALL', () => true],
  ['ALL_DEAL', ({ type }) => type === 'TRADE'],
  ['DEPOSIT', ({ type }) => type === 'DEPO'],
  ['WITHDRAWAL', ({ type }) => type === 'WITH'],
])
