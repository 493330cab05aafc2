import type { Row } from '@scalpdesk/tlcp'
import { Decimal } from 'decimal.js'

/** A row that names some fields; the others are unchanged and null. */
export function fakeRow<Field extends string>(
  fields: readonly Field[],
  values: Partial<Record<Field, string | null>>,
  isSnapshot = false,
): Row {
  const value = (index: number): string | null => {
    const field = fields[index]
    return field === undefined ? null : (values[field] ?? null)
  }
  const isChanged = (index: number): boolean => {
    const field = fields[index]
    return field !== undefined && field in values
  }
  const row: Row = {
    itemIndex: 0,
    item: 'ITEM',
    isSnapshot,
    receivedAtMs: 42,
    key: null,
    command: null,
    value,
    isChanged,
    units(index, decimals) {
      const text = value(index)
      if (text === null || !/^-?\d+(\.\d+)?$/.test(text)) return null
      const units = new Decimal(text).times(new Decimal(10).pow(decimals))
      return units.isInteger() && units.abs().lte(Number.MAX_SAFE_INTEGER) ? units.toNumber() : null
    },
    changedFields: () => [...fields.keys()].filter(isChanged),
    jsonPatch: () => null,
    copy: () => row,
  }
  return row
}
