import type {
  ClosingCosts,
  ClosingCostsRequest,
  CostsHistoryEntry,
  CostsHistoryRequest,
  EditingCosts,
  EditingCostsRequest,
  OpeningCosts,
  OpeningCostsRequest,
} from '../costs.ts'
import { decodeClosingCosts, decodeEditingCosts, decodeOpeningCosts } from '../json/decode-costs.ts'
import { callTo } from '../rest/call.ts'
import type { CallOptions, ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { encodeClosing, encodeEditing, encodeOpening } from './costs-body.ts'
import { costsDocument } from './costs-document.ts'
import { costsHistory } from './costs-history.ts'

/**
 * What a deal will cost, before it is made. For accounts in the EU and the UK. No method deals.
 *
 * @throws every method: {@link InvalidInputError} for a request that can be none, before anything is sent; {@link RefusedError},
 * {@link AllowanceError}, {@link TransportError}, {@link ProtocolError}, {@link SignInError}, {@link DecodeError}.
 */
export interface Costs {
  /**
   * Each question makes an entry in `history()`, and is therefore sent once.
   * Source: IG Labs, REST API reference, "Indicative costs and charges", POST /indicativecostsandcharges/open.
   */
  ofOpening(request: OpeningCostsRequest, options?: CallOptions): Promise<OpeningCosts>
  /** As {@link ofOpening}. Source: as above, POST /indicativecostsandcharges/close. */
  ofClosing(request: ClosingCostsRequest, options?: CallOptions): Promise<ClosingCosts>
  /** Of moving the stop or the limit. As {@link ofOpening}. Source: as above, POST /indicativecostsandcharges/edit. */
  ofEditing(request: EditingCostsRequest, options?: CallOptions): Promise<EditingCosts>
  /**
   * The document of a quote, as the bytes of a PDF. @param quoteReference IG's, from one of the answers.
   * @throws {ProtocolError} `not-a-document` when a good answer is no PDF.
   * Source: as above, GET /indicativecostsandcharges/durablemedium/{indicativeQuoteReference}.
   */
  document(quoteReference: string, options?: ReadOptions): Promise<Uint8Array>
  /** Quotes of the past, each once, a page a call. Source: as above, GET /indicativecostsandcharges/history/from/{from}/to/{to}. */
  history(request: CostsHistoryRequest, options?: ReadOptions): AsyncIterable<CostsHistoryEntry>
}

export function costsOver(rest: Rest): Costs {
  return {
    async ofOpening(request, options) {
      const call = callTo(ROUTES.openingCosts, { body: encodeOpening(request) })
      return decodeOpeningCosts(await rest.write(call, options))
    },
    async ofClosing(request, options) {
      const call = callTo(ROUTES.closingCosts, { body: encodeClosing(request) })
      return decodeClosingCosts(await rest.write(call, options))
    },
    async ofEditing(request, options) {
      const call = callTo(ROUTES.editingCosts, { body: encodeEditing(request) })
      return decodeEditingCosts(await rest.write(call, options))
    },
    document: (quoteReference, options) => costsDocument(rest, quoteReference, options),
    history: (request, options) => costsHistory(rest, request, options),
  }
}
