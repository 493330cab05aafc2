/** One peer reads ticks. Run by ticks.ts. Arguments: peer, port, mode, updates in all, updates per frame. */
import { readTicks } from '@scalpdesk/testkit/bench'
import { say } from './pinned-process.ts'
import { PEERS } from './tick-peers.ts'

const [name, port, mode = '', updates, perFrame] = process.argv.slice(2)
const peer = PEERS.find(each => each.name === name)
if (peer === undefined) throw new Error(`expected a peer, but got ${name}; one of ${PEERS.map(each => each.name)}`)
say(await readTicks(peer, { port: Number(port), mode, updates: Number(updates), perFrame: Number(perFrame) }))
// The peers keep their connections.
setTimeout(() => process.exit(0), 50)
