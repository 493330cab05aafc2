import { chownSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import { seededRandom, waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { callHost, HostLost } from './host-client.ts'
import { HostEnded, HostProblem } from './host-message.ts'
import { type DeskHost, startHost } from './host-server.ts'
import type { PressOutcome } from './press-outcome.ts'
import type { Press } from './press-text.ts'
import { socketFolder, socketPath, socketsOf } from './socket-path.ts'

const FLATTEN: Press = { intent: { kind: 'flatten', scope: { kind: 'account' } }, by: 'command' }
const FLAT: PressOutcome = { outcome: 'done', words: 'FLAT', denial: null, orders: [] }
const HELLO = { pid: 4, program: '0.1.0', role: 'command', environment: 'mock', account: 'A1', broker: null } as const

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function serving(over: Promise<PressOutcome> = Promise.resolve(FLAT)) {
  const home = mkdtempSync(join(tmpdir(), 'host-'))
  const path = socketPath(home, 'mock', 'A1')
  const pressed: Press[] = []
  const host: DeskHost = await startHost({
    path,
    hello: HELLO,
    clock: systemClock,
    async press(press, onProgress) {
      pressed.push(press)
      onProgress('CLOSING')
      return { now: () => FLAT, over }
    },
  })
  open.push(host.close)
  return { home, path, pressed, host }
}

async function calling(path: string) {
  const client = await callHost(path, systemClock)
  if (!client) throw new Error('expected a desk to listen, but none does')
  open.push(client.close)
  return client
}

/** @returns all that the desk says to these bytes until it ends the connection */
function say(path: string, bytes: string | Uint8Array): Promise<string> {
  return new Promise(resolve => {
    let heard = ''
    const socket = connect(path, () => void socket.write(bytes))
    socket.setEncoding('utf8').on('data', text => {
      heard += text
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(heard))
  })
}

it('takes a press over the socket, tells how it goes, and what became of it', async () => {
  const { path, pressed } = await serving()
  const client = await calling(path)
  const progress: string[] = []
  expect(client.host).toEqual(HELLO)
  expect(await client.press(FLATTEN, words => progress.push(words))).toEqual(FLAT)
  expect([pressed, progress]).toEqual([[FLATTEN], ['CLOSING']])
})

it('lets in only its own user', async () => {
  const { path } = await serving()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
})

it('is called by nobody where its socket or its folder is another user’s', async () => {
  const { path } = await serving()
  await calling(path)
  // Only root can give a file away; to anybody else the top folder is another's.
  const isRoot = process.getuid?.() === 0
  for (const given of [path, dirname(path)]) {
    if (isRoot) chownSync(given, 12_345, 12_345)
    expect(await callHost(isRoot ? path : '/', systemClock)).toBeNull()
    if (isRoot) chownSync(given, 0, 0)
  }
})

it('takes the place of a socket that a dead desk has left', async () => {
  const { home, host, path } = await serving()
  await host.close()
  writeFileSync(path, '')
  expect(socketsOf(home, 'mock')).toEqual([path])
  expect(await callHost(path, systemClock)).toBeNull()
  const again = await startHost({
    path,
    hello: HELLO,
    clock: systemClock,
    press: () => Promise.reject(new Error('no')),
  })
  open.push(again.close)
  const client = await calling(path)
  await expect(client.press(FLATTEN, () => {})).rejects.toThrow(HostProblem)
})

it.each([
  ['text', 'hello?\n'],
  [
    'a press before the hello',
    '{"kind":"press","ask":1,"press":{"by":"command","kind":"flatten","scope":{"kind":"account"}}}\n',
  ],
  ['another version', '{"kind":"hello","scalpdesk":1}\n'],
  ['a line without end', 'x'.repeat(300_000)],
  ['no object', '[]\n'],
])('refuses %s in words, ends the connection, and presses nothing', async (_what, bytes) => {
  const { path, pressed } = await serving()
  expect(await say(path, bytes)).toMatch(/^\{"kind":"refused","words":"[^"]+","isEnding":false\}\n$/)
  expect(pressed).toEqual([])
})

it('goes on serving whatever strangers write', async () => {
  const { path, pressed } = await serving()
  const random = seededRandom(5)
  for (let round = 0; round < 50; round += 1) {
    const bytes = Uint8Array.from({ length: 200 }, () => Math.floor(random.next() * 256))
    await say(path, Buffer.concat([bytes, Buffer.from('\n')]))
  }
  expect(pressed).toEqual([])
  expect(await (await calling(path)).press(FLATTEN, () => {})).toEqual(FLAT)
})

it('answers a press that cannot be meant, and keeps the connection', async () => {
  const { path } = await serving()
  const heard = say(
    path,
    '{"kind":"hello","scalpdesk":3}\n{"kind":"press","ask":7,"press":{"by":"command","kind":"arm"}}\nend\n',
  )
  expect((await heard).split('\n')[1]).toMatch(/^\{"kind":"problem","ask":7,/)
})

it('presses a number once, however often it is sent', async () => {
  const { path, pressed } = await serving()
  const press = '{"kind":"press","ask":1,"press":{"by":"command","kind":"flatten","scope":{"kind":"account"}}}\n'
  await say(path, `{"kind":"hello","scalpdesk":3}\n${press}${press}${press}end\n`)
  expect(pressed).toHaveLength(1)
})

it('says that the desk is lost when it ends during a press', async () => {
  const never = new Promise<PressOutcome>(() => {})
  const { path, host, pressed } = await serving(never)
  const client = await calling(path)
  const press = client.press(FLATTEN, () => {})
  const lost = expect(press).rejects.toThrow(HostLost)
  await waitFor('the press', () => pressed.length === 1 || undefined)
  expect(host.pressing).toBe(1)
  await host.close()
  await lost
})

it('says that nothing was sent when the desk ends before a press', async () => {
  const { path, host, pressed } = await serving()
  const early = await calling(path)
  await host.close()
  await expect(early.press(FLATTEN, () => {})).rejects.toThrow(HostEnded)
  // Written into a connection whose other end is closed already, before that is heard of.
  const again = await serving()
  const late = await calling(again.path)
  const closing = again.host.close()
  await expect(late.press(FLATTEN, () => {})).rejects.toThrow(HostEnded)
  await closing
  expect([pressed, again.pressed]).toEqual([[], []])
})

it('has a path that fits a socket, however long the home is', () => {
  const long = `/home/${'long/'.repeat(40)}`
  expect(Buffer.byteLength(socketPath(long, 'mock-embedded', 'ABC12345'))).toBeLessThanOrEqual(103)
  expect(socketFolder(long)).not.toBe(socketFolder(`${long}er`))
  expect(socketPath('/h', 'demo', 'A1')).toBe('/h/run/demo-A1.sock')
})
