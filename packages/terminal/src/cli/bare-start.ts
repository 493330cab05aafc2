import type { Interruption } from '../interruption.ts'
import type { EarlyMock } from '../session/embedded-mock.ts'
import type { Terminal } from '../terminal.ts'
import { runStart, startUpTerminal, systemClock } from './start-screen.ts'
import { failureFrom, tellFailure } from './told-failure.ts'

/**
 * `scalpdesk` without a word more: what the whole command line comes to then, without loading what reads it.
 * @param mock what was started ahead where the broker inside is traded with for sure
 * @returns the exit status
 */
export async function bareStart(
  at: { readonly terminal: Terminal; readonly interruption: Interruption } | null,
  mock: EarlyMock | null,
): Promise<number> {
  const startUp = at && startUpTerminal(at.terminal, at.interruption, systemClock)
  try {
    return await runStart({ color: true, environment: null }, startUp, null, mock)
  } catch (error) {
    await startUp?.leave()
    return tellFailure(failureFrom(error))
  }
}
