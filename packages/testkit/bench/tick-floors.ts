import type { OnTick, TickPeer } from './tick-reading.ts'
import type { Ws } from './ws.ts'

/** What stands below every client on `ws`. @param fields bid and offer first. */
export function tickFloors(ws: Ws, fields: readonly string[]): readonly [TickPeer, TickPeer] {
  return [
    { name: 'ws, no parse', start: (port, _onTick, onFrame) => bare(ws, fields, port, onFrame) },
    { name: 'ws + bare byte decoder', start: (port, onTick) => bare(ws, fields, port, bareDecoder(fields, onTick)) },
  ]
}

function bare({ WebSocket }: Ws, fields: readonly string[], port: number, onFrame: (data: Buffer) => void): void {
  const protocol = 'TLCP-2.4.0.lightstreamer.com'
  const socket = new WebSocket(`ws://127.0.0.1:${port}/lightstreamer`, protocol, { perMessageDeflate: false })
  let asked = 0
  socket.on('open', () => socket.send('wsok'))
  socket.on('message', data => {
    if (asked === 2) return onFrame(data)
    const text = data.toString()
    if (text.startsWith('WSOK')) {
      asked = 1
      return socket.send('create_session\r\nLS_cid=mgQkwtwdysogQz2BJ4Ji%20kOj2Bg')
    }
    if (!text.startsWith('CONOK')) return
    asked = 2
    const schema = fields.join('%20')
    socket.send(
      `control\r\nLS_reqId=1&LS_ack=false&LS_op=add&LS_subId=1&LS_mode=MERGE&LS_group=ONE&LS_schema=${schema}&LS_snapshot=true`,
    )
  })
}

/** Nothing but what these ticks need: a floor for everything that also keeps a protocol. */
function bareDecoder(fields: readonly string[], onTick: OnTick): (data: Buffer) => void {
  const values = new Float64Array(fields.length)
  const count = fields.length
  const scale = [100_000, 10_000, 1_000, 100, 10, 1]
  const time = fields.findIndex(field => field === 'TIME' || field === 'UPDATE_TIME')
  return data => {
    let at = 0
    while (at < data.length) {
      if (data[at] !== 0x55) {
        while (data[at] !== 0x0a) at++
        at++
        continue
      }
      at += 6
      for (let field = 0; field < count; ) {
        let code = data[at]!
        if (code === 0x5e) {
          code = data[++at]!
          let run = 0
          for (; code >= 0x30 && code <= 0x39; code = data[++at]!) run = run * 10 + code - 0x30
          field += run
        } else {
          let value = 0
          let places = -1
          const start = at
          for (; code !== 0x7c && code !== 0x0d; code = data[++at]!) {
            if (code === 0x2e) places = 0
            else if (code >= 0x30 && code <= 0x39) {
              value = value * 10 + code - 0x30
              if (places >= 0) places++
            }
          }
          if (at > start) values[field] = field === time ? value : value * (scale[Math.max(0, places)] ?? 1)
          field++
        }
        if (data[at] !== 0x7c) break
        at++
      }
      while (data[at] !== 0x0a) at++
      at++
      onTick(values[0] ?? 0, values[1] ?? 0, values[time] ?? 0)
    }
  }
}
