import { markets, openTape } from '@scalpdesk/mock-broker/engine'
import { mockRefusal } from './mock-refusal.ts'

/** The markets that a tape plays. @throws ExitError in the words of the one who reads it */
export async function tapeEpics(file: string): Promise<readonly string[]> {
  try {
    const tape = await openTape(file, { markets })
    await tape.close()
    return tape.markets.map(({ epic }) => epic)
  } catch (error) {
    throw mockRefusal(error)
  }
}
