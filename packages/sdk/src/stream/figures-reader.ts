import type { Update } from '@scalpdesk/tlcp'
import type { AccountField } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { AccountFigures } from '../account.ts'
import { JsonNode } from '../json/json-node.ts'

/** Fields of the ACCOUNT item. Source: IG Labs, Streaming API reference, "ACCOUNT". */
export const FIGURE_FIELDS = [
  'PNL',
  'FUNDS',
  'EQUITY',
  'DEPOSIT',
  'AVAILABLE_TO_DEAL',
] as const satisfies AccountField[]

export function readFigures(row: Update): AccountFigures {
  return {
    profitLoss: figure(row, 'PNL'),
    funds: figure(row, 'FUNDS'),
    equity: figure(row, 'EQUITY'),
    deposit: figure(row, 'DEPOSIT'),
    available: figure(row, 'AVAILABLE_TO_DEAL'),
    receivedAtMs: row.receivedAtMs,
  }
}

/** Says that none of the figures is known now. */
export function noFigures(receivedAtMs: number): AccountFigures {
  return { profitLoss: null, funds: null, equity: null, deposit: null, available: null, receivedAtMs }
}

function figure(row: Update, field: (typeof FIGURE_FIELDS)[number]): Decimal | null {
  const text = row.value(FIGURE_FIELDS.indexOf(field))
  if (text === null || text === '') return null
  try {
    return new JsonNode(text, field).decimal()
  } catch {
    // An unreadable figure is an unknown one.
    return null
  }
}
