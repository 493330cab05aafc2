import type { Decimal, DistanceRule, Other } from '@scalpdesk/sdk'

/** What the broker says, as documents hold it. */

export const figure = (value: Decimal | null): string | null => value?.toFixed() ?? null

export const isoTime = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString())

/** An enumerated value in our words, else in the broker's own. */
export const named = (value: string | Other): string => (typeof value === 'string' ? value : value.other)

export function rule(value: DistanceRule | null): { readonly unit: string; readonly value: string } | null {
  if (value === null) return null
  return { unit: named(value.unit).toLowerCase(), value: value.value.toFixed() }
}

/** For people. */
export const orDash = (text: string | null): string => text ?? '–'
