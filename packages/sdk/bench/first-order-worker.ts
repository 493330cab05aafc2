/**
 * The first order of a fresh process, right after the sign-in, then the p50 of the same client once it is hot. Run by first-order.ts.
 * Arguments: client, port, `https` or `http`.
 */
import { HOT_ORDERS, orderUs, WARM_UP } from './hot-orders.ts'
import { type ClientName, connectClient } from './order-client.ts'
import { say } from './pinned-process.ts'
import { median } from './statistics.ts'

export interface FirstOrder {
  readonly firstUs: number
  readonly hotUs: number
}

const [name = '', port = '', protocol = ''] = process.argv.slice(2)
const client = await connectClient(name as ClientName, { port: Number(port), isTls: protocol === 'https' })
const firstUs = await orderUs(client)
for (let order = 0; order < WARM_UP; order += 1) await orderUs(client)
const hot: number[] = []
for (let order = 0; order < HOT_ORDERS; order += 1) hot.push(await orderUs(client))
const result: FirstOrder = { firstUs, hotUs: median(hot) }
say(result)
process.exit()
