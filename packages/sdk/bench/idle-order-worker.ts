/**
 * The first order after a pause, of several clients in one process that pause together and take turns in going first. Run by
 * first-order.ts. Arguments: port of a broker that keeps unused connections, port of one that closes them during the pause, `https` or
 * `http`, seconds of the pause, how many pauses.
 */
import { HOT_ORDERS, orderUs, WARM_UP } from './hot-orders.ts'
import { type ClientName, connectClient, type OrderClient } from './order-client.ts'
import { say } from './pinned-process.ts'
import { median } from './statistics.ts'

export interface IdleOrders {
  readonly client: ClientName
  /** Whether the broker closed the connections that it had. */
  readonly isCutOff: boolean
  readonly hotUs: number
  /** Of each pause; null where the order failed. */
  readonly firstUs: (number | null)[]
}

const [patientPort = '', impatientPort = '', protocol = '', idleS = '60', pauses = '3'] = process.argv.slice(2)

const CASES: readonly { readonly client: ClientName; readonly isCutOff: boolean }[] = [
  { client: 'floor', isCutOff: false },
  { client: 'floor-again', isCutOff: false },
  { client: 'ours', isCutOff: false },
  { client: 'undici-request', isCutOff: false },
  { client: 'ig-trading-api', isCutOff: false },
  // The floor has no second connection to go to.
  { client: 'ours', isCutOff: true },
  { client: 'undici-request', isCutOff: true },
  { client: 'ig-trading-api', isCutOff: true },
]

const clients: { readonly client: OrderClient; readonly result: IdleOrders }[] = []
for (const each of CASES) {
  const port = Number(each.isCutOff ? impatientPort : patientPort)
  const client = await connectClient(each.client, { port, isTls: protocol === 'https' })
  for (let order = 0; order < WARM_UP; order += 1) await orderUs(client)
  const hot: number[] = []
  for (let order = 0; order < HOT_ORDERS; order += 1) hot.push(await orderUs(client))
  clients.push({ client, result: { ...each, hotUs: median(hot), firstUs: [] } })
}
for (let pause = 0; pause < Number(pauses); pause += 1) {
  await new Promise(resolve => setTimeout(resolve, Number(idleS) * 1_000))
  // Whoever is first after a pause also pays for the process waking up.
  for (let turn = 0; turn < clients.length; turn += 1) {
    const { client, result } = clients[(turn + pause) % clients.length]!
    result.firstUs.push(await orderUs(client).catch(() => null))
  }
}
say(clients.map(({ result }) => result))
process.exit()
