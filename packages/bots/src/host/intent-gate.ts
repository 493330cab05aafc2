import type { BotIntent } from '../strategy/bot-intent.ts'
import type { Wanted } from '../strategy/strategy.ts'
import { StrategyError } from '../strategy/strategy-error.ts'

/** Looks at what a strategy answers before anybody acts on it: its form, and how much of it there is. */
export class IntentGate {
  readonly #name: string
  /** When the last ones were let through, by ticks' time. */
  readonly #passed = new Float64Array(MOST_IN_A_SECOND).fill(Number.NEGATIVE_INFINITY)
  #next = 0

  constructor(name: string) {
    this.#name = name
  }

  /** @throws StrategyError for an answer that is none, and for a flood */
  pass(wanted: Exclude<Wanted, null | undefined>, asked: string, atMs: number): readonly BotIntent[] {
    const intents = isList(wanted) ? wanted : [wanted]
    if (intents.length > MOST_AT_ONCE)
      throw new StrategyError(
        `expected at most ${MOST_AT_ONCE} intents at once, but ${asked} gave ${intents.length}; ask for less`,
      )
    for (const intent of intents) {
      if (!isIntent(intent))
        throw new StrategyError(`expected an intent, a list of them or nothing, but ${asked} gave ${shown(intent)}`)
      if (atMs - this.#passed[this.#next]! < 1_000)
        throw new StrategyError(
          `expected at most ${MOST_IN_A_SECOND} intents in a second, but ${this.#name} gave more; ask view.isBusy and view.position first`,
        )
      this.#passed[this.#next] = atMs
      this.#next = (this.#next + 1) % MOST_IN_A_SECOND
    }
    return intents
  }
}

const isList = (wanted: BotIntent | readonly BotIntent[]): wanted is readonly BotIntent[] => Array.isArray(wanted)

function isIntent(value: unknown): value is BotIntent {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}

function shown(value: unknown): string {
  if (value instanceof Promise) return 'a promise; make it a function that is not async'
  return `${(JSON.stringify(value) ?? String(value)).slice(0, 80)}; give buy(…), sell(…), flatten() or null`
}

/** Our choices: a strategy that wants more than this has lost its way. */
const MOST_AT_ONCE = 20
const MOST_IN_A_SECOND = 50
