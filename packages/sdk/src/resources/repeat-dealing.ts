import { type Epic, epic } from '../ids.ts'
import { decodeRepeatDealingWindow } from '../json/decode-repeat-dealing.ts'
import type { RepeatDealingWindow } from '../repeat-dealing.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'

export interface RepeatDealing {
  /**
   * What was dealt within IG's window for repeated deals (about half a minute), in one market or in all.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError | DecodeError}
   * Source: IG Labs, REST API reference, "Repeat deal window", GET /repeat-dealing-window.
   */
  window(epic?: Epic, options?: ReadOptions): Promise<RepeatDealingWindow>
}

export function repeatDealingOver(rest: Rest): RepeatDealing {
  return {
    async window(only, options) {
      const query = { epic: only === undefined ? undefined : epic(only) }
      return decodeRepeatDealingWindow(await rest.read(callTo(ROUTES.repeatDealingWindow, { query }), options))
    },
  }
}
