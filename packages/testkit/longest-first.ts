import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders whose tests start programs and wait for them. */
const WAITING = ['/packages/terminal/proof/', '/packages/terminal/src/', '/examples/']

/** What waits begins first, and what only computes fills the gaps: no long file is left over for the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = WAITING.findIndex(folder => moduleId.includes(folder))
      return place < 0 ? WAITING.length : place
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rank(one) - rank(other))
  }
}
