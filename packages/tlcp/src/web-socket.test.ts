import type { AddressInfo } from 'node:net'
import { manualClock, seededRandom, waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Clock } from './ports.ts'
import { openTlcp } from './tlcp-client.ts'
import { dialWebSocket } from './web-socket.ts'

const servers: WebSocketServer[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

/** Answers every message as the script says. */
async function serve(answer: (message: string) => readonly string[]): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/lightstreamer' })
  servers.push(server)
  server.on('connection', socket => {
    socket.on('message', data => {
      const lines = answer(String(data))
      if (lines.length > 0) socket.send(lines.map(line => `${line}\r\n`).join(''))
      if (lines.some(line => line.startsWith('END'))) socket.close(1000)
    })
  })
  await new Promise(resolve => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

// Time stands still: nothing in these tests may depend on it.
const frozen = (): Clock => manualClock()

it('talks to a real server, over the protocol of its version, and leaves with 1000', async () => {
  const server = await serve(message => {
    if (message === 'wsok') return ['WSOK']
    if (message.startsWith('create_session')) return ['CONOK,S1,50000,1000,*']
    if (message.includes('LS_op=add')) return ['SUBOK,1,1,1', 'CONF,1,unlimited,filtered', 'U,1,1,%C3%A9|']
    if (message.includes('LS_op=destroy')) return ['END,31,bye']
    return []
  })
  const client = openTlcp({ server, clock: frozen(), random: seededRandom(1), dial: dialWebSocket })
  const values: (string | null)[] = []
  client.subscribe(
    { mode: 'MERGE', items: ['ONE'], fields: ['NAME'], isSnapshotWanted: true },
    { update: row => values.push(row.value(0)) },
  )
  await waitFor('a row', () => values.length > 0)
  expect(values).toEqual(['é'])
  expect([...(servers[0]?.clients ?? [])].map(socket => socket.protocol)).toEqual(['TLCP-2.4.0.lightstreamer.com'])
  await client.close()
  await waitFor('the server to be left', () => servers[0]?.clients.size === 0)
})

it('reads pings, messages in parts and long ones as any client does, and closes when it is told to', async () => {
  const long = 'y'.repeat(70_000)
  const log: string[] = []
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  server.on('connection', socket => {
    socket.on('pong', data => log.push(`pong ${data}`))
    socket.on('close', code => log.push(`closed ${code}`))
    socket.send('one\r\n')
    socket.ping('p1')
    socket.send(`${long}\r\n`)
    socket.on('message', () => {
      socket.send('t', { fin: false })
      socket.ping('p2')
      socket.send('wo\r\n', { fin: true })
      socket.send('three\r\n')
      socket.close(1000)
    })
  })
  await new Promise(resolve => server.once('listening', resolve))
  let text = ''
  const dialled = dialWebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'TLCP-2.4.0', {
    opened: () => dialled.send('go'),
    bytes: (chunk, _isSameRead, from = 0, to = chunk.length) => {
      text += Buffer.from(chunk.subarray(from, to)).toString()
    },
    text: () => {},
    answer: () => {},
    pollOver: () => {},
    alive: () => log.push('alive'),
    closed: cause => log.push(`we: ${cause}`),
  })
  await waitFor('the end', () => log.some(each => each.startsWith('we')) && log.includes('closed 1000'))
  expect(text).toBe(`one\r\n${long}\r\ntwo\r\nthree\r\n`)
  expect(log.toSorted()).toEqual(['closed 1000', 'pong p1', 'pong p2', 'we: the server closed the connection'])
})

it('says why it cannot connect, without the password', async () => {
  const credentials = async () => ({ user: 'u', password: 'CANARY' })
  const options = { clock: frozen(), random: seededRandom(1), dial: dialWebSocket, credentials }
  const client = openTlcp({ server: 'http://127.0.0.1:1', ...options })
  await waitFor('the failure', () => client.status.kind === 'waiting')
  expect(JSON.stringify(client.status)).toContain('ECONNREFUSED')
  expect(JSON.stringify(client.status)).not.toContain('CANARY')
  await client.close()
})
