import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** All that the tests of a run leave in the temporary folder goes with the run. The name is short: sockets live under it, and their paths may have about 100 characters. */
export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'sd-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
