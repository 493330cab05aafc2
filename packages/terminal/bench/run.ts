/** `pnpm bench`: every bench of the terminal, each beside its floor in the same run. */
import { buildTerminal, isStale } from '../build.ts'
import { keyToSocket } from './key-to-socket.ts'
import { startUp } from './start-up.ts'

if (isStale()) await buildTerminal()
console.log(`node ${process.version}, ${process.platform} ${process.arch}\n`)
await keyToSocket()
console.log()
await startUp()
