import type { BrokerTransaction } from '../day-facts.ts'

/**
 * Rows of imported files that the API's rows do not tell already. The two print the same row in different words: it is known by its reference,
 * its second and its amount, and of several alike as many count as there are.
 */
export function onlyImported(
  imported: readonly BrokerTransaction[],
  told: readonly BrokerTransaction[],
): readonly BrokerTransaction[] {
  if (imported.length === 0) return imported
  const left = new Map<string, number>()
  for (const row of told) left.set(keyOf(row), (left.get(keyOf(row)) ?? 0) + 1)
  return imported.filter(row => {
    const count = left.get(keyOf(row)) ?? 0
    if (count > 0) left.set(keyOf(row), count - 1)
    return count === 0
  })
}

const keyOf = ({ reference, closedAtMs, profitAndLoss }: BrokerTransaction): string =>
  [reference, closedAtMs, profitAndLoss.amount.toFixed()].join('|')
