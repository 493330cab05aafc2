import { unitsToDecimal } from '@scalpdesk/mock-broker/engine'
import { Decimal, dealId } from '@scalpdesk/sdk'
import { plain } from '../../../bots/src/engine-broker/index.ts'
import { anyOf, between, oneOf, type Random } from '../broker/chance.ts'
import type { EngineBroker } from '../broker/engine-broker.ts'
import { EPICS, marketOf } from '../broker/simulated-markets.ts'
import type { Elsewhere } from './step.ts'

/** Somebody acts on the same account by other means: the broker's platform, a telephone, a second program. */
export function actElsewhere(broker: EngineBroker, what: Elsewhere, random: Random): void {
  const market = marketOf(broker.exchange, oneOf(random, EPICS))
  const reference = broker.exchange.nextReference()
  const direction = oneOf(random, ['BUY', 'SELL'])
  const size = new Decimal(oneOf(random, ['0.5', '1', '2']))
  const position = anyOf(random, broker.exchange.positions)
  switch (what) {
    case 'open':
      return void broker.exchange.dealElsewhere({ kind: 'open', order: { reference, market, direction, size } })
    case 'close':
    case 'close-part': {
      if (!position) return
      const part = what === 'close' ? plain(position.size) : plain(position.size).div(2).toDecimalPlaces(2)
      const order = { dealId: dealId(position.dealId), direction: opposite(position.direction), size: part }
      return void broker.exchange.dealElsewhere({ kind: 'close', order })
    }
    case 'amend': {
      if (!position) return
      const { market: of } = broker.exchange.book(position.epic as (typeof EPICS)[number])
      const distance = between(random, 5, 40) * (of.pointsPerUnit === 1 ? 10 : 10)
      const units = position.direction === 'BUY' ? position.levelUnits - distance : position.levelUnits + distance
      const stopLevel = random.next() < 0.3 ? null : plain(unitsToDecimal(units, of.decimals))
      return void broker.exchange.dealElsewhere({
        kind: 'amend',
        order: { dealId: dealId(position.dealId), stopLevel, limitLevel: null },
      })
    }
    case 'place': {
      const from = direction === 'BUY' ? market.bid : market.offer
      if (!from) return
      const away = new Decimal(between(random, 2, 20)).div(market.pointsPerUnit)
      const level = (direction === 'BUY' ? from.minus(away) : from.plus(away)).toDecimalPlaces(market.decimals)
      const order = { reference, market, kind: 'limit', direction, size, level, goodTill: 'cancelled' } as const
      return void broker.exchange.dealElsewhere({ kind: 'place', order })
    }
    case 'cancel': {
      const order = anyOf(random, broker.exchange.workingOrders)
      if (order) broker.exchange.dealElsewhere({ kind: 'cancel', order: { dealId: dealId(order.dealId) } })
      return
    }
  }
}

const opposite = (direction: 'BUY' | 'SELL'): 'BUY' | 'SELL' => (direction === 'BUY' ? 'SELL' : 'BUY')
