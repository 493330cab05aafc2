import type { Engine, EngineEvent, EngineInput } from '../engine/index.ts'

/** The engine, and who wants to hear what it did. Everything that changes the market or the account goes through here. */
export interface BrokerState {
  readonly engine: Engine
  process(input: EngineInput): void
  /** Hears of every event, in order. */
  onEvents(listener: (events: readonly EngineEvent[]) => void): void
  /** Hears of every market whose quote or state changed. */
  onMarket(listener: (epic: string) => void): void
}

export function brokerState(engine: Engine): BrokerState {
  const eventListeners: ((events: readonly EngineEvent[]) => void)[] = []
  const marketListeners: ((epic: string) => void)[] = []
  return {
    engine,
    process(input) {
      const epic = input.kind === 'tick' || input.kind === 'market-state' ? input.epic : null
      const book = epic === null ? undefined : engine.book(epic)
      const revision = book?.revision
      const events = engine.process(input)
      if (epic !== null && book?.revision !== revision) for (const listener of marketListeners) listener(epic)
      if (events.length > 0) for (const listener of eventListeners) listener(events)
    },
    onEvents: listener => void eventListeners.push(listener),
    onMarket: listener => void marketListeners.push(listener),
  }
}
