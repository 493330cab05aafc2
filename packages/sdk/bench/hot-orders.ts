import type { OrderClient } from './order-client.ts'

export const WARM_UP = 1_000
export const HOT_ORDERS = 400

/** No name of an order is used twice, also not by another process against the same broker. */
let index = process.pid * 10_000_000

/** One order and its confirm, in microseconds. */
export async function orderUs(client: OrderClient): Promise<number> {
  const startNs = process.hrtime.bigint()
  const answer = await client.order(index)
  const us = Number(process.hrtime.bigint() - startNs) / 1_000
  index += 1
  if (!client.isConfirm(answer)) throw new Error(`expected a confirm, but got ${JSON.stringify(answer)}`)
  return us
}
