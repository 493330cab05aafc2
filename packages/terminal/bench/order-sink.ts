/**
 * Stands between the program and the mock broker and says when the first byte of each order arrived (CLOCK_MONOTONIC).
 * Also takes the floor's bytes, which it answers itself. A process of its own, so that it measures nobody's turn.
 */
import { connect, createServer } from 'node:net'

const brokerPort = Number(process.argv[2])
const ORDER = Buffer.from('POST /gateway/deal/positions/otc')

const server = createServer(client => {
  client.setNoDelay(true)
  const broker = connect(brokerPort, '127.0.0.1')
  broker.setNoDelay(true)
  client.on('data', chunk => {
    if (chunk.subarray(0, ORDER.length).equals(ORDER)) process.send?.({ orderAtNs: String(process.hrtime.bigint()) })
    broker.write(chunk)
  })
  broker.on('data', chunk => client.write(chunk))
  client.on('close', () => broker.destroy())
  broker.on('close', () => client.destroy())
  client.on('error', () => broker.destroy())
  broker.on('error', () => client.destroy())
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})
