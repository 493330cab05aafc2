/** A child process: serves ticks, with the arguments of `tickingOf`. Prints its port; ends with its stdin. */
import { serveTicks, tickingOf } from '@scalpdesk/testkit/bench'
import * as ws from 'ws'

console.log(await serveTicks(ws, tickingOf(process.argv.slice(2))))
process.stdin.on('end', () => process.exit(0)).resume()
