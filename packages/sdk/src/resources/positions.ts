import type { OrderSender } from '../dealing/order-sender.ts'
import { RefusedError } from '../errors.ts'
import type { DealId } from '../ids.ts'
import { decodePosition, decodePositions } from '../json/decode-position.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder } from '../order.ts'
import type { Position } from '../position.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { EditWatch, SendWatch, Sent } from '../submission.ts'

/**
 * What is held. Orders are sent once, but for an exit that IG refused for its tokens. None of the three that send ever rejects for an
 * answer of IG's or for a network: each says what is known, and `settle()` finds out what became of it. An order that cannot be
 * one is `unsent` with an `InvalidInputError`, one without room in the allowance with an `AllowanceError`. The bytes of an order
 * are handed to the socket before the method returns when a connection is warm.
 */
export interface Positions {
  /**
   * Everything that is open on the account. A deal shows here shortly after its confirm, not at once.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError | DecodeError}
   * Source: IG Labs, REST API reference, "Positions", GET /positions version 2.
   */
  list(options?: ReadOptions): Promise<readonly Position[]>
  /** `null`: it is not open, or not listed yet. Otherwise as {@link list}. Source: as above, GET /positions/{dealId} version 2. */
  get(dealId: DealId, options?: ReadOptions): Promise<Position | null>
  /** Source: as above, POST /positions/otc version 2. */
  open(order: OpenOrder, watch?: SendWatch): Promise<Sent>
  /**
   * Goes first where the allowance is short, and is never held back by this package's own reckoning of it.
   * Source: as above, DELETE /positions/otc version 1.
   */
  close(order: CloseOrder | CloseMarketOrder, watch?: SendWatch): Promise<Sent>
  /** Source: as above, PUT /positions/otc/{dealId} version 2. */
  amend(order: AmendOrder, watch?: EditWatch): Promise<Sent>
}

export function positionsOver(rest: Rest, sender: Pick<OrderSender, 'open' | 'close' | 'amend'>): Positions {
  return {
    list: async options => decodePositions(await rest.read(callTo(ROUTES.positions), options)),
    get: async (dealId, options) => {
      try {
        return decodePosition(await rest.read(callTo(ROUTES.position, { path: { dealId } }), options))
      } catch (error) {
        if (error instanceof RefusedError && error.code === 'error.position.notfound') return null
        throw error
      }
    },
    open: (order, watch) => sender.open(order, watch),
    close: (order, watch) => sender.close(order, watch),
    amend: (order, watch) => sender.amend(order, watch),
  }
}
