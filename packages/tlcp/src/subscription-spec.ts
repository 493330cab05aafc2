import type { SubscriptionSpec } from './subscription.ts'

/** @throws {RangeError} for a specification that no server could understand as it is meant. */
export function checkSpec(spec: SubscriptionSpec): void {
  checkNames('items', spec.items)
  checkNames('fields', spec.fields)
  const { snapshotLength, maxFrequency, bufferSize } = spec
  if (snapshotLength !== undefined && (!Number.isSafeInteger(snapshotLength) || snapshotLength < 1)) {
    throw new RangeError(`expected snapshotLength to be a positive whole number, but got ${snapshotLength}`)
  }
  if (typeof maxFrequency === 'number') checkRate('maxFrequency', maxFrequency)
  if (typeof bufferSize === 'number' && (!Number.isSafeInteger(bufferSize) || bufferSize < 0)) {
    throw new RangeError(`expected bufferSize to be a whole number or 'unlimited', but got ${bufferSize}`)
  }
}

/** @throws {RangeError} for anything but a positive number that can be written as a plain decimal. */
export function checkRate(name: string, rate: number): void {
  if (rate > 0 && /^\d+(?:\.\d+)?$/.test(String(rate))) return
  throw new RangeError(`expected ${name} to be a positive plain number, but got ${rate}; use 'unlimited' for no limit`)
}

/** Lists are sent with spaces between their names (TLCP specification, "control, LS_op=add", LS_group). */
function checkNames(what: string, names: readonly string[]): void {
  if (names.length === 0) throw new RangeError(`expected ${what} to name at least one, but got none`)
  const odd = names.find(name => name === '' || /\s/.test(name))
  if (odd === undefined) return
  throw new RangeError(`expected names without spaces in ${what}, but got ${JSON.stringify(odd)}; name each by itself`)
}
