import { manualClock, seededRandom } from '@scalpdesk/testkit'
import type { SubscriptionSpec } from '../subscription.ts'
import { openTlcp, type TlcpClient, type TlcpOptions } from '../tlcp-client.ts'
import { scriptedDial } from './scripted-socket.ts'

export const PRICES: SubscriptionSpec = {
  mode: 'MERGE',
  items: ['MARKET:ONE'],
  fields: ['BID', 'OFFER', 'TIME'],
  isSnapshotWanted: true,
}

/** A client, its clock and its sockets; `log` is all that the application saw, in order. */
export function start(options: Partial<TlcpOptions> = {}) {
  const clock = manualClock()
  const { dial, sockets } = scriptedDial()
  const log: string[] = []
  const client = openTlcp({ server: 'https://push.example.com', clock, random: seededRandom(1), dial, ...options })
  client.onStatus(status => log.push(status.kind === 'live' ? `live ${status.continuity}` : status.kind))
  const socket = (index = sockets.length - 1) => {
    const found = sockets[index]
    if (found === undefined) throw new Error(`expected connection ${index} to exist`)
    return found
  }
  return { clock, client, log, sockets, socket }
}

export type Started = ReturnType<typeof start>

/** Lets the pause before the next attempt pass, and no more. */
export function untilNextDial({ clock, sockets }: Started): void {
  const before = sockets.length
  for (let waited = 0; sockets.length === before && waited < 60_000; waited += 50) clock.advance(50)
}

/** The handshake as far as the answer to create_session. Credentials are asked for in a promise. */
export async function openSocket(started: Started): Promise<void> {
  started.socket().open()
  for (let turn = 0; turn < 4; turn++) await Promise.resolve()
}

/** The connection is up to a live session. */
export async function connect(started: Started, id = 'S1'): Promise<void> {
  await openSocket(started)
  started.socket().say('WSOK', `CONOK,${id},50000,1000,*`, 'SERVNAME,server', 'CLIENTIP,127.0.0.1', 'CONS,unlimited')
}

export function watch(client: TlcpClient, log: string[], spec = PRICES) {
  return client.subscribe(spec, {
    update(row) {
      const values = spec.fields.map((_, index) => `${row.isChanged(index) ? '' : '='}${row.value(index)}`)
      log.push(`${row.isSnapshot ? 'snapshot' : 'row'} ${values.join(' ')}`)
    },
    refused: ({ code, text }) => log.push(`refused ${code} ${text}`),
    interrupted: reason => log.push(`interrupted ${reason}`),
    snapshotEnded: () => log.push('snapshot ended'),
  })
}
