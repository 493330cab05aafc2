import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectIg } from '../connect-ig.ts'
import type { Ig } from '../ig.ts'
import type { Clock } from '../ports.ts'
import { systemClock } from '../system-clock.ts'
import { json, type RudeServer, signedIn, startRudeServer } from '../testing/rude-server.ts'

let server: RudeServer
let ig: Ig
/** Sockets need the real clock; how long ago the sign-in was is for the test to say. */
let laterMs: number
const clock: Clock = {
  nowMs: () => systemClock.nowMs() + laterMs,
  monotonicMs: () => systemClock.monotonicMs() + laterMs,
  at: (dueMs, run) => systemClock.at(dueMs - laterMs, run),
}

const DEAD = json(401, { errorCode: 'error.security.client-token-invalid' })
const signIns = () => server.requests.filter(request => request.method === 'POST').length

beforeEach(async () => {
  laterMs = 0
  server = await startRudeServer()
  ig = await connectIg({
    environment: server.url,
    credentials: { apiKey: 'key', identifier: 'mock', password: 'mock' },
    clock,
  })
  laterMs = 7 * 60 * 60 * 1_000
  server.on('/positions', (socket, request) => {
    socket.write(request.headers.get('cst') === 'new-cst' ? json(200, { positions: [] }) : DEAD)
  })
})

afterEach(async () => {
  await ig.close()
  await server.close()
})

it('tokens that ran out are renewed once for many reads, and each read is repeated', async () => {
  server.on('POST /session', signedIn.replace('canary-cst', 'new-cst'))
  const reads = await Promise.all([ig.positions.list(), ig.positions.list(), ig.positions.list()])
  expect(reads).toEqual([[], [], []])
  expect(signIns()).toBe(2)
})

it('a refused password ends it for good: nobody knocks again', async () => {
  server.on('POST /session', json(401, { errorCode: 'error.security.invalid-details' }))
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(ig.positions.list()).rejects.toMatchObject({
      name: 'SignInError',
      code: 'error.security.invalid-details',
    })
  }
  expect(signIns()).toBe(2)
})
