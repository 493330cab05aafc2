import IG from 'ig-api'
import type { Client, Order } from '../client.ts'
import { answered, failed } from '../statement.ts'
import { otcOrder } from '../ticket.ts'

/** Its address is IG's own; the HTTP client inside takes another. */
export async function connectIgApi({ url, apiKey, username, password, ticket }: Order): Promise<Client> {
  const ig = new IG(apiKey, true)
  ig.api.defaults.baseURL = `${url}/`
  await ig.login(username, password)
  return {
    async open(tell) {
      tell(await ig.post('positions/otc', 2, otcOrder(ticket)).then(answered, failed))
    },
  }
}
