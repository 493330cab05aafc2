import { Decimal } from '@scalpdesk/sdk'

/** Plain data for a message to another thread, which knows no classes: each Decimal becomes its text. Maps stay. */
export function packed(value: unknown): unknown {
  if (Decimal.isDecimal(value)) return { [MARK]: value.toFixed() }
  if (Array.isArray(value)) return value.map(packed)
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, packed(each)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, packed(each)]))
}

/** What {@link packed} packed. */
export function unpacked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpacked)
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, unpacked(each)]))
  if (typeof value !== 'object' || value === null) return value
  if (MARK in value) return new Decimal(String(value[MARK]))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpacked(each)]))
}

const MARK = '$decimal'
