import { connect, createServer, type Socket } from 'node:net'

/** A server that takes connections and keeps what it is sent to itself, until it is told where it should go. */
export interface HeldServer extends AsyncDisposable {
  readonly port: number
  /** Settles when the first bytes have come. */
  readonly called: Promise<void>
  /** From now on every connection, the waiting ones too, goes through to this port. */
  letThrough(port: number): void
}

export async function startHeldServer(): Promise<HeldServer> {
  const { promise: called, resolve } = Promise.withResolvers<void>()
  const sockets = new Set<Socket>()
  let goal: number | null = null
  const server = createServer(socket => {
    keep(socket)
    if (goal === null) socket.once('readable', () => resolve())
    else join(socket, goal)
  })
  function keep(socket: Socket): void {
    sockets.add(socket)
    // A side that ends without a goodbye is part of the game.
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }
  function join(socket: Socket, port: number): void {
    const other = connect(port, '127.0.0.1')
    keep(other)
    socket.pipe(other).pipe(socket)
  }
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('expected the address of a server that listens')
  return {
    port: address.port,
    called,
    letThrough(port) {
      goal = port
      for (const socket of [...sockets]) join(socket, port)
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>(done => server.close(() => done()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
