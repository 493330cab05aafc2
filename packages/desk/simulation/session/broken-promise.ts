/** The desk did what it must never do. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

export function broken(words: string): never {
  throw new BrokenPromise(words)
}
