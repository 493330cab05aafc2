import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { BrokerAddress, OrderClient } from './order-client.ts'
import { CONFIRM_PATH, HEADERS, ORDER_PATH, wireOrder } from './wire-order.ts'

export interface FloorOptions {
  /** Of every request; those of a session where the broker asks for one. */
  readonly headers: Readonly<Record<string, string>>
  /** What an even and an odd order say. */
  readonly orders: readonly [object, object]
}

export interface FloorClient extends OrderClient {
  /** The order alone: its reference. */
  post(index: number): Promise<string>
}

/**
 * The least that Node can do: prebuilt bytes on a raw socket, one request at a time; an answer is complete when its Content-Length is
 * there. No JSON, no checks, no timeouts.
 */
export async function connectFloor(
  broker: BrokerAddress,
  { headers, orders }: FloorOptions = { headers: HEADERS, orders: [unnamedOrder(0), unnamedOrder(1)] },
): Promise<FloorClient> {
  const socket = await openSocket(broker)
  const head = [`Host: 127.0.0.1:${broker.port}`, 'Connection: keep-alive', ...lines(headers)].join('\r\n')
  const requests = orders.map(order => {
    const body = JSON.stringify(order)
    return Buffer.from(`POST ${ORDER_PATH} HTTP/1.1\r\n${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  })
  // The confirm is asked for in version 1.
  const confirmHead = ` HTTP/1.1\r\n${head.replace('VERSION: 2', 'VERSION: 1')}\r\n\r\n`
  const nextBody = bodyReader(socket)
  return {
    order: index =>
      new Promise(resolve => {
        nextBody(acknowledgement => {
          nextBody(resolve)
          socket.write(`GET ${CONFIRM_PATH}${referenceIn(acknowledgement)}${confirmHead}`, 'latin1')
        })
        socket.write(requests[index % 2]!)
      }),
    post: index =>
      new Promise(resolve => {
        nextBody(acknowledgement => resolve(referenceIn(acknowledgement)))
        socket.write(requests[index % 2]!)
      }),
    isConfirm: answer => typeof answer === 'string' && answer.includes('"dealStatus":"ACCEPTED"'),
    close: () => socket.destroy(),
  }
}

/** Without a reference of ours: the bytes are the same each time, and a broker takes a name only once. */
function unnamedOrder(index: number): object {
  const { dealReference: _, ...order } = wireOrder(index)
  return order
}

function referenceIn(acknowledgement: string): string {
  return acknowledgement.slice(REFERENCE_AT, acknowledgement.indexOf('"', REFERENCE_AT))
}

const REFERENCE_AT = '{"dealReference":"'.length
const LENGTH = 'Content-Length: '

/** Hands each whole body to whoever asked last. */
function bodyReader(socket: Socket): (then: (body: string) => void) => void {
  let text = ''
  let onBody: (body: string) => void = () => {}
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) return
    const lengthAt = text.indexOf(LENGTH) + LENGTH.length
    const length = Number(text.slice(lengthAt, text.indexOf('\r', lengthAt)))
    if (text.length < end + 4 + length) return
    const body = text.slice(end + 4)
    text = ''
    onBody(body)
  })
  return then => {
    onBody = then
  }
}

function openSocket({ port, isTls }: BrokerAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = isTls
      ? connectTls({ port, host: '127.0.0.1' }, () => resolve(socket))
      : connect(port, '127.0.0.1', () => resolve(socket))
    socket.setNoDelay(true)
    socket.on('error', reject)
  })
}

function lines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
}
