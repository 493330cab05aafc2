import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * All that the tests of a run leave in the temporary folder goes with the run. The name is short: sockets live under it, and their paths may
 * have about 100 characters. What Node compiles is kept there, too: many tests start a program from source, and most of such a start is that.
 */
export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'sd-'))
  process.env.TMPDIR = folder
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled')
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
