import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

/**
 * Bytes that the process holds once all that is not used any more was collected, buffers included. Compiled code is left out: it comes and goes with how
 * often something runs.
 */
export async function heldAfterCollection(): Promise<number> {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  // What the first one finds unused may hold more, which is let go in a later turn.
  for (let time = 0; time < 2; time++) {
    collect()
    await new Promise(resolve => setImmediate(resolve))
  }
  const spaces = getHeapSpaceStatistics().filter(({ space_name }) => !/code|trusted|read_only/.test(space_name))
  const heapBytes = spaces.reduce((total, { space_used_size }) => total + space_used_size, 0)
  return heapBytes + process.memoryUsage().external
}
