import { Worker } from 'node:worker_threads'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { OrderLane } from './order-lane.ts'

/** A server on a thread of its own: it counts the requests that have reached it where we can look without yielding. */
const SERVER = `
  const { workerData, parentPort } = require('node:worker_threads')
  const seen = new Int32Array(workerData)
  const server = require('node:net').createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', () => {
      Atomics.add(seen, 0, 1)
      Atomics.notify(seen, 0)
      socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}')
    })
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

it('an order leaves the machine in the turn of its call, on a fresh connection and on used ones', async () => {
  const seen = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(SERVER, { eval: true, workerData: seen.buffer })
  const port = await new Promise<number>(resolve => worker.once('message', resolve))
  const clock = manualClock()
  const lane = new OrderLane(new URL(`http://127.0.0.1:${port}`), clock, 10_000)
  await lane.warm()
  for (let order = 0; order < 6; order++) {
    const exchange = lane.send({ method: 'POST', path: '/x', headers: {} }, { timeoutMs: 10_000, onWire: () => {} })
    // This thread sleeps until the server has the bytes: no callback of ours could have sent them since.
    expect(Atomics.wait(seen, 0, order, 10_000)).not.toBe('timed-out')
    expect((await exchange).kind).toBe('answered')
    // A connection carries nothing in the turn of its answer; without this a fourth order in a row might find none.
    clock.advance(1)
  }
  await lane.close()
  await worker.terminate()
})
