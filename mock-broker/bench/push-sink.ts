/** Connects so many clients to a push server, counts the rows that each gets, and tells when the slowest has got so many. */
import { createConnection } from 'node:net'
import type { PushAddress } from './push-server.ts'

const [addressText = '{}', clientCount = '100', updateCount = '1000'] = process.argv.slice(2)
const { port, greeting } = JSON.parse(addressText) as PushAddress
const clients = Number(clientCount)
const updates = Number(updateCount)
const STEP = 512
const UPDATE = Buffer.from('U,')

let opened = 0
let goal = Math.min(STEP, updates)
let reached = 0
/** Clients that may be beyond the next goal already. */
const looks: (() => void)[] = []

for (let index = 0; index < clients; index++) connect()

function connect(): void {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true })
  const count = rowCounter()
  let isOpen = false
  let rows = 0
  socket.write(
    'GET /lightstreamer HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n' +
      'Sec-WebSocket-Protocol: TLCP-2.4.0.lightstreamer.com\r\n\r\n',
  )
  socket.on('data', bytes => {
    if (!isOpen) {
      isOpen = true
      for (const message of greeting) socket.write(frame(message))
      if (greeting.length === 0) ready()
      return
    }
    const text = rows === 0 && greeting.length > 0 ? bytes.toString('latin1') : ''
    if (text.includes('CONF,1')) ready()
    const before = rows
    rows += count(bytes)
    if (before < goal && rows >= goal) arrive()
  })
  function arrive(): void {
    if (++reached < clients) return
    process.send?.(goal)
    if (goal === updates) return
    goal = Math.min(goal + STEP, updates)
    reached = 0
    for (const look of looks) look()
  }
  looks.push(() => {
    if (rows >= goal) arrive()
  })
}

function ready(): void {
  if (++opened === clients) process.send?.('ready')
}

process.on('disconnect', () => process.exit())

/** Counts `U` lines in the payload of frames, however they are cut. */
function rowCounter(): (bytes: Buffer) => number {
  let held: Buffer = Buffer.alloc(0)
  return chunk => {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    let rows = 0
    let at = 0
    for (;;) {
      const short = bytes[at + 1]
      if (short === undefined) break
      const header = short === 126 ? 4 : short === 127 ? 10 : 2
      if (at + header > bytes.length) break
      const length =
        short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short
      const end = at + header + length
      if (end > bytes.length) break
      for (let line = at + header; line < end; line = bytes.indexOf(10, line) + 1) {
        if (bytes[line] === UPDATE[0] && bytes[line + 1] === UPDATE[1]) rows++
      }
      at = end
    }
    held = bytes.subarray(at)
    return rows
  }
}

/** A masked text frame whose mask changes nothing. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text)
  const header =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255])
  return Buffer.concat([header, Buffer.alloc(4), payload])
}
