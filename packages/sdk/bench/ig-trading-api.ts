import { APIClient, Direction, type PositionCreateRequest, PositionOrderType } from 'ig-trading-api'
import { type BrokerAddress, type OrderClient, originOf } from './order-client.ts'
import { API_KEY, BASE_PATH, isAcceptedJson, TOKENS, wireOrder } from './wire-order.ts'

/** The library that the JavaScript world uses for IG, signed in and as its documentation says. */
export function connectIgTradingApi(broker: BrokerAddress): OrderClient {
  const client = igTradingApi(`${originOf(broker)}${BASE_PATH}/`)
  return {
    async order(index) {
      const acknowledgement = await client.rest.dealing.createPosition(igOrder(index))
      return client.rest.dealing.confirmTrade(acknowledgement)
    },
    isConfirm: isAcceptedJson,
    close() {},
  }
}

export function igTradingApi(baseUrl: string): APIClient {
  const client = new APIClient(baseUrl, API_KEY)
  client.rest.auth.clientSessionToken = TOKENS.CST
  client.rest.auth.securityToken = TOKENS['X-SECURITY-TOKEN']
  return client
}

export function igOrder(index: number): PositionCreateRequest {
  const order = wireOrder(index)
  return {
    ...order,
    direction: order.direction === 'BUY' ? Direction.BUY : Direction.SELL,
    orderType: PositionOrderType.MARKET,
  }
}
