import { manualClock, seededRandom } from '@scalpdesk/testkit'
import { openTlcp, type SocketEvents } from '@scalpdesk/tlcp'
import { accountId } from '../ids.ts'
import { LazyIgStream } from '../stream/ig-stream.ts'

/** IG's streams over connections that are played by hand, line by line, as in a transcript of the TLCP specification. */
export function playedStream() {
  const clock = manualClock()
  const connections: SocketEvents[] = []
  const sent: string[] = []
  const place = { account: accountId('ABC12'), server: 'https://push.example.com' }
  const stream = new LazyIgStream({
    open: () =>
      openTlcp({
        server: place.server,
        clock,
        random: seededRandom(1),
        dial(_url, _protocol, events) {
          connections.push(events)
          return { send: message => sent.push(message), close() {}, destroy() {} }
        },
      }),
    account: () => place.account,
    server: () => place.server,
    clock,
  })
  return {
    stream,
    clock,
    place,
    dials: () => connections.length,
    say: (...lines: readonly string[]) => connections.at(-1)?.text(lines.map(line => `${line}\r\n`).join('')),
    drop: () => connections.at(-1)?.closed('cut'),
    async open() {
      connections.at(-1)?.opened()
      await turnEnds()
    },
    /** Opens the newest connection and gives it a session. */
    async connect(session = 'S1') {
      clock.advance(1_000)
      await this.open()
      this.say('WSOK', `CONOK,${session},50000,1000,*`)
    },
    /** The subscriptions asked for since the last call, as item, mode, adapter and frequency. */
    asked(): readonly string[] {
      const lines = sent.splice(0).flatMap(message => message.split('\r\n').slice(1))
      return lines.flatMap(line => {
        const parameters = new URLSearchParams(line)
        if (parameters.get('LS_op') === 'delete') return [`delete ${parameters.get('LS_subId')}`]
        if (parameters.get('LS_op') !== 'add') return []
        const names = ['LS_group', 'LS_mode', 'LS_data_adapter', 'LS_requested_max_frequency'] as const
        return [names.flatMap(name => parameters.get(name) ?? []).join(' ')]
      })
    },
  }
}

/** What waits for the end of a turn happens. */
export async function turnEnds(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await Promise.resolve()
}
