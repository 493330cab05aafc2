/**
 * Sends one POST after the other on so many connections. Counted in answers, not in seconds, so that a server is as warm on a busy
 * machine as on a quiet one: says when the first of them have come, and how quickly the others did.
 */
import { connect } from 'node:net'
import type { RestAddress } from './rest-server.ts'

export interface RestLoad {
  readonly perSecond: number
  readonly answered: number
  /** Answers that were not a success. */
  readonly failed: number
  /** The last deal references, so that one can ask what became of them. */
  readonly references: readonly string[]
}

const [addressText = '{}', connectionCount = '32', measuredText = '40000'] = process.argv.slice(2)
const { port, path, headers } = JSON.parse(addressText) as RestAddress
const SAMPLED = 101
const KEPT = 50
const measuredCount = Number(measuredText)
const warmCount = measuredCount / 2

/** Bought and sold by turns, so that each order nets the one before and nothing piles up. */
const requests = (['BUY', 'SELL'] as const).map(direction => {
  const body = JSON.stringify({
    currencyCode: 'USD',
    direction,
    epic: 'CS.D.EURUSD.CFD.IP',
    expiry: '-',
    forceOpen: false,
    guaranteedStop: false,
    orderType: 'MARKET',
    size: 1,
  })
  const lines = Object.entries({
    Host: '127.0.0.1',
    ...headers,
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
  }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
})

const { promise: isWarm, resolve: warm } = Promise.withResolvers<void>()
const { promise: isDone, resolve: done } = Promise.withResolvers<void>()
let answered = 0
let failed = 0
let references: readonly string[] = []
let sent = 0
for (let index = 0; index < Number(connectionCount); index++) open()
await isWarm
process.send?.('warm')
const before = answered
const startMs = performance.now()
await isDone
const measured = answered - before
const load: RestLoad = {
  perSecond: (measured * 1000) / (performance.now() - startMs),
  answered: measured,
  failed,
  references,
}
process.send?.(load, () => process.exit())

function open(): void {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const send = (): void => void socket.write(requests[sent++ % 2] ?? '')
  let text = ''
  socket.on('connect', send)
  socket.on('data', bytes => {
    text += bytes.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: *(\d+)/i.exec(text.slice(0, head))?.[1] ?? 0)
    if (text.length < head + 4 + length) return
    if (!/^HTTP\/1\.1 2/.test(text)) failed++
    answered++
    if (answered === warmCount) warm()
    else if (answered === warmCount + measuredCount) done()
    if (answered % SAMPLED === 0) {
      const reference = /"dealReference":"(\w+)"/.exec(text)?.[1]
      if (reference !== undefined) references = [...references.slice(1 - KEPT), reference]
    }
    text = ''
    send()
  })
}
