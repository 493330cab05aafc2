import { type Ig, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import type { Environment } from '../credentials/credential.ts'
import { startHost } from '../host/host-server.ts'
import { pressPrepared, type ServedDesk } from '../host/prepared-press.ts'
import type { PressIntent } from '../host/press-text.ts'
import { socketPath } from '../host/socket-path.ts'

export interface ServeParts {
  readonly home: string
  readonly ig: Ig
  readonly environment: Environment
  /** In which journal the desk writes. */
  readonly world: string
  /** Of a server in IG's place; null for IG itself. */
  readonly address: string | null
  onNotice(words: string): void
}

/** Lets commands press through a screen's desk. @returns what ends it */
export function serveDesk(desk: ServedDesk, parts: ServeParts): () => Promise<void> {
  const { home, ig, environment, world, address } = parts
  const account = ig.account.id
  const host = startHost({
    path: socketPath(home, world, account),
    hello: { pid: process.pid, program: manifest.version, environment, account, broker: address },
    clock: systemClock,
    async press(press, onProgress, isWanted) {
      if (environment === 'live' && !EXITS.includes(press.intent.kind)) throw new Error(KEYS_ONLY)
      return pressPrepared(desk, press, { clock: systemClock, limitMs: FOLLOWED_MS, onProgress, isWanted })
    },
  }).catch(error => {
    parts.onNotice(`commands cannot use this desk: ${error instanceof Error ? error.message : String(error)}`)
    return null
  })
  return async () => {
    await (await host)?.close()
  }
}

/** Real money is risked with the keys of the screen alone, whatever program writes to the socket of an armed desk. */
const EXITS: readonly PressIntent['kind'][] = ['close', 'flatten', 'cancel']
const KEYS_ONLY = 'expected an order on live to come from the keys of the screen, but another program asked for it'

/** The desk gives an order up after a minute: then it says so. */
const FOLLOWED_MS = 75_000
