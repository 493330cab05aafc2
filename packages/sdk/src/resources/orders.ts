import type { OrderSender } from '../dealing/order-sender.ts'
import type { DealId } from '../ids.ts'
import { decodeWorkingOrders } from '../json/decode-working-order.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { EditWatch, SendWatch, Sent } from '../submission.ts'
import type { AmendWorkingOrder, PlaceOrder, WorkingOrder } from '../working-order.ts'

/** What rests in the market until its level is reached. Sending is as in `Positions`: once, and told as it is known. */
export interface Orders {
  /**
   * Every working order of the account.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError | DecodeError}
   * Source: IG Labs, REST API reference, "Working Orders", GET /workingorders version 2.
   */
  list(options?: ReadOptions): Promise<readonly WorkingOrder[]>
  /** Source: as above, POST /workingorders/otc version 2. */
  place(order: PlaceOrder, watch?: SendWatch): Promise<Sent>
  /** Replaces all but the size: say everything as it shall be. Source: as above, PUT /workingorders/otc/{dealId} version 2. */
  amend(order: AmendWorkingOrder, watch?: EditWatch): Promise<Sent>
  /** It may fill before it is cancelled: look at the positions. Source: as above, DELETE /workingorders/otc/{dealId} version 2. */
  cancel(dealId: DealId, watch?: EditWatch): Promise<Sent>
}

export function ordersOver(rest: Rest, sender: Pick<OrderSender, 'place' | 'amendWorkingOrder' | 'cancel'>): Orders {
  return {
    list: async options => decodeWorkingOrders(await rest.read(callTo(ROUTES.workingOrders), options)),
    place: (order, watch) => sender.place(order, watch),
    amend: (order, watch) => sender.amendWorkingOrder(order, watch),
    cancel: (dealId, watch) => sender.cancel(dealId, watch),
  }
}
