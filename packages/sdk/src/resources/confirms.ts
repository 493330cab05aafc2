import type { Confirm } from '../confirm.ts'
import { ProtocolError } from '../errors.ts'
import type { DealReference } from '../ids.ts'
import { decodeConfirm } from '../json/decode-confirm.ts'
import { readAnswer } from '../rest/answer.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'

/** What IG says became of a request. The stream tells the same, as a rule sooner or about as soon. */
export interface Confirms {
  /**
   * `null`: not there, which may also mean not there yet, or gone again (IG keeps one for about a minute): it proves nothing.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError | DecodeError}
   * Source: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference} version 1.
   */
  find(reference: DealReference, options?: ReadOptions): Promise<Confirm | null>
}

export function confirmsOver(rest: Pick<Rest, 'answer'>): Confirms {
  return {
    async find(reference, options) {
      const call = callTo(ROUTES.confirm, { path: { dealReference: reference } })
      const response = await rest.answer(call, options)
      // Before a confirm exists IG answers 404, and was seen to answer 405 and 500.
      if (response.status === 404 || response.status === 405 || response.status === 500) return null
      const confirm = decodeConfirm(readAnswer(response, call))
      if (confirm.reference === reference) return confirm
      const text = `expected the confirm of ${reference}, but got that of ${confirm.reference}; ask again`
      throw new ProtocolError('other-confirm', text, { request: { method: call.route.method, path: call.path } })
    },
  }
}
