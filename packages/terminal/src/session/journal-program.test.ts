import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { cashAccount, type MockUser, startMockBroker } from '@scalpdesk/mock-broker'
import { Decimal } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { afterScreen } from '../testing/after-screen.ts'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { openDesk } from '../testing/running-desk.ts'

/** The journal of the real program: who may write it, and what never is in it. */

const open = closedAfterEach()

const USER: MockUser = {
  username: 'canary-identifier',
  password: 'canary-pass/word+?',
  clientId: '100000001',
  accounts: [cashAccount(new Decimal(100_000), { id: 'ABC12' })],
}

it('a second program for the same account is told who trades, and starts once that one was killed', async () => {
  const first = openDesk()
  open.push(first)
  await first.waitForScreen('READY')
  const env = { SCALPDESK_HOME: first.home }
  const second = openDesk({ env })
  open.push(second)
  expect(await second.exited).toEqual({ code: 1, signal: null })
  expect(afterScreen(second)).toMatch(
    /^scalpdesk: expected to be the only one that trades on this account, but process \d+, since \S+, does already; quit/,
  )
  first.kill('SIGKILL')
  await first.exited
  const third = openDesk({ env })
  open.push(third)
  await third.waitForScreen('READY')
})

it('no key, password or token is in anything that a session leaves on the disk', async () => {
  // Secrets are planted, much goes wrong, and all that is left on the disk is searched for them.
  const broker = await startMockBroker({ seed: 7, users: [USER] })
  open.push(broker)
  const wire = await listeningRelay(Number(new URL(broker.stream).port))
  open.push(wire)
  const desk = openDesk({
    env: {
      SCALPDESK_URL: broker.url.replace(broker.stream, wire.url),
      SCALPDESK_API_KEY: broker.apiKey,
      SCALPDESK_USERNAME: USER.username,
      SCALPDESK_PASSWORD: USER.password,
    },
  })
  open.push(desk)
  await desk.waitForScreen(/FLAT[\s\S]*READY/)
  broker.faults.loseReply()
  desk.type('b')
  await desk.waitForScreen(/FILLED: BOUGHT/)
  broker.faults.dropStream()
  await waitFor('the loss of the stream', () => desk.journal().some(record => record.kind === 'stream' && record.cause))
  broker.faults.rejectNext('ORDER_DECLINED')
  desk.type(' ')
  await desk.waitForScreen('FLAT: the broker reports no position and no working order')
  desk.type('q')
  await desk.exited

  expect(desk.journal().map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['unknown', 'filled', 'rejected', 'flat']),
  )
  const secrets = [broker.apiKey, USER.username, USER.password, ...wire.tokens()]
  expect(wire.tokens().size).toBe(2)
  expect(filesBelow(desk.home).flatMap(file => leaksOf(file, secrets))).toEqual([])
})

/** As it is, and as it would be in a URL, in a form, or in an Authorization header. */
function leaksOf(file: string, secrets: readonly string[]): readonly string[] {
  const content = readFileSync(file, 'utf8')
  return secrets
    .flatMap(secret => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')])
    .filter(form => content.includes(form))
    .map(form => `${form} in ${file}`)
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))

/** Passes bytes on, and keeps the tokens that it saw. */
async function listeningRelay(port: number) {
  let heard = ''
  const server = createServer(client => {
    const upstream = connect(port, '127.0.0.1')
    for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
      from.on('data', bytes => {
        heard += bytes.toString('latin1')
        to.write(bytes)
      })
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: () => new Set([...heard.matchAll(/^(?:cst|x-security-token): (\S+)/gim)].map(([, token]) => token ?? '')),
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}
