import { ACCOUNT } from '@scalpdesk/desk'
import type { Quote } from '@scalpdesk/sdk'
import type { BotParts, BotPorts } from './bot-parts.ts'
import { BotRun } from './bot-run.ts'
import type { BotStatus } from './bot-status.ts'
import { sharedPast } from './past-prices.ts'

/** Several bots over the one desk of an account. */
export interface Bots {
  readonly status: readonly BotStatus[]
  /** A strategy is asked something now. */
  readonly isThinking: boolean
  /** Nothing is asked, pressed or to be told. */
  readonly isIdle: boolean
  /** A price; the desk has it already. */
  take(quote: Quote): void
  pause(): void
  resume(): void
  /** Closes everything on the account, at once; what bots want from then on is refused until {@link resume}. */
  flatten(): Promise<void>
  /** A person has flattened that from elsewhere: what bots of these markets want from then on is refused until {@link resume}. */
  flattened(scope: FlattenedScope): void
  /** Ends all of them, each by its exit policy. */
  end(why: string): Promise<void>
  /** Resolves when the last has stopped. */
  readonly over: Promise<void>
}

export type FlattenedScope = { readonly kind: 'account' } | { readonly kind: 'market'; readonly epic: string }

/** @throws when two bots have the same name: the journal could not tell them apart */
export function startBots(parts: readonly BotParts[], ports: BotPorts): Bots {
  const twice = parts.find(({ name }, index) => parts.findIndex(other => other.name === name) < index)
  if (twice) throw new Error(`expected a name of its own for each bot, but two are called ${twice.name}; rename one`)
  const over = Promise.withResolvers<void>()
  let isLooking = false
  const stopListening = ports.desk.onChange(() => {
    if (isLooking) return
    isLooking = true
    // What is told in one go belongs together: an order that is gone, and the position that it has become.
    ports.soon(() => {
      isLooking = false
      for (const run of runs) run.look()
    })
  })
  function look(): void {
    if (!runs.every(({ status }) => status.phase.kind === 'stopped')) return
    stopListening()
    over.resolve()
  }
  const { past } = ports
  const shared = past ? { ...past, ask: sharedPast(past.ask, ports.soon) } : null
  const runs = parts.map(each => new BotRun(each, { ...ports, past: shared }, look))
  for (const run of runs) run.begin()
  return {
    get status() {
      return runs.map(({ status }) => status)
    },
    get isThinking() {
      return runs.some(({ isThinking }) => isThinking)
    },
    get isIdle() {
      return runs.every(({ isIdle }) => isIdle)
    },
    take(quote) {
      for (const run of runs) run.take(quote)
    },
    pause() {
      for (const run of runs) run.hold('pause')
    },
    resume() {
      for (const run of runs) run.resume()
    },
    async flatten() {
      for (const run of runs) run.hold('flatten')
      try {
        const { outcome, words } = await ports.desk.press({ kind: 'flatten', scope: ACCOUNT }, 'command')
        ports.onLine({ bot: null, kind: outcome === 'done' ? 'sent' : 'failed', text: words })
      } catch (cause) {
        ports.onLine({ bot: null, kind: 'failed', text: cause instanceof Error ? cause.message : String(cause) })
      }
    },
    flattened(scope) {
      for (const run of runs) if (scope.kind === 'account' || run.trades(scope.epic)) run.hold('flatten')
    },
    async end(why) {
      await Promise.all(runs.map(run => run.end(why)))
    },
    over: over.promise,
  }
}
