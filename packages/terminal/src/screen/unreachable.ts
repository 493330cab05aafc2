/** The end of a `switch` over a union: the compiler refuses the call while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but got ${JSON.stringify(value)}; add the missing case`)
}
