import { EXIT, ExitError } from '../exit-status.ts'
import type { CommandContext } from './command-context.ts'

/** @throws ExitError for an order by command on live: one line in a script is no two deliberate acts */
export function refuseLiveOrders({ environment }: CommandContext): void {
  if (environment !== 'live') return
  throw new ExitError(
    EXIT.usage,
    'expected --env mock or demo for an order by command, but got live; on live use the screen, where two deliberate acts come first',
  )
}
