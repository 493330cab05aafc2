import { dayBounds } from '../account-zone.ts'
import { decodeTransaction } from '../json/decode-transaction.ts'
import { JsonNode } from '../json/json-node.ts'
import { type Call, callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Transaction } from '../transaction.ts'
import type { HistoryPorts } from './activity-reader.ts'
import { queryTypeWord, type TransactionQuery } from './history-query.ts'
import { type HistoryWindow, historyWindow, isInWindow } from './history-window.ts'
import { MAX_PAGE_SIZE } from './linked-pages.ts'
import { decodeNumberedPage, numberedRows } from './numbered-pages.ts'
import { readOfSameAccount } from './same-account.ts'

/** Version 2. The query is checked here, before the rows are asked for. @throws {InvalidInputError} */
export function readTransactions(
  rest: Rest,
  ports: HistoryPorts,
  query: TransactionQuery,
  options: ReadOptions | undefined,
): () => AsyncGenerator<Transaction, void, undefined> {
  const type = queryTypeWord(query.type)
  historyWindow(query, ports.clock.nowMs())
  return async function* rows() {
    const window = historyWindow(query, ports.clock.nowMs())
    const { from, to } = window
    const read = readOfSameAccount(rest, ports)
    const pages = numberedRows(async pageNumber => {
      const call = callTo(ROUTES.transactions, { query: { type, from, to, pageSize: MAX_PAGE_SIZE, pageNumber } })
      return decodeNumberedPage(await read(call, options), 'transactions')
    }, MAX_PAGE_SIZE)
    for await (const row of pages) {
      const transaction = decodeTransaction(row)
      if (isBookedIn(transaction, window, ports)) yield transaction
    }
  }
}

/** Version 1. */
export async function readTransactionList(
  rest: Rest,
  call: Call,
  options: ReadOptions | undefined,
): Promise<readonly Transaction[]> {
  return new JsonNode(await rest.read(call, options), '').get('transactions').list().map(decodeTransaction)
}

/** Where IG gives no instant, its day decides: in, when any of the day is. */
function isBookedIn(transaction: Transaction, window: HistoryWindow, ports: HistoryPorts): boolean {
  if (transaction.closedAtMs !== null) return isInWindow(transaction.closedAtMs, window)
  const day = dayBounds(transaction.date, ports.zone())
  return day.endMs > window.startMs && (window.endMs === null || day.startMs < window.endMs)
}
