import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contractFor, exposure, freshness, type TrackedOrder } from '@scalpdesk/desk'
import { systemClock as clock, epic } from '@scalpdesk/sdk'
import { presetFor } from '../../../src/session/default-presets.ts'
import { openJournal } from '../../../src/session/journal-file.ts'
import { startTradingSession } from '../../../src/session/trading-session.ts'
import { PLAIN_SESSION, unseenPicture } from '../../../src/testing/session-parts.ts'
import type { Client, Order } from '../client.ts'
import { statement } from '../statement.ts'
import { signIn } from './sdk.ts'

/** The desk as the program joins it to the SDK, the stream and its journal: the key's intent in, the outcome's words out. */
export async function connectDesk(order: Order): Promise<Client> {
  const ig = await signIn(order)
  // That a market takes market orders is a hint of the broker's; here it is a wrong one where orders are to be refused.
  const market = { ...(await ig.markets.get(epic(order.ticket.epic))), allowsMarketOrders: true }
  const picture = unseenPicture()
  const session = startTradingSession({
    ...PLAIN_SESSION,
    ig,
    contracts: [contractFor(market, [presetFor(market, {})])],
    first: market.epic,
    journal: openJournal(mkdtempSync(join(tmpdir(), 'scalpdesk-')), clock),
    picture: picture.asPicture,
    clock,
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
