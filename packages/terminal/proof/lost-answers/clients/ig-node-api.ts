import { createRequire } from 'node:module'
import type { Client, Order } from '../client.ts'
import { answered, failed } from '../statement.ts'

interface IgNodeApi {
  login(): Promise<unknown>
  createOtcPosition(order: object): Promise<unknown>
}

interface IgNodeApiModule {
  readonly default: new (username: string, password: string, apiKey: string, baseUrl: string) => IgNodeApi
}

// Not imported: its own types would change those of `process.env` for the whole project.
const { default: IG }: IgNodeApiModule = createRequire(import.meta.url)('ig-node-api')

/** As its README says: the address is an argument. It signs in with OAuth (version 3). */
export async function connectIgNodeApi({ url, apiKey, username, password, ticket }: Order): Promise<Client> {
  const ig = new IG(username, password, apiKey, url)
  await ig.login()
  return {
    async open(tell) {
      const order = {
        epic: ticket.epic,
        direction: 'BUY',
        orderType: 'MARKET',
        size: 1,
        forceOpen: true,
        guaranteedStop: false,
        stopDistance: ticket.stopPoints,
        currencyCode: ticket.currency,
        expiry: '-',
      }
      tell(await ig.createOtcPosition(order).then(answered, failed))
    },
  }
}
