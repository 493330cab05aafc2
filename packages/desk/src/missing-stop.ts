import { record, say, type Turn, update } from './turn.ts'
import { noStopWords } from './words.ts'

/** Says, once a deal, that the broker shows none of the stop that its order asked for: by its confirm, or by the list. */
export function sayMissingStops(turn: Turn): void {
  for (const holding of turn.state.holdings.values()) {
    const { dealId, epic } = holding
    if (holding.stopLevel || turn.state.stoplessDeals.has(dealId)) continue
    const isStopWanted = [...turn.state.orders.values()].some(
      order =>
        order.purpose.kind === 'open' && order.purpose.stopPoints !== null && order.reference === holding.reference,
    )
    if (!isStopWanted) continue
    update(turn, { stoplessDeals: new Set(turn.state.stoplessDeals).add(dealId) })
    record(turn, { kind: 'no-stop', atMs: turn.atMs, dealId, epic })
    say(turn, { tone: 'bad', text: noStopWords(holding) })
  }
}
