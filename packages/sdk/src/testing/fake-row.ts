import type { Update } from '@scalpdesk/tlcp'

/** A row that names some fields; the others are unchanged and null. */
export function fakeRow<Field extends string>(
  fields: readonly Field[],
  values: Partial<Record<Field, string | null>>,
  isSnapshot = false,
): Update {
  const at = (index: number): Field | undefined => fields[index]
  return {
    itemIndex: 0,
    isSnapshot,
    receivedAtMs: 42,
    value(index) {
      const field = at(index)
      return field === undefined ? null : (values[field] ?? null)
    },
    isChanged(index) {
      const field = at(index)
      return field !== undefined && field in values
    },
  }
}
