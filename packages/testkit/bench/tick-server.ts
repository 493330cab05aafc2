import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TickLines } from './tick-lines.ts'
import type { Ws, WsRaw, WsSocket } from './ws.ts'

/** `blast`: updates as fast as they are taken, so many in a frame. `pace`: so many a second, each with the time of its sending. */
export type Ticking =
  | { readonly mode: 'blast'; readonly updates: number; readonly perFrame: number }
  | { readonly mode: 'pace'; readonly perSecond: number; readonly seconds: number }

/** The arguments of a server's program: `blast <updates> <per frame>` or `pace <updates a second> <seconds>`. */
export function tickingOf([mode, first, second]: readonly string[]): Ticking {
  return mode === 'pace'
    ? { mode, perSecond: Number(first), seconds: Number(second) }
    : { mode: 'blast', updates: Number(first), perFrame: Number(second) }
}

const WELCOME = 'CONOK,S1,50000,60000,*\r\nSERVNAME,bench\r\nCLIENTIP,127.0.0.1\r\nCONS,unlimited\r\n'

/** Serves ticks of one item to whoever subscribes to anything. Resolves with its port; ends with its process. */
export function serveTicks({ WebSocketServer }: Ws, ticking: Ticking): Promise<number> {
  // Clients of the 8th generation create the session over HTTP and bind it on the WebSocket.
  const http = createServer((request, response) => {
    request.resume()
    request.on('end', () => response.end(`${WELCOME}LOOP,0\r\n`))
  })
  const sockets = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    // Frames are written past `ws`, in pieces: an answer to a ping could fall into the middle of one.
    autoPong: false,
    handleProtocols: (offered: ReadonlySet<string>) => [...offered][0] ?? false,
  })
  sockets.on('connection', (socket, request) => {
    request.socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('message', data => answer(ticking, socket, request.socket, String(data)))
  })
  return new Promise(resolve => {
    http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port))
  })
}

function answer(ticking: Ticking, socket: WsSocket, raw: WsRaw, message: string): void {
  if (message.startsWith('wsok')) return socket.send('WSOK\r\n')
  if (/^(?:create|bind)_session/.test(message)) return socket.send(WELCOME)
  const parameters = new URLSearchParams(message.slice(message.indexOf('\r\n') + 2).trim())
  if (parameters.get('LS_op') !== 'add') return
  const fields = (parameters.get('LS_schema') ?? '').split(' ')
  const lines = new TickLines(fields)
  const done = parameters.get('LS_ack') === 'false' ? '' : `REQOK,${parameters.get('LS_reqId')}\r\n`
  socket.send(`${done}SUBOK,1,1,${fields.length}\r\nCONF,1,unlimited,filtered\r\n${lines.full()}`)
  setTimeout(() => {
    if (ticking.mode === 'blast') blast(raw, lines, ticking.updates, ticking.perFrame)
    else pace(socket, lines, ticking.perSecond, ticking.seconds)
  }, 300)
}

/** Frames are made before: the server is then never what is measured. */
function blast(raw: WsRaw, lines: TickLines, updates: number, perFrame: number): void {
  const distinct = Math.min(updates, 50_000)
  const frames: Buffer[] = []
  for (let made = 0; made < distinct; made += perFrame) {
    // Starts from a whole row: what follows fits after the last one as well.
    let text = made === 0 ? lines.full() : lines.next()
    for (let more = 1; more < perFrame; more++) text += lines.next()
    frames.push(frame(text))
  }
  const all = Buffer.concat(frames)
  let rounds = Math.round(updates / distinct)
  let at = 0
  const write = (): void => {
    while (rounds > 0) {
      const isTaken = raw.write(all.subarray(at, at + 65_536))
      at += 65_536
      if (at >= all.length) {
        at = 0
        rounds--
      }
      if (!isTaken) return raw.once('drain', write)
    }
  }
  write()
}

function pace(socket: WsSocket, lines: TickLines, perSecond: number, seconds: number): void {
  const start = process.hrtime.bigint()
  const total = perSecond * seconds
  let sent = 0
  const send = (): void => {
    const elapsedUs = Number((process.hrtime.bigint() - start) / 1_000n)
    const due = Math.min(total, Math.floor((elapsedUs * perSecond) / 1e6))
    for (; sent < due; sent++) {
      const stamp = String((process.hrtime.bigint() / 1_000n) % 100_000_000n).padStart(8, '0')
      socket.send(lines.next(stamp))
    }
    if (sent < total && socket.readyState === 1) setImmediate(send)
  }
  send()
}

/** A text frame of a server (RFC 6455, section 5.2). */
function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const { length } = body
  const head = length < 126 ? [0x81, length] : [0x81, 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), body])
}
