import type { JournalPort } from '@scalpdesk/desk'
import { type Ig, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import type { Environment } from '../credentials/credential.ts'
import { onFlatten } from '../host/flattened.ts'
import { type GuardSide, startHost } from '../host/host-server.ts'
import { pressPrepared, type ServedDesk } from '../host/prepared-press.ts'
import { socketPath } from '../host/socket-path.ts'
import { liveAdmission } from './live-admission.ts'

export interface ServeParts {
  readonly home: string
  readonly ig: Ig
  readonly environment: Environment
  /** In which journal the desk writes. */
  readonly world: string
  /** Of a server in IG's place; null for IG itself. */
  readonly address: string | null
  readonly journal: JournalPort
  /** Of a guard; a desk without it has a screen of its own. */
  readonly guard?: GuardSide
  onNotice(words: string): void
}

/** A desk that others may use. */
export interface ServingDesk {
  readonly isListening: Promise<boolean>
  close(): Promise<void>
}

/** Lets commands press through a desk, and screens attach to a guard's. */
export function serveDesk(desk: ServedDesk, parts: ServeParts): ServingDesk {
  const { home, ig, environment, world, address, guard = null } = parts
  const account = ig.account.id
  const admit = liveAdmission({ environment, account, home, journal: parts.journal })
  const host = startHost({
    path: socketPath(home, world, account),
    hello: {
      pid: process.pid,
      program: manifest.version,
      role: guard === null ? 'screen' : 'guard',
      environment,
      account,
      broker: address,
    },
    clock: systemClock,
    guard,
    onFlatten: listener => onFlatten(desk, listener),
    press: (press, onProgress, isWanted) =>
      pressPrepared(desk, press, { clock: systemClock, limitMs: FOLLOWED_MS, onProgress, isWanted, admit }),
  }).catch(error => {
    parts.onNotice(`commands cannot use this desk: ${error instanceof Error ? error.message : String(error)}`)
    return null
  })
  return {
    isListening: host.then(listening => listening !== null),
    async close() {
      await (await host)?.close()
    },
  }
}

/** The desk gives an order up after a minute: then it says so. */
const FOLLOWED_MS = 75_000
