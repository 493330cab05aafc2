import { connectIg, Decimal, dealReference, epic, type Ig, type OpenOrder } from '@scalpdesk/sdk'
import { type BrokerAddress, type OrderClient, originOf } from './order-client.ts'
import { API_KEY, BASE_PATH, EPIC } from './wire-order.ts'

/** This package, through its public API alone. */
export async function connectOurs(broker: BrokerAddress): Promise<OrderClient> {
  const ig = await signIn(broker)
  return {
    async order(index) {
      const sent = await ig.positions.open(openOrder(index))
      if (sent.kind !== 'acknowledged') throw new Error(`expected the order to be taken, but it is ${sent.kind}`)
      return ig.confirms.find(sent.reference)
    },
    isConfirm: answer =>
      typeof answer === 'object' && answer !== null && 'outcome' in answer && isAccepted(answer.outcome),
    close: () => ig.close(),
  }
}

export function signIn(broker: BrokerAddress): Promise<Ig> {
  return connectIg({
    environment: new URL(`${originOf(broker)}${BASE_PATH}`),
    credentials: { apiKey: API_KEY, identifier: 'bench', password: 'bench' },
  })
}

/** The same order as the peers', as a trader's program makes it. */
function openOrder(index: number): OpenOrder {
  return {
    reference: dealReference(`BENCH-${index}`),
    market: MARKET,
    direction: index % 2 === 0 ? 'BUY' : 'SELL',
    size: SIZE,
    stop: { distancePoints: STOP_POINTS },
  }
}

export const MARKET = { epic: epic(EPIC), expiry: '-', currency: 'USD' } as const
const SIZE = new Decimal(1)
const STOP_POINTS = new Decimal(20)

function isAccepted(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'kind' in outcome && outcome.kind === 'accepted'
}
