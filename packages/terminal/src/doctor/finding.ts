/** One line of what the doctor says. */
export interface Finding {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'problem'
  /** What is so, as one sentence without a full stop. Nothing secret. */
  readonly says: string
  /** What to do about it; null where there is nothing. */
  readonly remedy: string | null
}

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says, remedy: null })

export const warning = (name: string, says: string, remedy: string): Finding => ({
  name,
  state: 'warning',
  says,
  remedy,
})

export const problem = (name: string, says: string, remedy: string): Finding => ({
  name,
  state: 'problem',
  says,
  remedy,
})

/** The value at a share from 0 to 1 of them, the nearest one above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
