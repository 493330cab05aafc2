import { APIClient, Direction, PositionOrderType, PositionTimeInForce } from 'ig-trading-api'
import type { Client, Order } from '../client.ts'
import { answered, failed } from '../statement.ts'

/** As its README says: another base URL, sign in, create a position. */
export async function connectIgTradingApi({ url, apiKey, username, password, ticket }: Order): Promise<Client> {
  const { rest } = new APIClient(`${url}/`, apiKey)
  await rest.login.createSession(username, password)
  return {
    async open(tell) {
      const order = {
        currencyCode: ticket.currency,
        direction: Direction.BUY,
        epic: ticket.epic,
        expiry: '-',
        forceOpen: true,
        guaranteedStop: false,
        orderType: PositionOrderType.MARKET,
        size: 1,
        stopDistance: ticket.stopPoints,
        timeInForce: PositionTimeInForce.FILL_OR_KILL,
      }
      tell(await rest.dealing.createPosition(order).then(answered, failed))
    },
  }
}
