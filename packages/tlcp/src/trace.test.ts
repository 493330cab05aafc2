import { expect, it } from 'vitest'
import { connect, start, untilNextDial, watch } from './testing/scripted-client.ts'
import type { TraceEvent } from './trace.ts'

it('tells every line out and in, every connection and every step, and no secret', async () => {
  const trace: TraceEvent[] = []
  const started = start({
    credentials: async () => ({ user: 'ABC12', password: 'c0ffee|beef' }),
    trace: event => trace.push(event),
  })
  watch(started.client, started.log)
  await connect(started, 'Secret1')
  started.socket().say('SUBOK,1,1,3', 'U,1,1,1|2|3', 'PROBE')
  started.socket().drop('cut')
  untilNextDial(started)
  started.socket().open()
  started.socket().say('WSOK', 'CONOK,Secret1,50000,1000,*', 'PROG,2')
  const lines = trace.map(({ category, text }) => `${category}: ${text}`)
  expect(lines.slice(0, 4)).toEqual([
    'session: idle + start -> dialling',
    'connection: to wss://push.example.com/lightstreamer by websocket-streaming, TLCP 2.4.0',
    'connection: open',
    'session: dialling + opened -> handshaking',
  ])
  expect(lines).toContain('sent: wsok')
  expect(lines).toContain('received: CONOK,…,50000,1000,*')
  expect(lines).toContain('received: PROBE')
  expect(lines).toContain('row: U,1,1,1|2|3')
  expect(lines).toContain('connection: lost: cut')
  expect(lines).toContain('session: recovering + progress -> live')
  expect(lines.some(line => line.startsWith('sent: create_session\r\n') && line.endsWith('&LS_password=…'))).toBe(true)
  expect(lines.some(line => line.startsWith('sent: bind_session\r\nLS_session=…&LS_recovery_from=2&'))).toBe(true)
  expect(lines.join('\n')).not.toMatch(/c0ffee|beef|Secret1/)
})
