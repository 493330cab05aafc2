/** Ends a `switch` over a union: the compiler refuses it while a member is not handled. */
export function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}; add the missing case`)
}
