import type { BookQuote, Engine, EngineEvent, EngineInput } from '../engine/index.ts'

/** The engine, and who wants to hear what it did. Everything that changes the market or the account goes through here. */
export interface BrokerState {
  readonly engine: Engine
  process(input: EngineInput): void
  /** Quotes of this market are dropped on their way, or not any more. */
  holdQuotes(epic: string, isHeld: boolean): void
  /** Hears of every event, in order. */
  onEvents(listener: (events: readonly EngineEvent[]) => void): void
  /** Hears of every market whose quote or state changed. */
  onMarket(listener: (epic: string) => void): void
  /** Hears of every quote that was published. */
  onQuote(listener: (epic: string, quote: BookQuote) => void): void
}

export function brokerState(engine: Engine): BrokerState {
  const eventListeners: ((events: readonly EngineEvent[]) => void)[] = []
  const marketListeners: ((epic: string) => void)[] = []
  const held = new Set<string>()
  const quoteListeners: ((epic: string, quote: BookQuote) => void)[] = []
  return {
    engine,
    process(input) {
      if (input.kind === 'tick' && held.has(input.epic)) return
      const epic = changedMarket(input)
      const book = epic === null ? undefined : engine.book(epic)
      const revision = book?.revision
      const quotes = book?.quotes
      const events = engine.process(input)
      if (epic !== null && book?.revision !== revision) {
        if (book?.quote && book.quotes !== quotes) for (const listener of quoteListeners) listener(epic, book.quote)
        for (const listener of marketListeners) listener(epic)
      }
      if (events.length > 0) for (const listener of eventListeners) listener(events)
    },
    holdQuotes: (epic, isHeld) => void (isHeld ? held.add(epic) : held.delete(epic)),
    onEvents: listener => void eventListeners.push(listener),
    onMarket: listener => void marketListeners.push(listener),
    onQuote: listener => void quoteListeners.push(listener),
  }
}

function changedMarket(input: EngineInput): string | null {
  return 'epic' in input ? input.epic : null
}
