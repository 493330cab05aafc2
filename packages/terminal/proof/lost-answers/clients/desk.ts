import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeskState, exposure, freshness, type TrackedOrder } from '@scalpdesk/desk'
import { systemClock as clock, epic } from '@scalpdesk/sdk'
import { presetFor } from '../../../src/session/default-presets.ts'
import { openJournal } from '../../../src/session/journal-file.ts'
import type { Picture } from '../../../src/session/picture.ts'
import { startTradingSession } from '../../../src/session/trading-session.ts'
import type { Client, Order } from '../client.ts'
import { statement } from '../statement.ts'
import { signIn } from './sdk.ts'

/** The desk as the program joins it to the SDK, the stream and its journal: the key's intent in, the outcome's words out. */
export async function connectDesk(order: Order): Promise<Client> {
  const ig = await signIn(order)
  // That a market takes market orders is a hint of the broker's; here it is a wrong one where orders are to be refused.
  const market = { ...(await ig.markets.get(epic(order.ticket.epic))), allowsMarketOrders: true }
  const picture = silentPicture()
  const session = startTradingSession({
    ig,
    market,
    preset: presetFor(market, {}),
    journal: openJournal(mkdtempSync(join(tmpdir(), 'scalpdesk-')), clock),
    picture: picture.asPicture,
    clock,
    recovered: null,
    isReplay: false,
  })
  await picture.until(
    state =>
      exposure(state) === 'flat' && freshness(state, state.quotes.get(market.epic), clock.monotonicMs()) === 'live',
  )
  return {
    async open(tell) {
      let said = ''
      session.keys.act('buy', clock.monotonicMs())
      await picture.until(state => {
        const [sent] = state.orders.values()
        const kind = sent ? kindOf(sent) : 'refused'
        if (kind === null) return false
        const { text } = state.outcome
        if (text !== said) tell(statement(kind, text))
        said = text
        return sent?.stage.kind === 'unresolved' || kind !== 'unknown'
      })
    },
  }
}

/** null while nothing has been said about it but that it was sent. */
function kindOf({ stage }: TrackedOrder): 'opened' | 'refused' | 'unknown' | null {
  switch (stage.kind) {
    case 'sending':
    case 'acknowledged':
      return null
    case 'checking':
    case 'unresolved':
      return 'unknown'
    case 'done':
      return 'opened'
    case 'rejected':
    case 'denied':
      return 'refused'
  }
}

/** In the place of the screen: keeps what would be drawn. */
function silentPicture(): {
  readonly asPicture: Picture
  /** Settles with the first state that fits, looking at the present one first. */
  until(fits: (state: DeskState) => boolean): Promise<void>
} {
  let state: DeskState | null = null
  let look = () => {}
  const nothing = () => {}
  return {
    asPicture: {
      show(next) {
        state = next
        look()
      },
      chart: nothing,
      notice: nothing,
      ask: nothing,
      question: null,
      keyboard: nothing,
      resize: nothing,
      onFrame: nothing,
      onPainted: nothing,
      failed: new Promise(nothing),
      stop: nothing,
    },
    until: fits =>
      new Promise(resolve => {
        look = () => {
          if (state === null || !fits(state)) return
          look = nothing
          resolve()
        }
        look()
      }),
  }
}
