/** A child process: one peer reads ticks. Arguments: peer, port, mode, updates in all, updates per frame. Prints its figures. */
import { readTicks } from '@scalpdesk/testkit/bench'
import { PEERS } from './peers.ts'

const [name, port, mode = '', updates, perFrame] = process.argv.slice(2)
const peer = PEERS.find(each => each.name === name)
if (peer === undefined) throw new Error(`expected a peer, but got ${name}; one of ${PEERS.map(each => each.name)}`)
const reading = { port: Number(port), mode, updates: Number(updates), perFrame: Number(perFrame) }
console.log(JSON.stringify(await readTicks(peer, reading)))
process.exit(0)
