/** The floor: raw standard input, and for every read the same prebuilt order on a warm socket. Decides nothing, draws nothing. */
import { connect } from 'node:net'

const body = JSON.stringify({ epic: 'CS.D.EURUSD.CFD.IP', direction: 'BUY', size: 1 })
const order = Buffer.from(
  `POST /gateway/deal/positions/otc HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
)
const socket = connect(Number(process.argv[2]), '127.0.0.1', () => {
  socket.setNoDelay(true)
  process.stdin.setRawMode(true)
  process.stdin.on('data', () => socket.write(order))
  process.stdout.write('READY')
})
socket.resume()
