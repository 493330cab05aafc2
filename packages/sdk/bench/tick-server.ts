/** A child process: serves ticks. Run by ticks.ts, with the arguments of `tickingOf`. */
import { serveTicks, tickingOf } from '@scalpdesk/testkit/bench'
import { say } from './pinned-process.ts'
import { ws } from './tick-modules.ts'

export interface TickServer {
  readonly port: number
}

process.on('disconnect', () => process.exit(0))
const server: TickServer = { port: await serveTicks(ws, tickingOf(process.argv.slice(2))) }
say(server)
