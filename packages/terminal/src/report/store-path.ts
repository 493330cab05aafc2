import { join } from 'node:path'

/** Where what reports are made of is kept. Of the mock broker inside, which is a new one each time, nothing is. */
export const storePath = (home: string, world: string): string =>
  world === 'mock-embedded' ? ':memory:' : join(home, 'reports.sqlite')
