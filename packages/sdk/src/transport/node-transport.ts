import { OrderLane } from './order-lane.ts'
import { undiciReadPool } from './read-pool.ts'
import type { TransportFactory } from './transport.ts'

/**
 * Node's own sockets: orders over warm connections of their own, without any library in between, everything else over a pool
 * of undici's. `NODE_EXTRA_CA_CERTS` names certificates to trust besides Node's own.
 */
export const nodeTransport: TransportFactory = ({ base, clock }) => {
  const lane = new OrderLane(base, clock)
  const pool = undiciReadPool(base, clock)
  return {
    send(request, options) {
      const isSmall = options.isUrgent === true && request.wants !== 'bytes'
      return (isSmall ? lane.sendSpare(request, options) : null) ?? pool.send(request, options)
    },
    sendOrder: (request, options) => lane.send(request, options),
    warm: () => lane.warm(),
    doubt() {
      lane.refresh()
      pool.doubt()
    },
    hurry: () => lane.hurry(),
    stopWaiting: cause => lane.stopWaiting(cause),
    async close() {
      await Promise.all([lane.close(), pool.close()])
    },
  }
}
