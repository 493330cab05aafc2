import { readFile } from 'node:fs/promises'
import type { FaultPlan } from '@scalpdesk/mock-broker'
import { EXIT, ExitError } from '../exit-status.ts'

/** Reads what shall go wrong. @throws ExitError that names the file, where it is wrong, and what was expected there. */
export async function readFaults(file: string): Promise<readonly FaultPlan[]> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    const message = `expected a file of faults, but ${file} cannot be read (${cause.message}); check the path`
    throw new ExitError(EXIT.usage, message)
  })
  // Only now: who asks for no faults does not wait until the mock broker is loaded on this thread.
  const { parseFaultPlans } = await import('@scalpdesk/mock-broker')
  try {
    return parseFaultPlans(text, file)
  } catch (cause) {
    throw new ExitError(EXIT.usage, cause instanceof Error ? cause.message : String(cause))
  }
}
