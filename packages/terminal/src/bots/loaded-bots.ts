import { existsSync } from 'node:fs'
import { StrategyError } from '@scalpdesk/bots'
import { type LoadedStrategy, loadApart, SeatLost } from '@scalpdesk/bots/runner'
import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'

/** A strategy under the name that it runs by. */
export interface LoadedBot {
  readonly name: string
  readonly strategy: LoadedStrategy
}

/**
 * Loads each file in a process of its own. Two of the same strategy are told apart by a number.
 * @throws ExitError for a file without a strategy; nothing else was begun then
 */
export async function loadBots(files: readonly string[], beside: URL): Promise<readonly LoadedBot[]> {
  const bots: LoadedBot[] = []
  try {
    for (const file of files) {
      if (!existsSync(file))
        throw new ExitError(
          EXIT.usage,
          `expected a strategy file, but there is no ${file}; scalpdesk bot new NAME makes one`,
        )
      const strategy = await loadApart(file, {
        clock: systemClock,
        program: new URL('./strategy-process.js', beside),
        botsUrl: new URL('./bots.js', beside),
      })
      const same = bots.filter(({ strategy: { card } }) => card.name === strategy.card.name).length
      bots.push({ name: same === 0 ? strategy.card.name : `${strategy.card.name}-${same + 1}`, strategy })
    }
    return bots
  } catch (error) {
    await closeBots(bots)
    throw inWords(error)
  }
}

/** What a strategy does wrong before it runs is wrong usage: its author can mend it. */
export function inWords(error: unknown): unknown {
  const isOurs = error instanceof StrategyError || error instanceof SeatLost
  return isOurs ? new ExitError(EXIT.usage, error.message) : error
}

export async function closeBots(bots: readonly LoadedBot[]): Promise<void> {
  await Promise.all(bots.map(({ strategy }) => strategy.close()))
}
