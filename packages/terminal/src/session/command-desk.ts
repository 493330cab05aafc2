import {
  type Contract,
  type DeskSetup,
  isPending,
  type JournalPort,
  type JournalRecord,
  type Recovered,
  runDesk,
} from '@scalpdesk/desk'
import type { Clock, DealReference, Epic, Ig, MarketDetails, Quote } from '@scalpdesk/sdk'
import type { ServedDesk } from '../host/prepared-press.ts'
import { startAccountFeeds } from './account-feeds.ts'
import { brokerPort } from './broker-port.ts'
import { dealReferences } from './deal-references.ts'
import { deskReadiness } from './desk-readiness.ts'
import { heardJournal } from './heard-journal.ts'
import { startMarketFeeds } from './market-feeds.ts'

export interface CommandDeskParts {
  readonly ig: Ig
  readonly setup: Pick<DeskSetup, 'mode' | 'limits' | 'watch' | 'zone'>
  readonly recovered: Recovered | null
  readonly journal: JournalPort
  readonly clock: Clock
  /** @throws with words where the market takes no order of ours */
  contractOf(market: MarketDetails): Contract
  onNotice(words: string): void
  /** Names of our orders; such as no run has given before unless told. */
  readonly nextReference?: () => DealReference
  /** Prices as they shall count; as they came unless told. */
  stamped?(quote: Quote): Quote
}

/** A desk without a screen, for as long as a command needs one. */
export interface CommandDesk extends ServedDesk {
  /** Orders whose outcome has not come. */
  readonly pending: readonly string[]
  /** Hears each price, once the desk has it, until the function that it returns is called. */
  onQuote(listener: (quote: Quote) => void): () => void
  /** The program runs: to be called several times a second, or never. */
  beat(): void
  stop(): void
}

export function startCommandDesk(parts: CommandDeskParts): CommandDesk {
  const { ig, clock, recovered } = parts
  const journal = heardJournal(parts.journal)
  const changeListeners = new Set<() => void>()
  const quoteListeners = new Set<(quote: Quote) => void>()
  const readiness = deskReadiness(() => desk.state, clock)
  const desk = runDesk(
    {
      ...parts.setup,
      contracts: [],
      accountCurrency: ig.account.currency,
      ...(recovered && { recovered }),
    },
    {
      clock,
      journal,
      nextReference: parts.nextReference ?? dealReferences(clock.nowMs()),
      broker: brokerPort(ig),
      onChange() {
        readiness.look()
        for (const listener of changeListeners) listener()
      },
      onJournalFailure: cause => parts.onNotice(`the journal cannot be written: ${cause.message}`),
    },
  )
  const feeds = startMarketFeeds(
    ig.stream,
    came => {
      const quote = parts.stamped?.(came) ?? came
      desk.tell({ kind: 'quote', quote })
      readiness.look()
      for (const listener of quoteListeners) listener(quote)
    },
    ({ name }, error) =>
      parts.onNotice(`${name} cannot be followed: ${error instanceof Error ? error.message : String(error)}`),
  )
  const stopStatus = ig.stream.onStatus(status => desk.tell({ kind: 'stream', status, atMs: clock.monotonicMs() }))
  const account = startAccountFeeds({
    stream: ig.stream,
    desk,
    clock,
    onFault: error => parts.onNotice(`a fault of its own: ${error instanceof Error ? error.message : String(error)}`),
  })
  return {
    get state() {
      return desk.state
    },
    get pending() {
      return [...desk.state.orders.values()].filter(isPending).map(({ id }) => id)
    },
    want: (intent, by) => desk.want(intent, clock.monotonicMs(), by),
    onChange(listener) {
      changeListeners.add(listener)
      return () => changeListeners.delete(listener)
    },
    onQuote(listener) {
      quoteListeners.add(listener)
      return () => quoteListeners.delete(listener)
    },
    beat: desk.beat,
    onRecord: (listener: (record: JournalRecord) => void) => journal.onRecord(listener),
    known: readiness.known,
    priced: readiness.priced,
    async trade(epic: Epic) {
      const market = await ig.markets.get(epic)
      const contract = parts.contractOf(market)
      desk.tell({ kind: 'trade-market', contract, atMs: clock.monotonicMs() })
      feeds.follow(contract.market)
    },
    stop() {
      stopStatus()
      feeds.close()
      account.close()
      desk.stop()
    },
  }
}
