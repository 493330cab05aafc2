import { connect, createServer, type Socket } from 'node:net'

/** A line to the broker that can be cut at the worst moment: with a reset (RST), not with a goodbye. */
export interface CuttingLine extends AsyncDisposable {
  readonly port: number
  /** The next open that passes: cut before the broker gets a byte of it, or when its answer comes. */
  cutNextOpen(when: 'before' | 'after'): void
}

/** As every client writes it; the head comes in one piece on loopback. */
const OPEN = /^POST \S*\/positions\/otc\/?[ ?]/

export async function startCuttingLine(brokerPort: number): Promise<CuttingLine> {
  let waiting: 'before' | 'after' | null = null
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const broker = connect(brokerPort, '127.0.0.1')
    let isDoomed = false
    client.on('data', chunk => {
      if (waiting && OPEN.test(chunk.toString('latin1'))) {
        isDoomed = true
        const when = waiting
        waiting = null
        if (when === 'before') return cut()
      }
      broker.write(chunk)
    })
    broker.on('data', chunk => (isDoomed ? cut() : client.write(chunk)))
    function cut(): void {
      client.resetAndDestroy()
      broker.destroy()
    }
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('end', () => other.end())
      socket.once('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('expected the address of a server that listens')
  return {
    port: address.port,
    cutNextOpen(when) {
      waiting = when
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>(done => server.close(() => done()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
