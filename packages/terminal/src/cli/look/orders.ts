import type { WorkingOrder } from '@scalpdesk/sdk'
import type { OrdersDocument } from '../../documents/documents.ts'
import { EXIT } from '../../exit-status.ts'
import { answer } from '../answer.ts'
import { type CommonOptions, commandContext } from '../command-context.ts'
import { figure, isoTime, named, orDash } from '../plain-value.ts'
import { table } from '../table.ts'
import { lookAt } from './look-at.ts'

/** The working orders, as the broker lists them. */
export async function runOrders(options: CommonOptions): Promise<number> {
  const context = commandContext(options)
  const document = await lookAt(context, 'account', async ({ ig, environment }): Promise<OrdersDocument> => {
    const orders = await ig.orders.list()
    return { environment, account: ig.account.id, orders: orders.map(orderView) }
  })
  const rows = document.orders.map(order => [
    order.dealId,
    order.name,
    order.type,
    orDash(order.direction),
    orDash(order.size),
    orDash(order.level),
    order.stopPoints === null ? 'NO STOP' : `${order.stopPoints} points`,
    order.limitPoints === null ? '–' : `${order.limitPoints} points`,
    order.goodTill?.replace(/\.000Z$/, 'Z') ?? 'cancelled',
  ])
  const lines = table(
    [
      { title: 'DEAL' },
      { title: 'MARKET' },
      { title: 'TYPE' },
      { title: 'SIDE' },
      { title: 'SIZE', side: 'right' },
      { title: 'LEVEL', side: 'right' },
      { title: 'STOP', side: 'right' },
      { title: 'LIMIT', side: 'right' },
      { title: 'UNTIL' },
    ],
    rows,
  )
  answer(context.asJson, document, rows.length > 0 ? lines : ['no working order rests'])
  return EXIT.done
}

function orderView(order: WorkingOrder): OrdersDocument['orders'][number] {
  return {
    dealId: order.dealId,
    epic: order.epic,
    name: order.marketName,
    type: named(order.kind),
    direction: order.direction,
    size: figure(order.size),
    level: figure(order.level),
    bid: figure(order.bid),
    offer: figure(order.offer),
    stopPoints: figure(order.stopDistancePoints),
    limitPoints: figure(order.limitDistancePoints),
    isGuaranteed: order.isGuaranteed,
    goodTill: isoTime(order.goodTillAtMs),
    placedAt: isoTime(order.createdAtMs),
  }
}
