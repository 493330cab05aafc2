import { waitFor } from '@scalpdesk/testkit'
import { WebSocket } from 'ws'
import type { MockBroker } from '../server/index.ts'
import type { RestClient } from './rest-client.ts'

/** A raw streaming socket for tests: what is sent is written out in full, what comes is kept line by line. */
export interface StreamClient {
  readonly lines: readonly string[]
  send(...lines: readonly string[]): void
  /** Waits for a line that fits, and gives it. */
  line(pattern: RegExp): Promise<string>
  /** What came after the last line end. */
  rest(): string
  /** Lines that are data: they count for recovery. */
  data(): readonly string[]
  cut(): void
  readonly isOpen: boolean
}

export async function openStream(broker: MockBroker, protocol = 'TLCP-2.4.0.lightstreamer.com'): Promise<StreamClient> {
  const socket = new WebSocket(`${broker.stream.replace('http', 'ws')}/lightstreamer`, [protocol])
  const lines: string[] = []
  let rest = ''
  socket.on('message', message => {
    const parts = message.toString().split('\r\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  await new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  socket.on('error', () => {})
  return {
    lines,
    send: (...sent) => socket.send(sent.join('\r\n')),
    line: pattern => waitFor(`a line like ${pattern}`, () => lines.find(line => pattern.test(line))),
    rest: () => rest,
    data: () => lines.filter(line => /^(U|SUBOK|UNSUB|EOS|CONF),/.test(line)),
    cut: () => socket.terminate(),
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
  }
}

/** Opens a socket and a session on it. @returns the socket, and the session's id. */
export async function openSession(
  broker: MockBroker,
  { tokens }: RestClient,
  more = '',
): Promise<{ readonly stream: StreamClient; readonly id: string }> {
  const stream = await openStream(broker)
  const password = encodeURIComponent(`CST-${tokens.CST}|XST-${tokens['X-SECURITY-TOKEN']}`)
  stream.send('wsok')
  stream.send('create_session', `LS_cid=test&LS_user=${broker.accountId}&LS_password=${password}${more}`)
  const [, id = ''] = (await stream.line(/^CONOK/)).split(',')
  return { stream, id }
}

export const PRICE =
  'LS_op=add&LS_mode=MERGE&LS_group=PRICE%3AMOCK1%3ACS.D.EURUSD.CFD.IP&LS_data_adapter=Pricing&LS_snapshot=true&LS_ack=false'
export const TRADE = 'LS_op=add&LS_mode=DISTINCT&LS_group=TRADE%3AMOCK1&LS_schema=CONFIRMS%20OPU%20WOU&LS_ack=false'
export const ACCOUNT = 'LS_op=add&LS_mode=MERGE&LS_group=ACCOUNT%3AMOCK1&LS_snapshot=true&LS_ack=false'
