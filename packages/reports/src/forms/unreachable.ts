/** Marks a case that the types exclude. */
export function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
