import { afterEach } from 'vitest'

/** What a test puts in is closed after it, the last first. */
export function closedAfterEach(): AsyncDisposable[] {
  const open: AsyncDisposable[] = []
  afterEach(async () => {
    for (const part of open.splice(0).reverse()) await part[Symbol.asyncDispose]()
  })
  return open
}
